using Bursar.Cli;

namespace Bursar.Demo.Commands;

/// <summary>The books of a company that never was, to see what Bursar does.</summary>
internal sealed class DemoCapability : Capability
{
    public override string Name => "Demo";

    public override Wing Wing => Wing.Foundations;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [DemoCli.Create(shell)];
}
