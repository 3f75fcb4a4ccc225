using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Quantify.Kpis;

/// <summary>KPIs as commands and programs read them.</summary>
internal static class KpiTables
{
    private const int Decimals = 2;

    /// <summary>One line for each KPI.</summary>
    /// <param name="review">The KPIs.</param>
    /// <param name="withMissing">Whether those that are not computable stand among them.</param>
    /// <param name="forPeople">Without long sentences that `show` has.</param>
    public static ResultTable List(KpiReview review, bool withMissing, bool forPeople = false) =>
        forPeople
            ? Without(All(review, withMissing), withMissing ? ["thresholds"] : ["thresholds", "why"])
            : All(review, withMissing);

    private static ResultTable All(KpiReview review, bool withMissing) =>
        new(
            [
                new("id", ColumnKind.Whole),
                new("kpi"),
                new("name", Spare: true),
                new("group", Spare: true),
                new("value", ColumnKind.Figure, "Value", Decimals),
                new("unit"),
                new("level", ColumnKind.Whole),
                new("target", ColumnKind.Figure, "Target", Decimals),
                new("reached", Spare: true),
                new("baseline", ColumnKind.Figure, "Baseline", Decimals, Spare: true),
                new("changeSinceBaseline", ColumnKind.Figure, "Since", Decimals, Spare: true),
                new("coveragePercent", ColumnKind.Figure, "Coverage, %", Spare: true),
                new("thresholds", Spare: true),
                new("why", Spare: true),
            ],
            [.. (withMissing ? review.Results : review.Computed).Select(Line)]
        )
        {
            Caption = $"KPIs of {review.Subject.Words}, {review.Month}",
            WhenEmpty = "No KPI can be computed; --all lists them with what is missing.",
        };

    /// <summary>The measures of a set, in its order; a change of the set stands beside them.</summary>
    public static ResultTable Set(KpiReview review) =>
        new(
            [
                new("kpi"),
                new("name", Spare: true),
                new("value", ColumnKind.Figure, "Value", Decimals),
                new("unit"),
                new("level", ColumnKind.Whole),
                new("target", ColumnKind.Figure, "Target", Decimals),
                new("standing"),
                new("why", Spare: true),
            ],
            [
                .. review
                    .Sets[0]
                    .Measures.Select(measure =>
                        (IReadOnlyList<object?>)
                            [
                                measure.Result.Kpi.Title,
                                measure.Result.Kpi.Name,
                                measure.Result.Value,
                                measure.Result.Unit,
                                Level(measure.Result),
                                Whole(measure.Result.Target),
                                Word(measure.Standing),
                                measure.Result.Why,
                            ]
                    ),
            ]
        )
        {
            Caption = $"{review.Sets[0].Set.Title}, {review.Month}",
            WhenEmpty = $"The first edition of this set begins after {review.Month}.",
        };

    /// <summary>Who agreed to the edition of the month, and what it changes.</summary>
    public static IEnumerable<string> Says(MeasureSetReview review, Core.Time.BillingPeriod month)
    {
        if (review.Set.Editions.LastOrDefault(one => one.From < month.End) is not { } edition)
            yield break;
        yield return $"Edition of {edition.From:yyyy-MM-dd}, approved by {edition.ApprovedBy} on {edition.ApprovedOn:yyyy-MM-dd}"
            + (edition.Reason is { } reason ? $": {reason}" : ".");
        if (review.Measures.Any(measure => measure.Standing == MeasureStanding.Leaves))
            yield return $"Old and new stand side by side until {edition.From.AddMonths(edition.SideBySideMonths):yyyy-MM-dd}.";
    }

    public static string Word(MeasureStanding standing) => standing.ToString().ToLowerInvariant();

    /// <summary>One KPI with everything it rests on.</summary>
    public static ResultRecord Record(KpiResult result, DateOnly today, bool forPeople)
    {
        var inputs = Inputs(result.Inputs);
        // Why something is missing stands above them.
        if (forPeople && result.Value is null)
            inputs = Without(inputs, ["why"]);
        return ResultRecord.Of(
            ("id", result.Kpi.Id),
            ("name", result.Kpi.Name),
            ("kpi", result.Kpi.Title),
            ("group", result.Kpi.Group),
            ("month", result.Month),
            ("of", result.Subject.Words),
            ("value", result.Value),
            ("unit", result.Unit),
            ("why", result.Why),
            ("formula", result.Kpi.Formula),
            ("worked", result.Worked + (result.Value is { } value ? " = " + Display.Exact(value) : "")),
            ("inputs", forPeople ? inputs : inputs.Records()),
            ("also", forPeople ? Also(result) : Also(result).Records()),
            ("direction", Word(result.Kpi.Direction)),
            ("level", Level(result)),
            ("target", Whole(result.Target)),
            ("thresholds", Thresholds(result)),
            ("coveragePercent", Percent(result.Coverage)),
            ("baseline", Baseline(result)),
            ("savedAtVolumeOfNow", result.Saved?.Realised),
            ("savedNaively", result.Saved?.Naive),
            ("benchmarks", result.Benchmarks.Select(benchmark => Says(benchmark, today)).ToList()),
            ("owner", result.Kpi.Owner),
            ("source", result.Kpi.Source),
            ("revision", result.Kpi.Revision),
            ("corrected", result.Kpi.Corrected),
            ("note", result.Kpi.Note)
        );
    }

