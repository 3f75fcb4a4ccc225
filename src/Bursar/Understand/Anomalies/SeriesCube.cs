using Bursar.Core.Amounts;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies;

/// <summary>The cost of every day at every level that is looked at, from one question.</summary>
/// <remarks>
/// Usage only: what is bought, credited, taxed or corrected comes when it comes. A provider's newest day is provisional
/// and left out, unless it delivers by the month.
/// </remarks>
internal sealed class SeriesCube
{
    private const int LongestHistory = 550;
    private const int DaysMissed = 3;

    private static readonly string[] Columns =
    ["ServiceProviderName", "ServiceName", "SubAccountName", "x_Application"];

    /// <summary>Which columns name a level: everything, the provider, and what is inside it.</summary>
    private static readonly int[][] Levels = [[], [0], [0, 1], [0, 2], [0, 3], [0, 1, 2, 3]];

    private SeriesCube(CostMeasure measure, DateOnly first, DateOnly through, IReadOnlyList<DaySeries> all)
    {
        Measure = measure;
        First = first;
        Through = through;
        All = all;
    }

    public CostMeasure Measure { get; }

    public DateOnly First { get; }

    /// <summary>The newest day that is not provisional.</summary>
    public DateOnly Through { get; }

    public IReadOnlyList<DaySeries> All { get; }

    /// <summary>The finest parts of a place.</summary>
    public IEnumerable<DaySeries> PartsOf(DaySeries whole) =>
        Inside(whole).Where(part => part.Place.Count == Columns.Length);

    /// <summary>All series inside a place, itself among them.</summary>
    public IEnumerable<DaySeries> Inside(DaySeries whole) =>
        All.Where(part => part.Currency == whole.Currency && IsIn(part, whole));

    /// <summary>Only charges of use that correct nothing.</summary>
    public static IReadOnlyList<CostFilter> UsageOnly { get; } =
    [new("ChargeCategory", ["Usage"]), new("ChargeClass", ["Correction"], Negated: true)];

    /// <summary>Null when nothing was delivered.</summary>
    public static SeriesCube? Of(BooksView view, CancellationToken cancel)
    {
        if (ReportSubject.DataThrough(view) is not { } newest || view.Deliveries.Count == 0)
            return null;
        var query = new CostQuery
        {
            Measure = ReportSubject.Measure(view),
            By = Columns,
            Over = TimeGrain.Day,
            Where = UsageOnly,
            From = newest.AddDays(-LongestHistory),
            To = newest.AddDays(1),
        };
        var rows = new AskCosts(view).Answer(query, cancel).Rows;
        if (rows.Count == 0)
            return null;
        var first = rows.Min(row => row.Period!.Value);
        var ends = rows.GroupBy(row => row.Keys[0] ?? "")
            .ToDictionary(same => same.Key, same => End(same.Max(row => row.Period!.Value), newest));
        return new SeriesCube(query.Measure, first, newest.AddDays(-1), [.. Series(rows, first, ends)]);
    }

    /// <summary>
    /// The day after the last one judged: what ends with a month comes by the month; what stopped otherwise is missing.
    /// </summary>
    private static DateOnly End(DateOnly last, DateOnly newest) =>
        last.AddDays(1).Day == 1 && last < newest ? last.AddDays(1)
        : last.AddDays(DaysMissed) < newest ? newest
        : last;

    private static IEnumerable<DaySeries> Series(
        IReadOnlyList<CostRow> rows,
        DateOnly first,
        Dictionary<string, DateOnly> ends
    )
    {
        foreach (var level in Levels)
        {
            foreach (
                var same in rows.GroupBy(row =>
                    (row.Currency, Key: string.Join('\u0001', level.Select(column => row.Keys[column] ?? "\u0002")))
                )
            )
            {
                // Everything is judged up to the day that all providers have reached.
                var end = same.Select(row => ends[row.Keys[0] ?? ""]).Min();
                var days = end.DayNumber - first.DayNumber;
                if (days <= 0)
                    continue;
                var figures = new decimal[days];
                foreach (var row in same)
                {
                    var day = row.Period!.Value.DayNumber - first.DayNumber;
                    if (day < days)
                        figures[day] += row.Total.ToDecimal();
                }
                var keys = same.First().Keys;
                yield return new DaySeries(
                    [.. level.Select(column => new CostFilter(Columns[column], [keys[column]]))],
                    same.Key.Currency,
                    first,
                    figures
                );
            }
        }
    }

    private static bool IsIn(DaySeries part, DaySeries whole) =>
        whole.Place.All(filter =>
            part.Place.Any(own => own.Column == filter.Column && own.Values[0] == filter.Values[0])
        );
}
