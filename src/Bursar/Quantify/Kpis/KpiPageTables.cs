using Bursar.Core.Amounts;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Quantify.Kpis;

/// <summary>KPIs as a page sets them.</summary>
internal static class KpiPageTables
{
    private static readonly string[] Levels =
    [
        "run",
        "walk",
        "crawl",
        "green",
        "amber",
        "red",
        "below the first level",
    ];

    /// <summary>"In September 2026, 48 of 149 KPIs can be computed; of the 13 with thresholds, 9 at run."</summary>
    public static string Lead(KpiReview review)
    {
        var of = review.Subject.IsAll ? "" : $" of {review.Subject.Words}";
        var during = Display.During(Core.Time.DateRange.Of(review.Month));
        var judged = review
            .Computed.Select(KpiTables.Level)
            .OfType<string>()
            .GroupBy(level => level.StartsWith("below ", StringComparison.Ordinal) ? "below the first level" : level)
            .ToDictionary(same => same.Key, same => same.Count());
        var levels = Levels
            .Where(judged.ContainsKey)
            .Select(level => $"{judged[level]} {(level is "run" or "walk" or "crawl" ? "at " : "")}{level}");
        return $"{during}, {review.Computed.Count} of {review.Results.Count} KPIs{of} can be computed"
            + (
                judged.Count == 0
                    ? "; none of them has thresholds."
                    : $"; of the {judged.Values.Sum()} with thresholds, {string.Join(", ", levels)}."
            );
    }

    /// <summary>One table for each group that has figures.</summary>
    public static IEnumerable<(string Group, FigureTable Table)> Groups(KpiReview review, string? asOf) =>
        review
            .Computed.GroupBy(result => result.Kpi.Group ?? "Own")
            .Select(same => (same.Key, Table(same.Key, [.. same], review, asOf)));

    /// <summary>The measures of a set.</summary>
    public static FigureTable Set(MeasureSetReview set, KpiReview review, string? asOf) =>
        new(
            $"{set.Set.Title}, {Display.Month(review.Month)}",
            ["Measure"],
            [new("Value", ""), new("Unit", null), new("Level", null), new("Target", ""), new("Standing", null)],
            [
                .. set.Measures.Select(measure => new FigureRow(
                    [Name(measure.Result, asOf)],
                    [
                        new(Figure(measure.Result), Href(measure.Result, asOf), measure.Result.Value),
                        new(measure.Result.Unit, Tone: CellTone.Text),
                        new(KpiTables.Level(measure.Result) ?? "–", Tone: CellTone.Text),
                        new(measure.Result.Target is { } target ? Display.Exact(Amount.From(target)) : "–"),
                        new(KpiTables.Word(measure.Standing), Tone: CellTone.Text),
                    ]
                )),
            ],
            []
        );

    /// <summary>What is missing for the others.</summary>
    public static FigureTable Missing(KpiReview review, string? asOf) =>
        new(
            "Not computable, and what is missing",
            ["KPI"],
            [new("Group", null), new("Known", "% of inputs"), new("What is missing", null)],
            [
                .. review
                    .Results.Where(result => result.Value is null)
                    .Select(result => new FigureRow(
                        [Name(result, asOf)],
                        [
                            new(result.Kpi.Group ?? "Own", Tone: CellTone.Text),
                            new(Display.PercentFigure(result.Coverage, 0)),
                            new(Missing(result), Tone: CellTone.Prose),
                        ]
                    )),
            ],
            []
        );

    /// <summary>The inputs of one KPI; a sum of charges leads to them.</summary>
    public static FigureTable Inputs(KpiResult result, string? asOf) =>
        new(
            $"What {result.Kpi.Title} is made of",
            ["Input"],
            [new("Value", ""), new("Unit", null), new("Where it comes from", null)],
            [
                .. result.Inputs.Select(fact => new FigureRow(
                    [new(fact.Means)],
                    [
                        fact.Value is { } value ? new(Display.Figure(value, 2), Opens(fact, asOf), value) : new("–"),
                        new(fact.Unit ?? "", Tone: CellTone.Text),
                        new(
                            fact.Value is null ? fact.Why!
                                : fact.Why is { } partly ? $"{fact.From}; {partly}"
                                : fact.From,
                            Tone: CellTone.Prose
                        ),
                    ]
                )),
            ],
            []
        );

    /// <summary>The rows of a sum of charges; the page of another figure.</summary>
    private static string? Opens(KpiFact fact, string? asOf) =>
        fact.Behind is { } behind ? CostQueryUrl.Href("/rows", behind, asOf)
        : fact.Page is { } page ? WebAddress.With(page, "asof", asOf)
        : null;

    public static string Figure(KpiResult result) =>
        result.Value is { } value ? Display.Figure(value, Decimals(value)) : "–";

    /// <summary>Where the page of one KPI is.</summary>
    public static string Href(KpiResult result, string? asOf) =>
        WebAddress.With(
            WebAddress.With(
                WebAddress.With(WebAddress.With("/kpis", "kpi", result.Kpi.Name), "month", result.Month.ToString()),
                "scope",
                result.Subject.Scope
            ),
            "asof",
            asOf
        );

    private static FigureTable Table(string group, IReadOnlyList<KpiResult> results, KpiReview review, string? asOf) =>
        new(
            $"{group}, {Display.Month(review.Month)}",
            ["KPI"],
            [
                new("Value", ""),
                new("Unit", null),
                new("Better", null),
                new("Level", null),
                new("Target", ""),
                new("Since baseline", ""),
            ],
            [
                .. results.Select(result => new FigureRow(
                    [Name(result, asOf)],
                    [
                        new(Figure(result), Href(result, asOf), result.Value),
                        new(result.Unit, Tone: CellTone.Text),
                        new(Better(result), Tone: CellTone.Text),
                        new(KpiTables.Level(result) ?? "–", Tone: CellTone.Text),
                        new(result.Target is { } target ? Display.Exact(Amount.From(target)) : "–"),
                        new(
                            result.Value - result.Baseline?.Figure.Value is { } since
                                ? (since > Amount.Zero ? "+" : "") + Display.Figure(since, Decimals(since))
                                : "–"
                        ),
                    ]
                )),
            ],
            []
        );

    private static FigureCell Name(KpiResult result, string? asOf) => new(result.Kpi.Title, Href(result, asOf));

    private static string Missing(KpiResult result) =>
        result.Inputs.Where(fact => fact.Value is null).Select(fact => fact.Means).ToList() is { Count: > 0 } missing
            ? string.Join("; ", missing)
            : result.Why ?? "";

    private static string Better(KpiResult result) =>
        result.Kpi.Direction switch
        {
            KpiDirection.Higher => "higher",
            KpiDirection.Lower => "lower",
            KpiDirection.Nearest => $"near {KpiTables.Plain(result.Kpi.Aim)}",
            _ => "informs",
        };

    private static int Decimals(Amount value) =>
        value.IsZero || value.Abs() >= Amount.From(1) ? 2
        : value.Abs() >= Amount.From(0.01m) ? 4
        : 8;
}
