using Bursar.Core.Amounts;
using Bursar.Web;
using Bursar.Web.Addresses;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies;

/// <summary>Finds the anomalies that began since a day, for a page or the API; null without charges.</summary>
internal delegate Task<AnomalyReview?> ReadAnomalies(
    string? asOf,
    DateOnly? since,
    CancellationToken cancellationToken
);

/// <summary>Gives the page and the API their use case, and sets the page.</summary>
internal static class AnomalyPages
{
    private const int DaysBefore = 28;

    public static void Add(IServiceCollection services, Func<string?, BooksView> view) =>
        services.AddSingleton<ReadAnomalies>(
            (asOf, since, cancel) => Task.Run(() => new FindAnomalies(view(asOf)).Of(since, cancel), cancel)
        );

    /// <summary>"2 anomalies are open, most of all AWS, Compute: $310k more than expected since 1 September 2026."</summary>
    public static string Lead(AnomalyReview review)
    {
        var open = review.Open.ToList();
        if (open.Count == 0)
            return $"Nothing is odd: every series up to {Display.Day(review.Through)} is as it usually was, or its oddity is resolved.";
        var worst = open.MaxBy(one => one.Excess.Abs())!;
        return $"{Display.Count(open.Count, "anomaly is", "anomalies are")} open, most of all "
            + $"{(worst.Title.Length == 0 ? "everything" : worst.Title)}: {Display.Short(new Money(worst.Excess.Abs(), worst.Currency))} "
            + $"{(worst.Excess < Amount.Zero ? "less" : "more")} than expected since {Display.Day(worst.Days.Start)}.";
    }

    public static FigureTable Of(IReadOnlyList<Anomaly> items, string? asOf) =>
        new(
            $"What began lately, the largest first, in {items[0].Currency.Code}",
            ["What", "Since"],
            [
                new("Days", null),
                new("Actual", items[0].Currency.Code),
                new("Expected", "same weekdays, 8 weeks"),
                new("Excess", "actual − expected"),
                new("Owner", null),
                new("State", null),
                new("Line", null),
            ],
            [.. items.Select(one => Row(one, asOf))],
            []
        );

    private static FigureRow Row(Anomaly anomaly, string? asOf) =>
        new(
            [
                new(AnomalyRecord.What(anomaly), CostQueryUrl.Href("/explore", Timeline(anomaly), asOf)),
                new(Display.ShortDay(anomaly.Days.Start)),
            ],
            [
                new(Display.Count(anomaly.DayCount)),
                Cell(anomaly.Actual, anomaly) with
                {
                    Href = CostQueryUrl.Href("/rows", Behind(anomaly), asOf),
                },
                Cell(anomaly.Expected, anomaly),
                Cell(anomaly.Excess, anomaly),
                new(anomaly.Owner ?? AnomalyRecord.Practice, Tone: CellTone.Text),
                new(AnomalyRecord.State(anomaly), Tone: CellTone.Text),
                new(anomaly.Id, Tone: CellTone.Text),
            ]
        );

    /// <summary>Its days and the four weeks before, day by day.</summary>
    private static CostQuery Timeline(Anomaly anomaly) =>
        Behind(anomaly) with
        {
            Over = TimeGrain.Day,
            From = anomaly.Days.Start.AddDays(-DaysBefore),
        };

    private static CostQuery Behind(Anomaly anomaly) =>
        new()
        {
            Where = [.. anomaly.Place, .. SeriesCube.UsageOnly],
            From = anomaly.Days.Start,
            To = anomaly.Days.End,
        };

    private static FigureCell Cell(Amount amount, Anomaly anomaly) =>
        new(Display.Figure(amount, anomaly.Currency.Decimals), Exact: amount);
}
