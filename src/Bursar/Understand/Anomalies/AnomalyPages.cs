using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Understand.Anomalies.Runaways;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;
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
    public static void Add(IServiceCollection services, Func<string?, BooksView> view) =>
        services.AddSingleton<ReadAnomalies>(
            (asOf, since, cancel) => Task.Run(() => new FindAnomalies(view(asOf)).Of(since, cancel), cancel)
        );

    /// <summary>
    /// "2 anomalies are open, most of all AWS, Compute: $310k more than expected since 1 September 2026."
    /// </summary>
    public static string Lead(AnomalyReview review)
    {
        var open = review.Open.Where(one => !one.IsDataDefect).ToList();
        if (open.Count == 0)
            return $"Nothing is odd: up to {Display.Day(review.Through)} every series is as it usually was, or what was odd is resolved.";
        var worst = open.MaxBy(one => one.Excess.Abs())!;
        return $"{Display.Count(open.Count, "anomaly is", "anomalies are")} open, most of all {worst.Title}: "
            + $"{Display.Short(new Money(worst.Excess.Abs(), worst.Currency))} "
            + $"{(worst.Excess < Amount.Zero ? "less" : "more")} than expected since {Display.Day(worst.Days.Start)}.";
    }

    /// <summary>"Cost is $310k higher than expected since 1 September 2026 (40 days), and goes on."</summary>
    public static string Sentence(Anomaly one) =>
        one.Runaway is { } runaway
            ? RunawayRecord.Sentence(runaway, one.Currency, one.IsOngoing)
                + $" It is for {one.Owner ?? AnomalyRecord.Practice}."
            : $"{Display.Short(new Money(one.Excess.Abs(), one.Currency))} {(one.Excess < Amount.Zero ? "less" : "more")} than expected "
                + $"since {Display.Day(one.Days.Start)} ({Display.Count(one.DayCount, "day", "days")}{(one.IsOngoing ? ", and it goes on" : "")}). "
                + $"Its charges told on {Display.Day(one.ToldOn)}; it is for {one.Owner ?? AnomalyRecord.Practice}.";

    /// <summary>Its days and the four weeks before, beside what was expected.</summary>
    public static string Chart(Anomaly anomaly)
    {
        if (anomaly.Runaway is { } runaway)
            return RunawayRecord.Chart(runaway, anomaly.Currency);
        var days = AnomalyDays.Of(anomaly);
        return ExploreChart.Json(
            new ChartData(
                "lines",
                Display.Symbol(anomaly.Currency),
                [.. days.Select(one => Display.ShortDay(one.Day))],
                [Line("Actual", one => one.Actual), Line("Expected", one => one.Expected)]
            )
        );

        ChartSeries Line(string name, Func<AnomalyDay, Amount> figure) =>
            new(
                name,
                [.. days.Select(one => JsonElement.Parse(figure(one).ToString()))],
                [.. days.Select(one => Display.Full(new Money(figure(one), anomaly.Currency)))],
                [.. days.Select(_ => (string?)null)],
                false
            );
    }

    public static FigureTable Drivers(Anomaly anomaly, string? asOf) =>
        new(
            "What carries it",
            ["Column", "Value"],
            [new("Share of it", "%")],
            [
                .. anomaly.Drivers.Select(driver => new FigureRow(
                    [
                        new(driver.Column),
                        new(
                            driver.Value ?? "(none)",
                            CostQueryUrl.Href(
                                "/explore",
                                Timeline(anomaly) with
                                {
                                    Where = [.. anomaly.Charges, new(driver.Column, [driver.Value])],
                                },
                                asOf
                            )
                        ),
                    ],
                    [new(Display.Percent(driver.Share))]
                )),
            ],
            []
        );

    public static FigureTable Decisions(Anomaly anomaly) =>
        new(
            "What was decided",
            ["When", "What"],
            [new("Who", null), new("Why", null), new("Entry", null)],
            [
                .. anomaly.Decisions.Select(made => new FigureRow(
                    [new(Display.Time(made.At)), new(AnomalyRecord.Words(made.Fact))],
                    [
                        new(made.Actor, Tone: CellTone.Text),
                        new(made.Fact.Cause ?? "", Tone: CellTone.Prose),
                        new(Display.Count((int)made.Seq)),
                    ]
                )),
            ],
            []
        );

    /// <summary>How well anomalies are found, from what people said of them (ANO-04).</summary>
    public static FigureTable Quality(AnomalyQuality quality)
    {
        (string Name, string Basis, string? Figure)[] figures =
        [
            ("Resolved", "of those since", Display.Count(quality.Resolved)),
            ("Precision", "true ÷ resolved", Percent(quality.Precision)),
            ("Recall", "found ÷ true ones, found or missed", Percent(quality.Recall)),
            ("Time to detect", "days, to the charges that told", Days(quality.MeanDaysToTell)),
            ("Time to notify", "days, to the first message", Days(quality.MeanDaysToNotify)),
            ("Time to resolve", "days, to what it was", Days(quality.MeanDaysToResolve)),
            ("Cost incurred", "until mended", Sums(quality.Incurred)),
            ("Cost avoided", "to day 30, where somebody acted before its end", Sums(quality.Avoided)),
            ("Sent without a hand", "of all that is told", Percent(quality.AutomatedShare)),
        ];
        return new(
            "How well they are found",
            ["Figure", "How"],
            [new("Value", null)],
            [
                .. figures
                    .Where(one => one.Figure is not null)
                    .Select(one => new FigureRow([new(one.Name), new(one.Basis)], [new(one.Figure!)])),
            ],
            []
        );

        static string? Percent(decimal? share) => share is { } known ? Display.Percent(known) : null;
        static string? Days(decimal? days) => days is { } known ? FormattableString.Invariant($"{known:0.#}") : null;
        static string? Sums(IReadOnlyList<Money> sums) =>
            sums.Count == 0 ? null : string.Join(" + ", sums.Select(Display.Full));
    }

    public static FigureTable Of(string caption, IReadOnlyList<Anomaly> items, string? asOf) =>
        new(
            $"{caption}, the largest first, in {items[0].Currency.Code}",
            ["What", "Since"],
            [
                new("Days", null),
                new("Actual", items[0].Currency.Code),
                new("Expected", "by the days before"),
                new("Excess", "actual − expected"),
                new("Owner", null),
                new("State", null),
            ],
            [.. items.Select(one => Row(one, asOf))],
            []
        );

    private static FigureRow Row(Anomaly anomaly, string? asOf) =>
        new(
            [
                new(AnomalyRecord.What(anomaly), Href(anomaly, asOf), Tone: CellTone.Prose),
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
            ]
        );

    private static string Href(Anomaly anomaly, string? asOf)
    {
        var page = WebAddress.With(
            WebAddress.With("/anomalies", "id", anomaly.Id),
            "since",
            $"{anomaly.Days.Start:yyyy-MM-dd}"
        );
        return asOf is null ? page : WebAddress.With(page, "asof", asOf);
    }

    /// <summary>Its days and the four weeks before, day by day.</summary>
    public static CostQuery Timeline(Anomaly anomaly) =>
        Behind(anomaly) with
        {
            Over = TimeGrain.Day,
            From = anomaly.Days.Start.AddDays(-AnomalyDays.DaysBefore),
        };

    public static CostQuery Behind(Anomaly anomaly) =>
        new()
        {
            Where = anomaly.Charges,
            From = anomaly.Days.Start,
            To = anomaly.Days.End,
        };

    private static FigureCell Cell(Amount amount, Anomaly anomaly) =>
        new(Display.Figure(amount, anomaly.Currency.Decimals), Exact: amount);
}
