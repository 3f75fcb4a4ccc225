using Bursar.Understand.Anomalies.Detection;
using Bursar.Understand.Arrival;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies;

/// <summary>Reads the cost of every day from the books.</summary>
/// <remarks>
/// Usage only: what is bought, credited, taxed or corrected comes when it comes.
/// </remarks>
internal sealed class ReadCube(BooksView view)
{
    private const int LongestHistory = 550;
    private const int DaysMissed = 3;

    private readonly AskCosts ask = new(view);

    /// <summary>Null when nothing was delivered.</summary>
    public SeriesCube? Read(CancellationToken cancel)
    {
        if (ReportSubject.DataThrough(view) is not { } newest || view.Deliveries.Count == 0)
            return null;
        var measure = ReportSubject.Measure(view);
        var from = newest.AddDays(-LongestHistory);
        var cost = Rows(SeriesCube.Columns, measure, from, newest, [], cancel);
        if (cost.Count == 0)
            return null;
        var list = Rows(SeriesCube.Columns, CostMeasure.ListCost, from, newest, [], cancel)
            .ToDictionary(row => (Key(row.Keys), row.Currency, row.Period!.Value), row => row.Total.ToDecimal());
        var figures = cost.Select(row => new DayFigure(
                SeriesOf.Cost,
                row.Keys,
                row.Currency,
                row.Period!.Value,
                row.Total.ToDecimal(),
                list.GetValueOrDefault((Key(row.Keys), row.Currency, row.Period!.Value))
            ))
            .ToList();
        if (CostColumns.IsKnown(SeriesCube.Unused.Column, view.Star(cancel).Columns))
            figures.AddRange(
                Rows(SeriesCube.ColumnsOfUnused, measure, from, newest, [SeriesCube.Unused], cancel)
                    .Select(row => new DayFigure(
                        SeriesOf.Unused,
                        row.Keys,
                        row.Currency,
                        row.Period!.Value,
                        row.Total.ToDecimal(),
                        0
                    ))
            );
        var arrival = ArrivalCurves.Of(view, cancel);
        var ends = cost.GroupBy(row => row.Keys[0] ?? "")
            .ToDictionary(same => same.Key, same => End(same.Key, same.Max(row => row.Period!.Value)));
        return SeriesCube.Of(figures, provider => ends.GetValueOrDefault(provider ?? "", newest));

        // The day after the last one judged: later ones are provisional, and what stopped is missing.
        DateOnly End(string provider, DateOnly last)
        {
            var known = arrival.Providers.FirstOrDefault(one => (one.Provider ?? "") == provider);
            var isByMonth = known is { ByDay: false } || last.AddDays(1).Day == 1;
            return last.AddDays(DaysMissed) >= newest && known is not null ? arrival.CompleteThroughOf(known).AddDays(1)
                : isByMonth ? last.AddDays(1)
                : newest;
        }
    }

    private static string Key(IReadOnlyList<string?> keys) =>
        string.Join('\u0001', keys.Select(key => key ?? "\u0002"));

    private IReadOnlyList<CostRow> Rows(
        IReadOnlyList<string> by,
        CostMeasure measure,
        DateOnly from,
        DateOnly newest,
        IReadOnlyList<CostFilter> where,
        CancellationToken cancel
    ) =>
        ask.Answer(
            new CostQuery
            {
                Measure = measure,
                By = by,
                Over = TimeGrain.Day,
                Where = [.. where, .. SeriesCube.UsageOnly],
                From = from,
                To = newest.AddDays(1),
            },
            cancel
        ).Rows;
}
