using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;

namespace Bursar.Manage.Strategy;

/// <summary>Scopes as tables for people and as named fields for programs.</summary>
internal static class ScopesRecord
{
    /// <summary>One line a scope.</summary>
    public static ResultTable List(ScopesReview review) =>
        new(
            [
                new("scope"),
                new("state", ColumnKind.Whole),
                new("currency", ColumnKind.Whole),
                new("cost", ColumnKind.Figure),
                new("elsewhere", ColumnKind.Figure, "Also elsewhere"),
                new("decision"),
                new("owner", Spare: true),
                new("cadence", ColumnKind.Whole, Spare: true),
            ],
            [.. review.Scopes.SelectMany(Lines)]
        )
        {
            WhenEmpty =
                "No scope is declared. Write a kind: Scope: which charges, the question, and the decision it serves.",
        };

    /// <summary>One line a pair of scopes that hold the same charges.</summary>
    public static ResultTable Overlaps(ScopesReview review) =>
        new(
            [
                new("scope"),
                new("other"),
                new("currency", ColumnKind.Whole),
                new("cost", ColumnKind.Figure, "Cost in both"),
            ],
            [
                .. review.Overlaps.Select(
                    IReadOnlyList<object?> (pair) => [pair.One, pair.Other, pair.Cost.Currency.Code, pair.Cost]
                ),
            ]
        )
        {
            WhenEmpty = "No two scopes hold the same charges.",
        };

    public static ResultRecord Of(ScopesReview review) =>
        ResultRecord.Of(
            ("month", review.Month.ToString()),
            ("measure", review.Measure.ToString()),
            ("scopes", review.Scopes.Select(Of)),
            (
                "overlaps",
                review.Overlaps.Select(pair =>
                    ResultRecord.Of(
                        ("scope", pair.One),
                        ("other", pair.Other),
                        ("currency", pair.Cost.Currency.Code),
                        ("cost", pair.Cost.Amount)
                    )
                )
            ),
            (
                "totals",
                review.Totals.Select(total =>
                    ResultRecord.Of(
                        ("currency", total.Total.Currency.Code),
                        ("total", total.Total.Amount),
                        ("inScopes", total.InScopes),
                        ("inNone", total.InNone),
                        ("countedAgain", total.CountedAgain)
                    )
                )
            ),
            ("unusedDays", review.UnusedDays),
            ("draft", review.IsDraft),
            ("dataAsOf", review.DataAsOf)
        );

    /// <summary>"under-review".</summary>
    public static string Word(ScopeState state) => Choice.KebabCase(state.ToString());

    /// <summary>What another scope holds too, each row once.</summary>
    public static Amount Elsewhere(ReviewedScope scope, Currency currency) =>
        scope.Elsewhere.FirstOrDefault(cost => cost.Currency == currency).Amount;

    /// <summary>What must be known of scopes, in plain sentences.</summary>
    public static IEnumerable<string> Warnings(ScopesReview review)
    {
        foreach (var scope in review.Scopes.Where(scope => scope.IsUnused))
            yield return $"{scope.Scope.Title} is unused: for {review.UnusedDays} days nothing has referred to it and no "
                + "statement of it was issued. Retire it (to:), or issue one.";
        foreach (var scope in review.Scopes.Where(scope => scope is { State: ScopeState.Active, Scope.Decision: null }))
            yield return $"{scope.Scope.Title} serves no decision that is written down.";
        foreach (var scope in review.Scopes)
        foreach (var exclusion in scope.Scope.Exclude)
            yield return $"{scope.Scope.Title} leaves out {exclusion.Where[0].Column}: {exclusion.Reason}";
    }

    private static IEnumerable<IReadOnlyList<object?>> Lines(ReviewedScope one)
    {
        var costs = one.Costs.Count > 0 ? one.Costs.Select(cost => (Money?)cost) : [null];
        foreach (var cost in costs)
            yield return
            [
                one.Scope.Name,
                Word(one.State),
                cost?.Currency.Code,
                cost,
                cost is { } known ? new Money(Elsewhere(one, known.Currency), known.Currency) : null,
                one.Scope.Decision,
                one.Scope.Owner,
                one.Scope.Cadence?.ToString().ToLowerInvariant(),
            ];
    }

    /// <summary>A number as it was meant: 10, whatever zeros the reading added.</summary>
    private static Amount? Plain(decimal? number) => number is { } known ? Amount.From(known) : null;

    private static ResultRecord Of(ReviewedScope one)
    {
        var scope = one.Scope;
        return ResultRecord.Of(
            ("scope", scope.Name),
            ("title", scope.Title),
            ("state", Word(one.State)),
            ("proposed", scope.Proposed),
            ("from", scope.From),
            ("review", scope.Review),
            ("to", scope.To),
            ("question", scope.Question),
            ("decision", scope.Decision),
            ("outcome", scope.Outcome),
            ("owner", scope.Owner),
            ("sponsor", scope.Sponsor),
            ("cadence", scope.Cadence?.ToString().ToLowerInvariant()),
            ("unit", scope.Unit),
            ("detail", one.Profile.Detail?.ToString().ToLowerInvariant()),
            ("refreshDays", one.Profile.RefreshDays),
            ("changePercent", Plain(one.Profile.ChangePercent)),
            (
                "targets",
                scope.Targets.Select(target =>
                    ResultRecord.Of(("measure", target.Measure), ("value", Plain(target.Value)), ("unit", target.Unit))
                )
            ),
            (
                "exclusions",
                scope.Exclude.Select(exclusion =>
                    ResultRecord.Of(("column", exclusion.Where[0].Column), ("reason", exclusion.Reason))
                )
            ),
            ("usedBy", one.UsedBy),
            ("unused", one.IsUnused),
            (
                "costs",
                one.Costs.Select(cost =>
                    ResultRecord.Of(
                        ("currency", cost.Currency.Code),
                        ("cost", cost.Amount),
                        ("elsewhere", Elsewhere(one, cost.Currency))
                    )
                )
            )
        );
    }
}
