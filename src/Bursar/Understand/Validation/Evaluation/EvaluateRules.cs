using Bursar.Understand.Validation.Rules;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>How a file came out against a set of rules.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Unreadable">Records that could not be read as rows.</param>
/// <param name="Features">The optional features it was judged by.</param>
/// <param name="Results">Every rule, each after those that it gathers.</param>
public sealed record FileEvaluation(
    long Rows,
    long Unreadable,
    IReadOnlyList<Feature> Features,
    IReadOnlyList<RuleResult> Results
);

/// <summary>Decides every rule of a set for one file, reading it once, and once more for the first rows.</summary>
/// <param name="session">The engine, with cell_is and same_entity.</param>
/// <param name="subject">The file.</param>
/// <param name="rules">The rules.</param>
/// <param name="declared">What is known of the provider.</param>
/// <param name="asPublished">True to come out as the published validator does.</param>
internal sealed class EvaluateRules(
    DuckDbSession session,
    Subject subject,
    RuleSet rules,
    DeclaredFeatures declared,
    bool asPublished
)
{
    public const int FirstRowsMax = 3;

    private readonly CompileChecks checks = new(subject, asPublished);
    private readonly Dictionary<string, CompiledCheck> compiled = [];

    public FileEvaluation Run(CancellationToken cancel)
    {
        foreach (var rule in rules.Rules.Where(rule => rule is { IsPermission: false, Check.Gathers: false }))
            compiled.Add(rule.Id, checks.Compile(rule.Check!, Conditions(rule)));
        var featured = rules
            .Features.SelectMany(rules.ColumnsOf)
            .Distinct()
            .ToDictionary(id => id, id => subject.Find(id) is null ? null : Formula.Not(checks.Empty(id)));
        var groups = compiled.Values.OfType<CompiledCheck.Groups>().ToList();
        var scan = new ScanFile(session, subject, checks, groups);
        scan.Read(cancel);
        var measured = new Measured(scan.Alike(cancel));
        var features = Applicability.Of(
            rules,
            declared,
            id => featured[id] is { } filled ? measured.Count(filled) : null,
            infer: !asPublished
        );
        var leaves = rules.Rules.Select(rule => Leaf(rule, scan, groups, measured, cancel)).ToList();
        var results = asPublished
            ? PublishedOutcome.Of(rules, leaves, features)
            : CorrectedOutcome.Of(rules, leaves, features);
        return new FileEvaluation(
            measured.Rows,
            scan.Unreadable(cancel),
            features,
            WithFirstRows(results, scan, cancel)
        );
    }

    /// <summary>The rule's own condition, and those of the rules that gather it.</summary>
    private List<Check> Conditions(Rule rule)
    {
        var conditions = new List<Check>();
        if (rule.Condition is { } own)
            conditions.Add(own);
        if (asPublished)
            conditions.AddRange(
                rules
                    .Dependents[rule.Id]
                    .Where(other => other.Kind == RuleKind.Composite)
                    .Select(other => other.Condition)
                    .OfType<Check>()
            );
        else
            conditions.AddRange(rules.Gatherers[rule.Id].SelectMany(Conditions));
        return conditions;
    }

    /// <summary>A rule by itself: whether others make it moot is decided later.</summary>
    private RuleResult Leaf(
        Rule rule,
        ScanFile scan,
        List<CompiledCheck.Groups> groups,
        Measured measured,
        CancellationToken cancel
    )
    {
        if (rule.IsPermission)
            return RuleResult.Skipped(rule, "A permission: nothing can break it.");
        if (rule.Check is null)
            return RuleResult.Skipped(rule, "Needs knowledge that is not in the file.");
        if (rule.Check.Gathers)
            return RuleResult.Passed(rule);
        switch (compiled[rule.Id])
        {
            case CompiledCheck.Header header:
                return Result(rule, header.Violations, [], header.Found.Take(FirstRowsMax).Select(Header));
            case CompiledCheck.Undecided undecided:
                return RuleResult.Skipped(rule, undecided.Reason);
            case CompiledCheck.Missing missing when !asPublished:
                return RuleResult.Skipped(rule, $"The file has no column {string.Join(" or ", missing.Columns)}.");
            case CompiledCheck.Missing:
                return Result(rule, PublishedOutcome.Missing(rule, measured.Rows), [], []);
            case CompiledCheck.Groups group:
                var (count, first) = scan.Broken(groups.IndexOf(group), asPublished, FirstRowsMax, cancel);
                return Result(rule, count, [], first);
            case CompiledCheck.Elements elements:
                var (parents, shown) = scan.WithParents(elements, FirstRowsMax, cancel);
                return Result(rule, parents, [], shown);
            case CompiledCheck.Rows { Broken: var broken }:
                var rows = measured.Count(broken);
                if (asPublished)
                    rows = PublishedOutcome.Violations(rule, rows, measured.Rows);
                return Result(rule, rows, rows > 0 ? measured.Cost(broken) : [], []);
            default:
                throw new InvalidOperationException($"{rule.Id} was not compiled.");
        }
    }

    private static FoundRow Header(string column) => new(null, [KeyValuePair.Create("column", column)]);

    private static RuleResult Result(
        Rule rule,
        long violations,
        IReadOnlyList<AffectedCost> affected,
        IEnumerable<FoundRow> first
    ) => new(rule, violations > 0 ? RuleStatus.Fail : RuleStatus.Pass, violations, "", affected, [.. first]);

    private List<RuleResult> WithFirstRows(List<RuleResult> results, ScanFile scan, CancellationToken cancel)
    {
        var failing = results
            .Where(result => result.IsFinding && compiled.GetValueOrDefault(result.Rule.Id) is CompiledCheck.Rows)
            .ToList();
        if (failing.Count == 0)
            return results;
        var wanted = failing.Select(result => new WantedRows(
            ((CompiledCheck.Rows)compiled[result.Rule.Id]).Broken,
            [.. result.Rule.Check!.Columns.Concat(Conditions(result.Rule).SelectMany(one => one.Columns)).Distinct()],
            (int)Math.Min(FirstRowsMax, result.Violations)
        ));
        var found = new FindFirstRows(session, scan, checks).Of([.. wanted], cancel);
        var rows = failing.Zip(found).ToDictionary(pair => pair.First.Rule.Id, pair => pair.Second);
        return
        [
            .. results.Select(result =>
                rows.TryGetValue(result.Rule.Id, out var first) ? result with { FirstRows = first } : result
            ),
        ];
    }
}
