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
        var cost = Rows(SeriesCube.Columns, measure, CostMeasure.ListCost, from, newest, [], cancel);
        if (cost.Count == 0)
            return null;
        var figures = cost.Select(row => Figure(SeriesOf.Cost, row)).ToList();
        if (CostColumns.IsKnown(SeriesCube.Unused.Column, view.Star(cancel).Columns))
            figures.AddRange(
                Rows(SeriesCube.ColumnsOfUnused, measure, null, from, newest, [SeriesCube.Unused], cancel)
                    .Select(row => Figure(SeriesOf.Unused, row))
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

    private static DayFigure Figure(SeriesOf of, CostRow row) =>
        new(of, row.Keys, row.Currency, row.Period!.Value, row.Total.ToDecimal(), row.Beside.ToDecimal(), row.Charges);

    private IReadOnlyList<CostRow> Rows(
        IReadOnlyList<string> by,
        CostMeasure measure,
        CostMeasure? beside,
        DateOnly from,
        DateOnly newest,
        IReadOnlyList<CostFilter> where,
        CancellationToken cancel
    ) =>
        ask.Answer(
            new CostQuery
            {
                Measure = measure,
                Beside = beside,
                By = by,
                Over = TimeGrain.Day,
                Where = [.. where, .. SeriesCube.UsageOnly],
                From = from,
                To = newest.AddDays(1),
            },
            cancel
        ).Rows;
}
