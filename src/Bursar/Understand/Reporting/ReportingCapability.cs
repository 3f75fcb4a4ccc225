using Bursar.Cli;

namespace Bursar.Understand.Reporting;

/// <summary>What was spent, by anything, over time.</summary>
internal sealed class ReportingCapability : Capability
{
    public override string Name => "Reporting & Analytics";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [CostsCli.Create(shell), RestateCli.Create(shell), ExplainCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Explore", "/explore", PageGroup.Understand)];

    public override void Map(IEndpointRouteBuilder routes)
    {
        CostsApi.Map(routes);
        RestateApi.Map(routes);
    }
}
