using Bursar.Cli;

namespace Bursar.Manage.Limits;

/// <summary>How much may be spent how fast, and what stops it.</summary>
internal sealed class LimitsCapability : Capability
{
    public override string Name => "Policy & Governance";

    public override Wing Wing => Wing.Manage;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [LimitsCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Limits", "/limits", PageGroup.Manage)];

    public override void Map(IEndpointRouteBuilder routes) => LimitsApi.Map(routes);
}
