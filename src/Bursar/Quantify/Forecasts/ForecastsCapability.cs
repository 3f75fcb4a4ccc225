using Bursar.Cli;

namespace Bursar.Quantify.Forecasts;

/// <summary>What it will cost, and how sure that is.</summary>
internal sealed class ForecastsCapability : Capability
{
    public override string Name => "Forecasting";

    public override Wing Wing => Wing.Quantify;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [ForecastCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Forecast", "/forecast", PageGroup.Quantify)];

    public override void Map(IEndpointRouteBuilder routes) => ForecastApi.Map(routes);
}