    public static ResultTable Inputs(IReadOnlyList<KpiFact> facts) =>
        new(
            [
                new("input"),
                new("means"),
                new("value", ColumnKind.Figure, "Value", Decimals),
                new("unit", ColumnKind.Whole),
                new("from"),
                new("coveragePercent", ColumnKind.Figure, "Coverage, %", Spare: true),
                new("why", Spare: true),
            ],
            [
                .. facts.Select(fact =>
                    (IReadOnlyList<object?>)
                        [fact.Name, fact.Means, fact.Value, fact.Unit, fact.From, Percent(fact.Coverage), fact.Why]
                ),
            ]
        );

    /// <summary>Every input that formulas may use, and whether somebody gives it.</summary>
    public static ResultTable Known(KpiBook book) =>
        new(
            [
                new("input"),
                new("means"),
                new("unit", ColumnKind.Whole, Spare: true),
                new("from"),
                new("kpis", ColumnKind.Figure),
            ],
            [
                .. book.Inputs.Select(input =>
                    (IReadOnlyList<object?>)
                        [
                            input.Name,
                            input.Means,
                            input.Unit,
                            From(input),
                            book.Kpis.Count(kpi => KpiFormula.Read(kpi.Formula!).Inputs.Contains(input.Name)),
                        ]
                ),
            ]
        );

    private static ResultTable Without(ResultTable table, string[] columns)
    {
        var kept = table.Columns.Index().Where(one => !columns.Contains(one.Item.Id)).Select(one => one.Index).ToList();
        return table with
        {
            Columns = [.. kept.Select(place => table.Columns[place])],
            Rows = [.. table.Rows.Select(row => (IReadOnlyList<object?>)[.. kept.Select(place => row[place])])],
        };
    }

    /// <summary>"Of 38 by x_CostCentre in 2026-09, 4110 (Claims) is first with 100.00 %, …".</summary>
    private static string Says(IReadOnlyList<PeerResult> peers, string column)
    {
        var known = peers.Where(peer => peer.Result.Value is not null).ToList();
        if (known.Count == 0)
            return $"It has a figure for no value of {column}.";
        var (first, middle, last) = (known[0], known[known.Count / 2], known[^1]);
        return $"{first.Result.Kpi.Title}, {first.Result.Month}: of {Display.Count(known.Count, "peer", "peers")} by {column}, {Of(first)}"
            + (known.Count < 2 ? "." : $" comes first, {Of(last)} last; the middle is {Figure(middle)}.");

        string Of(PeerResult peer) =>
            $"{(peer.Name is { } name ? $"{peer.Peer} ({name})" : peer.Peer)} with {Figure(peer)}";

        string Figure(PeerResult peer) =>
            $"{Display.Figure(peer.Result.Value!.Value, Decimals)} {peer.Result.Unit}".TrimEnd();
    }

    public static ResultTable Peers(IReadOnlyList<PeerResult> peers, string column, int groupMin) =>
        new(
            [
                new(column),
                new("name"),
                new("value", ColumnKind.Figure, "Value", Decimals),
                new("unit", ColumnKind.Whole),
                new("percentile", ColumnKind.Figure, "Below, %", 1),
                new("midRank", ColumnKind.Figure, "Mid-rank", 1),
                new("why", Spare: true),
            ],
            [
                .. peers.Select(peer =>
                    (IReadOnlyList<object?>)
                        [
                            peer.Peer,
                            peer.Name,
                            peer.Result.Value,
                            peer.Result.Unit,
                            peer.Percentile is { } rank ? Amount.From(rank.Strict) : null,
                            peer.Percentile is { } mid ? Amount.From(mid.MidRank) : null,
                            peer.Result.Why
                                ?? (
                                    peer.Percentile is null
                                        ? $"suppressed: a group of {peer.GroupSize}, and at least {groupMin} are needed"
                                        : null
                                ),
                        ]
                ),
            ]
        )
        {
            Caption = Says(peers, column),
        };

    public static ResultTable Frozen(KpiBaseline baseline) =>
        new(
            [
                new("kpi"),
                new("month", ColumnKind.Whole),
                new("scope", Spare: true),
                new("value", ColumnKind.Figure, "Frozen", Decimals),
                new("unit", ColumnKind.Whole),
            ],
            [
                .. baseline.Figures.Select(figure =>
                    (IReadOnlyList<object?>)[figure.Kpi, baseline.Month, baseline.Scope, figure.Value, figure.Unit]
                ),
            ]
        );

