using System.Globalization;
using System.Text.Json;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>A KPI month by month; null without charges.</summary>
internal delegate Task<KpiTrend?> ReadKpiTrend(
    string? asOf,
    string name,
    string? scope,
    BillingPeriod? month,
    int months,
    CancellationToken cancellationToken
);

/// <summary>A KPI over months, oldest first; a month without a figure says why.</summary>
internal sealed record KpiTrend(Kpi Kpi, IReadOnlyList<KpiResult> Months)
{
    /// <summary>A year, and the month before it.</summary>
    public const int MonthsUsual = 13;

    public const int MonthsMax = 60;

    private const int Decimals = 2;

    /// <summary>The months up to one.</summary>
    public static KpiTrend? Of(
        BooksView view,
        Kpi kpi,
        string? scope,
        BillingPeriod? asked,
        int months,
        CancellationToken cancel
    )
    {
        if (view.Deliveries.Count == 0)
            return null;
        var measure = new MeasureKpis(view);
        var last = asked ?? ReportSubject.NewestWholeMonth(view);
        var results = Enumerable
            .Range(0, Math.Clamp(months, 1, MonthsMax))
            .Select(i => measure.Of([kpi], scope, last.Plus(i + 1 - months), cancel)!.Results[0])
            .ToList();
        // Months before there was anything say nothing; the month that is asked always stands here.
        return new KpiTrend(kpi, [.. results.SkipWhile(one => one.Month < last && one.Value is null)]);
    }

    /// <summary>By how much a month differs from the one before; null where one of them has no figure.</summary>
    public Amount? Change(int place) => place == 0 ? null : Months[place].Value - Months[place - 1].Value;

    public ResultTable Table() =>
        new(
            [
                new("month", ColumnKind.Whole),
                new("value", ColumnKind.Figure, "Value", Decimals),
                new("unit", Spare: true),
                new("change", ColumnKind.Figure, "Change", Decimals),
                new("level", ColumnKind.Whole),
                new("coveragePercent", ColumnKind.Figure, "Coverage, %", Spare: true),
                new("why", Spare: true),
            ],
            [
                .. Months.Select(
                    (result, place) =>
                        (IReadOnlyList<object?>)
                            [
                                result.Month,
                                result.Value,
                                result.Unit,
                                Change(place),
                                KpiTables.Level(result),
                                Amount.From(decimal.Round(result.Coverage * 100, 2, MidpointRounding.ToEven)),
                                result.Why,
                            ]
                ),
            ]
        )
        {
            Caption = Sentence,
        };

    /// <summary>"Engineering hours fell from 2.61 in September 2025 to 1.80 in September 2026."</summary>
    public string Sentence
    {
        get
        {
            var known = Months.Where(one => one.Value is not null).ToList();
            if (known.Count == 0)
                return $"{Kpi.Title} is computable in none of these months.";
            var (first, last) = (known[0], known[^1]);
            var now = $"{Display.Figure(last.Value!.Value, Decimals)} {last.Unit}".TrimEnd();
            if (known.Count == 1)
                return $"{Kpi.Title} was {now} in {Display.Month(last.Month)}; there is no earlier figure.";
            var change = last.Value.Value - first.Value!.Value;
            var was = Display.Figure(first.Value.Value, Decimals);
            return change.IsZero
                ? $"{Kpi.Title} is {now}, as in {Display.Month(first.Month)}."
                : $"{Kpi.Title} {(change.IsNegative ? "fell" : "rose")} from {was} in {Display.Month(first.Month)} to {now} in {Display.Month(last.Month)}.";
        }
    }

    /// <summary>Its line; null for less than two figures.</summary>
    public string? Chart() =>
        Months.Count(one => one.Value is not null) < 2
            ? null
            : ExploreChart.Json(
                new ChartData(
                    "lines",
                    "",
                    [.. Months.Select(one => Display.ShortMonth(one.Month))],
                    [
                        new ChartSeries(
                            Kpi.Title,
                            [
                                .. Months.Select(one =>
                                    JsonElement.Parse(
                                        one.Value is { } value
                                            ? value.ToDecimal().ToString(CultureInfo.InvariantCulture)
                                            : "null"
                                    )
                                ),
                            ],
                            [
                                .. Months.Select(one =>
                                    one.Value is { } value
                                        ? $"{Display.Figure(value, Decimals)} {one.Unit}".TrimEnd()
                                        : "not computable"
                                ),
                            ],
                            [.. Months.Select(_ => (string?)null)],
                            IsRest: false
                        ),
                    ]
                )
                {
                    Suffix = Months[^1].Unit == "%" ? "%" : "",
                }
            );

    /// <summary>The same for the table below its line.</summary>
    public FigureTable Figures(string? asOf) =>
        new(
            Sentence,
            ["Month"],
            [new("Value", Months[^1].Unit), new("Change", null), new("Level", null)],
            [
                .. Months
                    .Select(
                        (result, place) =>
                            new FigureRow(
                                [new(Display.ShortMonth(result.Month), KpiPageTables.Href(result, asOf))],
                                [
                                    Cell(result.Value, "not computable") with
                                    {
                                        Href = Rows(result, asOf),
                                    },
                                    Cell(Change(place), "–"),
                                    new(KpiTables.Level(result) ?? "–", Tone: CellTone.Text),
                                ]
                            )
                    )
                    .Reverse(),
            ],
            []
        );

    /// <summary>The charges that the month's figure divides, or is; without any, its page.</summary>
    private static string? Rows(KpiResult result, string? asOf) =>
        result.Value is null ? null
        : result.Inputs.Select(fact => fact.Behind).FirstOrDefault(behind => behind is not null) is { } behind
            ? Web.Addresses.CostQueryUrl.Href("/rows", behind, asOf)
        : KpiPageTables.Href(result, asOf);

    private static FigureCell Cell(Amount? value, string none) =>
        value is { } known ? new(Display.Figure(known, Decimals), Exact: known) : new(none);
}
