using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Understand.Reporting;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Limits;

/// <summary>A limit as a row of a page: every text is written.</summary>
public sealed record LimitRow(
    string Title,
    string Href,
    Amount Remaining,
    string Left,
    string Of,
    string Per,
    decimal? UsedShare,
    string NewestHour,
    string Tripwire,
    string HoursLeft,
    string State,
    string Owner
);

/// <summary>Limits of one currency.</summary>
public sealed record LimitRowsTable(string Caption, IReadOnlyList<LimitRow> Rows);

/// <summary>Limits as a page sets them.</summary>
internal static class LimitPages
{
    /// <summary>
    /// "1 of 3 limits is breached: of the claims triage agent, $4.2k of $150k is left."
    /// </summary>
    public static string Lead(LimitReview review)
    {
        var breached = review.Items.Where(one => one.IsBreached).ToList();
        var worst = review.Items[0];
        if (breached.Count == 0)
            return $"{(review.Items.Count == 1 ? "The one limit holds" : $"All {review.Items.Count} limits hold")}; "
                + $"nearest to its end is {worst.Title}: {LimitTables.Sentence(worst)}";
        return $"{breached.Count} of {Display.Count(review.Items.Count, "limit", "limits")} "
            + $"{(breached.Count == 1 ? "is" : "are")} breached, first of all {worst.Title}: {LimitTables.Sentence(worst)}";
    }

    /// <summary>Limits by currency, the worst first.</summary>
    public static IReadOnlyList<LimitRowsTable> Tables(IReadOnlyList<LimitStatus> items, string? asOf) =>
        [
            .. items
                .GroupBy(one => one.Money.Unit)
                .Select(same => new LimitRowsTable(
                    $"What is left of each limit, in {same.Key}; the newest hour ends on {same.Max(one => one.Until):d MMMM yyyy, HH:mm} UTC",
                    [.. same.Select(one => Row(one, asOf))]
                )),
        ];

    private static LimitRow Row(LimitStatus one, string? asOf) =>
        new(
            one.Title,
            Href(one, asOf),
            one.Money.Remaining,
            Figure(one, one.Money.Remaining),
            Figure(one, one.Money.Cap),
            one.Limit.Per == LimitPeriod.Total ? "in total" : "a " + LimitTables.Word(one.Limit.Per),
            one.Money.UsedShare,
            Rate(one, one.Money.LastHour),
            Rate(one, one.Money.Tripwire),
            HoursLeft(one),
            LimitTables.Word(one.State),
            one.Limit.Owner ?? "–"
        );

    private static string Href(LimitStatus one, string? asOf) =>
        WebAddress.With(WebAddress.With("/limits", "name", one.Name), "asof", asOf);

    private static string Figure(LimitStatus one, Amount amount) =>
        Display.Figure(amount, Display.ColumnDecimals([one.Money.Cap], one.Money.Unit));

    private static string Rate(LimitStatus one, decimal? figure) =>
        figure is { } known ? Display.Figure(Amount.From(known), one.Money.Unit.Decimals) : "–";

    private static string HoursLeft(LimitStatus one) =>
        one.Money.HoursLeft is not { } left ? "–"
        : one.ExhaustedAt is null ? "lasts"
        : LimitTables.Hours(left);

    /// <summary>The last 72 hours beside the tripwire.</summary>
    public static string Chart(LimitDetail detail)
    {
        var (hours, unit) = (detail.Hours, detail.Status.Money.Unit);
        return ExploreChart.Json(
            new ChartData(
                "lines",
                Display.Symbol(unit),
                [.. hours.Select(one => $"{one.Hour:d MMM HH:mm}")],
                [
                    Line("Cost of the hour", hours.Select(one => one.Amount)),
                    .. detail.Status.Money.Tripwire is { } wire
                        ? [Line("Tripwire", hours.Select(_ => wire))]
                        : Array.Empty<ChartSeries>(),
                ]
            )
        );

        ChartSeries Line(string name, IEnumerable<decimal> figures)
        {
            var amounts = figures.Select(figure => Amount.From(figure).RoundedTo(4)).ToList();
            return new ChartSeries(
                name,
                [.. amounts.Select(amount => JsonElement.Parse(amount.ToString()))],
                [.. amounts.Select(amount => Display.Full(new Money(amount, unit)))],
                [.. amounts.Select(_ => (string?)null)],
                false
            );
        }
    }

    public static FigureTable Drivers(LimitDetail detail) =>
        new(
            $"Who drives it, in the 24 hours to {detail.Status.Until:d MMM, HH:mm} UTC, in {detail.Status.Money.Unit}",
            ["Column", "Value"],
            [new("Newest hour", null), new("24 hours", null), new("Of it", "%")],
            [
                .. detail.Drivers.Select(one => new FigureRow(
                    [new(Display.Column(one.Column)), new(one.Value)],
                    [
                        new(Rate(detail.Status, one.LastHour)),
                        new(Rate(detail.Status, one.LastDay)),
                        new(Display.PercentFigure(one.Share)),
                    ]
                )),
            ],
            []
        );

    /// <summary>The day's hours of the table below the chart, newest first.</summary>
    public static FigureTable Hours(LimitDetail detail) =>
        new(
            $"Hour by hour, the newest first, in {detail.Status.Money.Unit}",
            ["Hour (UTC)"],
            [new("Cost", null), new("Too fast", null)],
            [
                .. detail
                    .Hours.Reverse()
                    .Select(one => new FigureRow(
                        [new($"{one.Hour:d MMM yyyy, HH:mm}")],
                        [
                            new(Rate(detail.Status, one.Amount)),
                            new(one.Amount > detail.Status.Money.Tripwire ? "yes" : "", Tone: CellTone.Text),
                        ]
                    )),
            ],
            []
        );

    public static FigureTable Calibration(IReadOnlyList<LimitCalibration> items) =>
        new(
            "What needs no approval, beside what can be gone before anybody acts",
            ["Limit"],
            [
                new("Without asking", null),
                new("Peak", "an hour"),
                new("Response", "hours"),
                new("Exposure", "peak × response"),
                new("Safe speed", "an hour"),
                new("What to do", null),
            ],
            [
                .. items.Select(one => new FigureRow(
                    [new(one.Status.Title)],
                    [
                        new(Figure(one.Status, one.Approval), Exact: one.Approval),
                        new(Rate(one.Status, one.Peak)),
                        new(one.ResponseHours is { } hours ? FormattableString.Invariant($"{hours:0.##}") : "–"),
                        new(Rate(one.Status, one.Exposure)),
                        new(Rate(one.Status, one.SafeSpeed)),
                        new(one.Says, Tone: CellTone.Prose),
                    ]
                )),
            ],
            []
        );
}
