using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Rules;

/// <summary>What the rules did in a month, as of a moment; null where there is no month with charges.</summary>
internal delegate Task<RuleReview?> ReadRuleHits(
    string? asOf,
    BillingPeriod? month,
    CancellationToken cancellationToken
);

/// <summary>What a rule did for one shared field in one currency.</summary>
/// <param name="Field">The shared field.</param>
/// <param name="Rule">The rule; <c>organisation</c> for what its units answered; null for what nothing set.</param>
/// <param name="PassedOn">By whose tag: <c>account</c>, <c>item</c>; null for a tag of the charge, or none.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Cost">The cost whose field it set.</param>
/// <param name="Charges">The rows whose field it set.</param>
/// <param name="Share">Of all cost of the month, 0 to 1; null where that is zero.</param>
/// <param name="LastHit">The last day of the month on which it set the field.</param>
internal sealed record RuleHit(
    string Field,
    string? Rule,
    string? PassedOn,
    Currency Currency,
    Amount Cost,
    long Charges,
    decimal? Share,
    DateOnly LastHit
);

/// <summary>A rule that set nothing in the month.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="LastHit">The last month before in which it set something; null for never.</param>
/// <param name="IsInForce">Whether it holds on any day of the month.</param>
internal sealed record IdleRule(AllocationRule Rule, BillingPeriod? LastHit, bool IsInForce)
{
    /// <summary>"never matched", "last matched in 2026-03", "holds until 2026-07-01".</summary>
    public string Words =>
        !IsInForce ? $"holds {Rule.Words()}"
        : LastHit is { } month ? $"last matched in {month}"
        : "never matched";
}

/// <summary>What every rule did in a month.</summary>
/// <param name="Month">The month of the days that charges serve.</param>
/// <param name="Measure">Which cost.</param>
/// <param name="Hits">By field; largest first, what nothing set last.</param>
/// <param name="Idle">Rules that set nothing, in the order in which they are tried.</param>
/// <param name="Totals">All cost of the month.</param>
/// <param name="Rules">How many rules there are.</param>
/// <param name="Notes">What a reader must know.</param>
/// <param name="IsDraft">The rules are not published.</param>
/// <param name="DataAsOf">The newest day that the data covers.</param>
internal sealed record RuleReview(
    BillingPeriod Month,
    CostMeasure Measure,
    IReadOnlyList<RuleHit> Hits,
    IReadOnlyList<IdleRule> Idle,
    IReadOnlyList<Money> Totals,
    int Rules,
    IReadOnlyList<string> Notes,
    bool IsDraft,
    DateOnly? DataAsOf
);

/// <summary>Finds what every rule did in a month, and which did nothing.</summary>
internal sealed class ReviewRules(BooksView view)
{
    /// <summary>How a field is marked that a unit of the organisation answered.</summary>
    public const string Organisation = "organisation";

    private static readonly string[] RuleColumns = [.. SharedFields.Names.Select(CostColumns.RuleOf)];

    private readonly AskCosts ask = new(view);

    /// <param name="asked">The month; null is the newest whole one.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <returns>The review; null without charges.</returns>
    public RuleReview? Of(BillingPeriod? asked, CancellationToken cancel)
    {
        if ((asked ?? view.NewestWholeMonth) is not { } month)
            return null;
        var query = new CostQuery
        {
            Measure = ReportSubject.Measure(view),
            By = RuleColumns,
            Over = TimeGrain.Day,
            From = month.Start,
            To = month.End,
        };
        var answer = ask.Answer(query, cancel);
        var rules = view
            .Rulebook.All<AllocationRule>()
            .OrderBy(rule => rule.Order)
            .ThenBy(rule => rule.Name, StringComparer.Ordinal)
            .ToList();
        return new RuleReview(
            month,
            query.Measure,
            [.. Enumerable.Range(0, SharedFields.Count).SelectMany(field => Hits(field, answer))],
            Idle(rules, answer.Rows, month, query, cancel),
            answer.Totals,
            rules.Count,
            answer.Notes,
            view.IsDraft,
            view.DataThrough
        );
    }

    /// <summary>"from-tags/account" is the rule and by whose tag; "organisation/4100" is the organisation.</summary>
    private static (string? Rule, string? PassedOn) Parts(string? setBy)
    {
        if (setBy?.Split('/', 2) is not [var rule, var more])
            return (setBy, null);
        return rule == Organisation ? (rule, null) : (rule, more);
    }

    private static IEnumerable<RuleHit> Hits(int field, CostAnswer answer) =>
        answer
            .Rows.GroupBy(row => (SetBy: Parts(row.Keys[field]), row.Currency))
            .Select(same =>
            {
                var total = answer.Totals.First(total => total.Currency == same.Key.Currency);
                var cost = CostGroups.Sum(same.Select(row => row.Total));
                return new RuleHit(
                    SharedFields.Names[field],
                    same.Key.SetBy.Rule,
                    same.Key.SetBy.PassedOn,
                    same.Key.Currency,
                    cost,
                    same.Sum(row => row.Charges),
                    cost.ShareOf(total.Amount),
                    same.Max(row => row.Period!.Value)
                );
            })
            .OrderBy(hit => answer.Totals.ToList().FindIndex(total => total.Currency == hit.Currency))
            .ThenBy(hit => hit.Rule is null)
            .ThenByDescending(hit => hit.Cost)
            .ThenBy(hit => hit.Rule + "/" + hit.PassedOn, StringComparer.Ordinal);

    private List<IdleRule> Idle(
        IReadOnlyList<AllocationRule> rules,
        IEnumerable<CostRow> rows,
        BillingPeriod month,
        CostQuery query,
        CancellationToken cancel
    )
    {
        var active = rows.SelectMany(row => row.Keys).Distinct().Select(setBy => Parts(setBy).Rule).ToHashSet();
        var idle = rules.Where(rule => !active.Contains(rule.Name)).ToList();
        if (idle.Count == 0)
            return [];
        var before = ask.Answer(query with { Over = TimeGrain.Month, From = null, To = month.Start }, cancel);
        var last = before
            .Rows.SelectMany(row => row.Keys.Select(setBy => (Parts(setBy).Rule, row.Period)))
            .Where(hit => hit.Rule is not null)
            .GroupBy(hit => hit.Rule!)
            .ToDictionary(same => same.Key, same => BillingPeriod.Containing(same.Max(hit => hit.Period)!.Value));
        return idle.ConvertAll(rule => new IdleRule(
            rule,
            last.TryGetValue(rule.Name, out var found) ? found : null,
            (rule.From ?? DateOnly.MinValue) < month.End && month.Start < (rule.To ?? DateOnly.MaxValue)
        ));
    }
}
