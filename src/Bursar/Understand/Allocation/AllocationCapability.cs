using Bursar.Cli;

namespace Bursar.Understand.Allocation;

/// <summary>To whom cost belongs, and the rules that would say more.</summary>
internal sealed class AllocationCapability : Capability
{
    public override string Name => "Allocation";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [SuggestCli.Create(shell)];
}
