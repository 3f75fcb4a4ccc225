using Bursar.Cli;
using Bursar.Understand.Anomalies.Alerts;

namespace Bursar.Understand.Anomalies;

/// <summary>Cost that is not what it was, and who hears of it.</summary>
/// <param name="sources">What else alerts are about, found by those who know it.</param>
internal sealed class AnomaliesCapability(AlertSources sources) : Capability
{
    public override string Name => "Anomaly Management";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [AnomaliesCli.Create(shell), AlertsCli.Create(shell, sources)];

    public override IReadOnlyList<PageEntry> Pages => [new("Anomalies", "/anomalies", PageGroup.Understand)];

    public override void Map(IEndpointRouteBuilder routes)
    {
        AnomaliesApi.Map(routes);
        AlertsApi.Map(routes);
    }
}
