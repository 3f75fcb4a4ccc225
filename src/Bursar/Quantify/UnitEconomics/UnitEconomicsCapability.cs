using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Quantify.UnitEconomics;

/// <summary>What one unit costs.</summary>
internal sealed class UnitEconomicsCapability : Capability
{
    public override string Name => "Unit Economics";

    public override Wing Wing => Wing.Quantify;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [UnitsCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Unit economics", "/units", PageGroup.Quantify)];

    public override void Map(IEndpointRouteBuilder routes) => UnitsApi.Map(routes);

    /// <summary>Gives the page and the API their use case.</summary>
    public static void Add(IServiceCollection services, Func<string?, BooksView> view)
    {
        services.AddSingleton<ReadUnits>(
            (asOf, lens, name, month, cancel) =>
                Task.Run(() => new MeasureUnits(view(asOf).Through(lens)).All(name, month, cancel), cancel)
        );
        services.AddSingleton<ReadUnitsAhead>(
            (asOf, name, months, cancel) =>
                Task.Run(
                    () =>
                        new MeasureUnits(view(asOf)).All(name, null, cancel) is [var review]
                            ? new ForecastUnits(view(asOf)).Of(review, months, cancel)
                            : null,
                    cancel
                )
        );
    }
}
