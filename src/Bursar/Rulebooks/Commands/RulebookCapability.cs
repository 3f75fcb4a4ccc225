using Bursar.Cli;

namespace Bursar.Rulebooks.Commands;

/// <summary>The rules as people write them: start, check, put in force.</summary>
internal sealed class RulebookCapability : Capability
{
    public override string Name => "Rulebook";

    public override Wing Wing => Wing.Foundations;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [InitCli.Create(shell), CheckCli.Create(shell), PublishCli.Create(shell), SchemaCli.Create(shell)];
}
