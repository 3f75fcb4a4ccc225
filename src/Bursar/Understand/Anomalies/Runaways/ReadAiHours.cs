using Bursar.Core.Amounts;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies.Runaways;

/// <summary>The cost of a key, an agent, a model or a provider of AI, hour by hour.</summary>
/// <param name="Place">Which charges.</param>
/// <param name="Currency">The currency.</param>
/// <param name="First">When the first hour begins.</param>
/// <param name="Figures">The cost of each hour up to the newest one of the provider.</param>
internal sealed record HourSeries(
    IReadOnlyList<CostFilter> Place,
    Currency Currency,
    DateTime First,
    IReadOnlyList<decimal> Figures
)
{
    /// <summary>How many columns name it besides the provider: a key is narrower than a provider.</summary>
    public required bool IsWhole { get; init; }
}

/// <summary>Reads what AI costs by the hour, where charges or logs tell it.</summary>
internal sealed class ReadAiHours(BooksView view)
{
    private const int DaysOfHistory = 56;

    private static readonly CostFilter OnlyAi = new("ServiceCategory", ["AI and Machine Learning"]);

    /// <summary>What a runaway can be of: keys, agents, teams, models.</summary>
    private static readonly string[] Carriers = ["x_ApiKeyName", "ResourceId", "Tags/agent", "Tags/team", "x_Model"];

    /// <param name="from">The first day on which a runaway may begin.</param>
    /// <param name="cancel">Ends the work.</param>
    public IReadOnlyList<HourSeries> Read(DateOnly from, CancellationToken cancel)
    {
        if (view.Deliveries.Count == 0)
            return [];
        var columns = view.Star(cancel).Columns;
        if (!CostColumns.IsKnown(OnlyAi.Column, columns))
            return [];
        // A key is a resource where it has no name.
        var carriers = Carriers
            .Where(column =>
                CostColumns.IsKnown(column, columns) && (column != "ResourceId" || !columns.Contains(Carriers[0]))
            )
            .ToList();
        List<string> by = [.. SeriesCube.Columns.Where(column => CostColumns.IsKnown(column, columns)), .. carriers];
        var sums = new ListRows(view).Hours(
            new CostQuery
            {
                Measure = ReportSubject.Measure(view),
                By = by,
                Where = [OnlyAi, .. SeriesCube.UsageOnly],
                From = from.AddDays(-DaysOfHistory),
            },
            cancel
        );
        if (sums.Count == 0)
            return [];
        var series = new List<HourSeries>();
        foreach (var provider in sums.GroupBy(sum => (sum.Keys[0], sum.Currency)))
        {
            var end = provider.Max(sum => sum.Hour);
            series.Add(One([.. provider], by, null, end));
            for (var i = by.Count - carriers.Count; i < by.Count; i++)
                foreach (var same in provider.Where(sum => sum.Keys[i] is not null).GroupBy(sum => sum.Keys[i]))
                    series.Add(One([.. same], by, i, end));
        }
        return series;
    }

    /// <param name="sums">Its charges.</param>
    /// <param name="by">The columns of their keys.</param>
    /// <param name="carrier">Which of them it is a value of; null for the whole provider.</param>
    /// <param name="newest">The newest hour of the provider.</param>
    private static HourSeries One(List<HourSum> sums, List<string> by, int? carrier, DateTime newest)
    {
        var first = sums.Min(sum => sum.Hour);
        var figures = new decimal[(int)((newest - first).Ticks / TimeSpan.TicksPerHour) + 1];
        foreach (var sum in sums)
            figures[(int)((sum.Hour - first).Ticks / TimeSpan.TicksPerHour)] += sum.Amount.ToDecimal();
        // What all of it has in common names its place, so that days and hours of one cause are known as the same.
        var place = Enumerable
            .Range(0, SeriesCube.Columns.Count)
            .Where(i => i < by.Count && SeriesCube.Columns.Contains(by[i]))
            .Where(i => i == 0 || sums.TrueForAll(sum => sum.Keys[i] is not null && sum.Keys[i] == sums[0].Keys[i]))
            .Concat(carrier is { } own ? [own] : Array.Empty<int>())
            .Select(i => new CostFilter(by[i], [sums[0].Keys[i]]));
        return new HourSeries([.. place], sums[0].Currency, first, figures) { IsWhole = carrier is null };
    }
}
