using Bursar.Cli;

namespace Bursar.Rulebooks.Commands;

/// <summary>The rules as people write them: start, check, put in force.</summary>
/// <param name="sayChange">What publishing would move.</param>
internal sealed class RulebookCapability(SayChange sayChange) : Capability
{
    public override string Name => "Rulebook";

    public override Wing Wing => Wing.Foundations;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [InitCli.Create(shell), CheckCli.Create(shell), PublishCli.Create(shell, sayChange), SchemaCli.Create(shell)];
}
