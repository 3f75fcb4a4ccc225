using Bursar.Rulebooks;

namespace Bursar.Manage.Strategy;

/// <summary>Findings about scopes: a life that makes no sense, no decision of their own.</summary>
internal static class ScopeCheck
{
    public static void Check(Scope scope, RulebookCheck check)
    {
        CheckLife(scope, check);
        CheckDecision(scope, check);
        foreach (var exclusion in scope.Exclude.Where(one => one.Where.Count != 1))
            check.Error(
                exclusion,
                "where",
                "bad-exclusion",
                $"An exclusion names one column; this one names {exclusion.Where.Count}.",
                "Write one exclusion for each column: what fits any of them is left out."
            );
    }

    private static void CheckLife(Scope scope, RulebookCheck check)
    {
        (string Key, DateOnly? Day)[] steps =
        [
            ("proposed", scope.Proposed),
            ("from", scope.From),
            ("review", scope.Review),
            ("to", scope.To),
        ];
        var dated = steps.Where(step => step.Day is not null).ToList();
        for (var i = 1; i < dated.Count; i++)
        {
            // That to lies after from is checked of everything that is dated.
            if (dated[i].Day >= dated[i - 1].Day || (dated[i - 1].Key, dated[i].Key) == ("from", "to"))
                continue;
            check.Error(
                scope,
                dated[i].Key,
                "scope-life-order",
                $"{dated[i].Key}, {dated[i].Day:yyyy-MM-dd}, lies before {dated[i - 1].Key}, {dated[i - 1].Day:yyyy-MM-dd}.",
                "A scope is proposed, comes into use (from), is reviewed (review), and is retired (to), in this order."
            );
        }
    }

    private static void CheckDecision(Scope scope, RulebookCheck check)
    {
        if (scope.Decision is not { } decision)
        {
            if (scope.Proposed is not null)
                check.Error(
                    scope,
                    "proposed",
                    "scope-without-decision",
                    $"The scope \"{scope.Name}\" is proposed and serves no decision.",
                    "Say which: decision: Whether to move claims to the new platform this year."
                );
            return;
        }
        var other = check
            .Rulebook.All<Scope>()
            .TakeWhile(other => !ReferenceEquals(other, scope))
            .FirstOrDefault(other => other.Decision is { } known && Words(known) == Words(decision));
        if (other is not null && ReferenceEquals(check.Rulebook.Find<Scope>(scope.Name), scope))
            check.Error(
                scope,
                "decision",
                "scope-same-decision",
                $"The scope \"{other.Name}\", {RulebookCheck.Where(other)}, serves the same decision.",
                "A scope of its own serves a decision of its own: use the other one, or say what is decided differently."
            );
    }

    /// <summary>What is said, whatever the capitals, spaces and marks.</summary>
    private static string Words(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
