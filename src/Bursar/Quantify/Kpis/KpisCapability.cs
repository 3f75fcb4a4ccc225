using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>Key performance indicators, benchmarks and baselines.</summary>
internal sealed class KpisCapability : Capability
{
    public override string Name => "KPIs & Benchmarking";

    public override Wing Wing => Wing.Quantify;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [KpisCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("KPIs", "/kpis", PageGroup.Quantify)];

    public override void Map(IEndpointRouteBuilder routes) => KpisApi.Map(routes);

    /// <summary>Gives the page and the API their use case.</summary>
    public static void Add(IServiceCollection services, Func<string?, BooksView> view)
    {
        services.AddSingleton<ReadMeasureSet>(
            (asOf, name, month, cancel) =>
                Task.Run(() => new MeasureKpis(view(asOf)).OfSet(name, month, cancel), cancel)
        );
        services.AddSingleton<ReadKpiPeers>(
            (asOf, name, column, groupMin, month, cancel) =>
                Task.Run(
                    () =>
                    {
                        var measure = new MeasureKpis(view(asOf));
                        var kpi = measure.Book.Require(name);
                        return measure.Peers(kpi, column, groupMin, month, cancel);
                    },
                    cancel
                )
        );
        services.AddSingleton<ReadKpiTrend>(
            (asOf, name, scope, month, months, cancel) =>
                Task.Run(
                    () =>
                    {
                        var books = view(asOf);
                        var kpi = KpiBook.Of(books.Rulebook).Require(name);
                        return KpiTrend.Of(books, kpi, scope, month, months, cancel);
                    },
                    cancel
                )
        );
        services.AddSingleton<ReadKpis>(
            (asOf, lens, name, scope, month, cancel) =>
                Task.Run(
                    () =>
                    {
                        var measure = new MeasureKpis(view(asOf).Through(lens));
                        return measure.Of(
                            name is null ? measure.Book.Kpis : [measure.Book.Require(name)],
                            scope,
                            month,
                            cancel
                        );
                    },
                    cancel
                )
        );
    }
}
