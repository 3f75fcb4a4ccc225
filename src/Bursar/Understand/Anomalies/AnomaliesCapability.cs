using Bursar.Cli;
using Bursar.Understand.Anomalies.Alerts;

namespace Bursar.Understand.Anomalies;

/// <summary>Cost that is not what it was.</summary>
internal sealed class AnomaliesCapability : Capability
{
    public override string Name => "Anomaly Management";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [AnomaliesCli.Create(shell), AlertsCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Anomalies", "/anomalies", PageGroup.Understand)];

    public override void Map(IEndpointRouteBuilder routes)
    {
        AnomaliesApi.Map(routes);
        AlertsApi.Map(routes);
    }
}
