using Bursar.Cli;

namespace Bursar.Rulebooks.Commands;

/// <summary>The rules as people write them: start, check, put in force.</summary>
/// <param name="sayChange">What publishing would move.</param>
/// <param name="publishesToo">What else is published, for those who are not at the machine.</param>
internal sealed class RulebookCapability(SayChange sayChange, Func<PublishesToo> publishesToo) : Capability
{
    public override string Name => "Rulebook";

    public override Wing Wing => Wing.Foundations;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [
            InitCli.Create(shell),
            CheckCli.Create(shell),
            new PublishCli(sayChange, publishesToo()).Create(shell),
            SchemaCli.Create(shell),
        ];
}