    /// <summary>"run", "below crawl", "amber"; null where nothing says what is good.</summary>
    public static string? Level(KpiResult result) =>
        result.Value is null || result.Thresholds is not { } thresholds ? null
        : result.Colour is { } colour ? colour
        : result.Level is { } level ? level.ToString().ToLowerInvariant()
        : thresholds is { Crawl: null, Walk: null, Run: null } ? null
        : "below "
            + (
                thresholds.Crawl is not null ? "crawl"
                : thresholds.Walk is not null ? "walk"
                : "run"
            );

    /// <summary>"crawl 30, walk 15, run 10; revision 1, FinOps Foundation".</summary>
    public static string? Thresholds(KpiResult result)
    {
        if (result.Thresholds is not { } thresholds)
            return null;
        (string Name, decimal? Value)[] all =
        [
            ("crawl", thresholds.Crawl),
            ("walk", thresholds.Walk),
            ("run", thresholds.Run),
            ("green", thresholds.Green),
            ("amber", thresholds.Amber),
        ];
        var values = string.Join(
            ", ",
            all.Where(one => one.Value is not null).Select(one => $"{one.Name} {Plain(one.Value)}")
        );
        var scope = thresholds.Scope is { } name ? $", scope {name}" : "";
        return $"{values}; revision {thresholds.Revision}{scope}, {thresholds.Source ?? "the rulebook"}";
    }

    /// <summary>"12 on 2026-08, frozen 2026-09-03 by anna before lake-move: reason".</summary>
    public static string? Baseline(KpiResult result) =>
        result.Baseline is { } frozen
            ? $"{Display.Exact(frozen.Figure.Value)} {frozen.Figure.Unit} of {frozen.Fact.Month}, frozen {frozen.At:yyyy-MM-dd} by "
                + $"{frozen.Actor}{(frozen.Fact.Initiative is { } before ? " before " + before : "")}: {frozen.Fact.Reason}"
                + (frozen.Figure.Formula == result.Kpi.Formula ? "" : "; by another formula: " + frozen.Figure.Formula)
            : null;

    /// <summary>"median 25 (quartiles 18 to 31) of 120 insurers, 2026-03-01, survey, high confidence".</summary>
    public static string Says(Benchmark benchmark, DateOnly today)
    {
        var quartiles = benchmark is { LowerQuartile: { } lower, UpperQuartile: { } upper }
            ? $"quartiles {Plain(lower)} to {Plain(upper)}"
            : null;
        var figures = string.Join(
            ", ",
            new[] { benchmark.Median is { } median ? $"median {Plain(median)}" : null, quartiles }.OfType<string>()
        );
        return (today >= benchmark.Expires ? $"STALE since {benchmark.Expires:yyyy-MM-dd}: " : "")
            + $"{figures} of {benchmark.Population}, {benchmark.Date:yyyy-MM-dd}, {benchmark.Source}, "
            + $"{benchmark.Confidence.ToString().ToLowerInvariant()} confidence";
    }

    public static string? Word(KpiDirection? direction) => direction?.ToString().ToLowerInvariant();

    private static IReadOnlyList<object?> Line(KpiResult result) =>
        [
            result.Kpi.Id,
            result.Kpi.Title,
            result.Kpi.Name,
            result.Kpi.Group,
            result.Value,
            result.Unit,
            Level(result),
            Whole(result.Target),
            result.IsReached,
            result.Baseline?.Figure.Value,
            result.Value - result.Baseline?.Figure.Value,
            Percent(result.Coverage),
            Thresholds(result),
            result.Why,
        ];

    private static ResultTable Also(KpiResult result) =>
        new(
            [
                new("figure"),
                new("value", ColumnKind.Figure, "Value", Decimals),
                new("unit", ColumnKind.Whole),
                new("why"),
            ],
            [
                .. result.Also.Select(part =>
                    (IReadOnlyList<object?>)
                        [part.Part.Name, part.Value, result.In(part.Part.Unit ?? result.Kpi.Unit), part.Why]
                ),
            ]
        )
        {
            WhenEmpty = "No further figure belongs to it.",
        };

    private static string From(KpiInput input) =>
        input switch
        {
            { Cost: not null } => "charges",
            { Series: { } series } => $"series {series}",
            { UnitMetric: { } metric } => $"unit metric {metric}",
            { Figure: { } figure } => figure,
            { Value: { } value } => $"declared: {Plain(value)} on {input.On:yyyy-MM-dd}",
            { Formula: { } formula } => formula,
            { Days: { } days } => $"{days.Start:yyyy-MM-dd} to {days.End:yyyy-MM-dd}",
            _ => "nobody: write kind: KpiInput",
        };

    /// <summary>The number without the zeros that reading it gave it.</summary>
    public static string Plain(decimal? number) => Whole(number) is { } known ? Display.Exact(known) : "";

    private static Amount? Whole(decimal? number) => number is { } known ? Amount.From(known) : null;

    private static Amount Percent(decimal ratio) => Amount.From(decimal.Round(ratio * 100, 1, MidpointRounding.ToEven));
}
