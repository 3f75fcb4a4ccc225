using Bursar.Rulebooks;

namespace Bursar.Manage.Strategy;

/// <summary>Checks that no initiative gives away more than all of itself, and no scope more than all of its cost, on
/// any day.</summary>
internal static class StrategyWeights
{
    private const decimal Whole = 100;

    /// <summary>A dated weight and where it is written.</summary>
    private sealed record Link(RulebookRecord Record, string Key, string Target, decimal WeightPercent)
        : IEffectiveDated
    {
        public DateOnly? From => ((IEffectiveDated)Record).From;

        public DateOnly? To => ((IEffectiveDated)Record).To;
    }

    public static void Check(Initiative initiative, RulebookCheck check)
    {
        // weights that could not be read cannot be added up
        if (!ReferenceEquals(check.Rulebook.Find<Initiative>(initiative.Name), initiative))
            return;
        List<Link> priorities = [.. initiative.Priorities.Select(ToLink)];
        List<Link> scopes = [.. initiative.Scopes.Select(ToLink)];
        CheckOverlaps(priorities, "priority", check);
        CheckOverlaps(scopes, "scope", check);
        CheckSum([], priorities, $"The priorities of \"{initiative.Name}\"", check);

        // links of initiatives declared earlier come first: the finding belongs to the one that goes over
        var earlier = check
            .Rulebook.All<Initiative>()
            .TakeWhile(other => !ReferenceEquals(other, initiative))
            .SelectMany(other => other.Scopes)
            .Select(ToLink)
            .ToList();
        foreach (var scope in scopes.GroupBy(link => link.Target))
            CheckSum(
                [.. earlier.Where(link => link.Target == scope.Key)],
                [.. scope],
                $"The claims on scope \"{scope.Key}\"",
                check
            );
    }

    private static Link ToLink(PriorityLink link) => new(link, "priority", link.Priority, link.WeightPercent);

    private static Link ToLink(ScopeLink link) => new(link, "scope", link.Scope, link.WeightPercent);

    private static void CheckOverlaps(List<Link> links, string noun, RulebookCheck check)
    {
        for (var i = 1; i < links.Count; i++)
        {
            if (
                links.Take(i).FirstOrDefault(other => other.Target == links[i].Target && other.Overlaps(links[i]))
                is not { } first
            )
                continue;
            check.Error(
                links[i].Record,
                links[i].Key,
                "overlapping-periods",
                $"The {noun} \"{links[i].Target}\" is linked {links[i].Words()} here and {first.Words()} "
                    + $"{RulebookCheck.Where(first.Record)}.",
                "Give each link a from and a to, so that every day has one weight. A range ends before its to."
            );
        }
    }

    private static void CheckSum(List<Link> earlier, List<Link> links, string subject, RulebookCheck check)
    {
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            var others = earlier.Concat(links.Take(i)).Where(other => other.Overlaps(link)).ToList();
            // the sum only grows on a day on which a link starts
            var days = others
                .Append(link)
                .Select(other => other.From ?? DateOnly.MinValue)
                .Where(link.HoldsOn)
                .Order()
                .ToList();
            if (link.From is null)
                days.Insert(0, DateOnly.MinValue);
            foreach (var day in days)
            {
                var sum =
                    link.WeightPercent + others.Where(other => other.HoldsOn(day)).Sum(other => other.WeightPercent);
                if (sum <= Whole)
                    continue;
                var when = day == DateOnly.MinValue ? "" : $" on {day:yyyy-MM-dd}";
                check.Error(
                    link.Record,
                    "weightPercent",
                    "weights-above-100",
                    $"{subject} add up to {sum:0.##} %{when}.",
                    "Lower a weight, or end a link with to."
                );
                break;
            }
        }
    }
}
