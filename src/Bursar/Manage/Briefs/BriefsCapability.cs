using Bursar.Cli;

namespace Bursar.Manage.Briefs;

/// <summary>One page for a leader.</summary>
internal sealed class BriefsCapability : Capability
{
    public override string Name => "Executive Strategy Alignment";

    public override Wing Wing => Wing.Manage;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [BriefCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Brief", "/", PageGroup.Home)];
}
