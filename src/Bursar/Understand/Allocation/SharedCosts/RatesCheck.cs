using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation.Checks;
using Bursar.Understand.Ingestion.Prices;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>Mistakes of a shared cost that is charged by rates.</summary>
internal static class RatesCheck
{
    public static void Check(SharedCost pool, RulebookCheck check)
    {
        if (pool.Method != SharedCostMethod.Rates)
            return;
        Alone(pool, check);
        var meters = Book(pool, check).SelectMany(price => price.Rates.Keys).ToHashSet();
        foreach (var line in pool.Lines)
            Line(pool, line, meters, check);
        for (var i = 1; i < pool.Lines.Count; i++)
        for (var j = 0; j < i; j++)
            Pair(pool.Lines[j], pool.Lines[i], check);
        foreach (var other in check.Rulebook.All<SharedCost>().TakeWhile(other => !ReferenceEquals(other, pool)))
            if (other.Method == SharedCostMethod.Rates && IsAtOneTime(other, pool))
                Pools(other, pool, check);
    }

    /// <summary>Whether no charge fits both: a column has values in one that it cannot have in the other.</summary>
    public static bool Exclude(Conditions one, Conditions other) =>
        one.Any(mine =>
            other.Any(theirs => mine.Column == theirs.Column && CompareConditions.Exclude(Tried(mine), Tried(theirs)))
        );

    /// <summary>Whether all that fits one fits the other.</summary>
    public static bool IsWithin(Conditions one, Conditions other) =>
        other.All(wider =>
            one.Any(mine => mine.Column == wider.Column && CompareConditions.Implies(Tried(mine), Tried(wider)))
        );

    private static CompiledCondition Tried(Condition condition) => new(0, condition, value => value, ignoreCase: false);

    private static bool IsAtOneTime(SharedCost one, SharedCost other) =>
        (one.To is not { } end || !(other.From >= end)) && (other.To is not { } last || !(one.From >= last));

    private static IEnumerable<PriceEntry> Book(SharedCost pool, RulebookCheck check) =>
        check.Rulebook.All<PriceBook>().Where(book => book.Name == pool.Prices).SelectMany(book => book.Prices);

    private static void Alone(SharedCost pool, RulebookCheck check)
    {
        var giver = check.Rulebook.All<SharedCost>().FirstOrDefault(other => other.ToPools.ContainsKey(pool.Name));
        if (pool.Within.Count > 0 || pool.ToPools.Count > 0 || giver is not null)
            check.Error(
                pool,
                pool.Within.Count > 0 ? "within"
                    : pool.ToPools.Count > 0 ? "toPools"
                    : "method",
                "rates-alone",
                $"\"{pool.Name}\" is charged by rates"
                    + (
                        pool.Within.Count > 0 ? ", so it is not divided within columns."
                        : pool.ToPools.Count > 0 ? ", so it gives nothing to other pools."
                        : $", so \"{giver!.Name}\" cannot give to it: a rate would not know of it."
                    ),
                "Write a pool for each part, or divide it by another method."
            );
    }

    private static void Line(SharedCost pool, RateLine line, HashSet<string> meters, RulebookCheck check)
    {
        if (meters.Count > 0 && !meters.Contains(line.Meter))
            check.Error(
                line,
                "meter",
                "no-such-rate",
                $"The price book \"{pool.Prices}\" has no rate for \"{line.Meter}\".{DidYouMean.Question(line.Meter, meters)}",
                "Name a meter of its rates, or add a rate."
            );
        if ((line.Series is null) != (line.Key is null) || (line.Series is not null && line.Use is not null))
            check.Error(
                line,
                line.Use is null ? "series" : "use",
                "shared-cost-incomplete",
                $"The quantity of \"{line.Meter}\" comes from charges (use), or from a series and its key.",
                "Write use: {SkuMeter: cpu-core-hours}, or series: seats and key: product."
            );
    }

    /// <summary>Two lines of one pool must not have the same to bring in, nor charge for the same.</summary>
    private static void Pair(RateLine first, RateLine line, RulebookCheck check)
    {
        if (first.Meter == line.Meter)
        {
            check.Error(
                line,
                "meter",
                "rate-line-twice",
                $"\"{line.Meter}\" has a line already ({RulebookCheck.Where(first)}): what each brings in could not be told apart.",
                "Write one line for each meter, with the conditions of both; or give the second a meter of its own in the price book."
            );
            return;
        }
        if (first.Cost is { } earlier && line.Cost is { } cost && !Exclude(earlier, cost))
        {
            var isSure = IsWithin(earlier, cost) || IsWithin(cost, earlier);
            var message =
                $"What \"{line.Meter}\" has to bring in {(isSure ? "is" : "may be")} also what \"{first.Meter}\" has to "
                + $"({RulebookCheck.Where(first)}): the same cost counts for both, and is missing elsewhere.";
            const string remedy =
                "Give each line charges of its own: different values of one column, as in x_GlAccount: [\"680100\"] and x_GlAccount: [\"624500\"].";
            if (isSure)
                check.Error(line, "cost", "rate-cost-twice", message, remedy);
            else
                check.Warn(line, "cost", "rate-cost-twice", message, remedy);
        }
        if (MayBeSameUse(first, line))
            UsedTwice(first, line, line, check);
    }

    /// <summary>Two pools may charge by the same measure, each by its own meter, but one meter not twice.</summary>
    private static void Pools(SharedCost other, SharedCost pool, RulebookCheck check)
    {
        var theirs = Lines(other, check);
        foreach (var line in Lines(pool, check))
            if (theirs.FirstOrDefault(first => first.Meter == line.Meter) is { } first && MayBeSameUse(first, line))
                UsedTwice(first.Origin is null ? other : first, line, line.Origin is null ? pool : line, check);
    }

    private static List<RateLine> Lines(SharedCost pool, RulebookCheck check) =>
        pool.Lines.Count > 0
            ? [.. pool.Lines]
            :
            [
                .. Book(pool, check)
                    .SelectMany(price => price.Rates.Keys)
                    .Distinct()
                    .Select(meter => new RateLine { Meter = meter }),
            ];

    private static bool MayBeSameUse(RateLine one, RateLine other) =>
        one.Series is null && other.Series is null
            ? !Exclude(Use(one), Use(other))
            : one.Series == other.Series && one.Key == other.Key;

    private static Conditions Use(RateLine line) =>
        line.Use ?? new Conditions([new Condition("SkuMeter", ConditionOperator.Is, [line.Meter], Negated: false)]);

    private static void UsedTwice(RulebookRecord first, RateLine line, RulebookRecord at, RulebookCheck check) =>
        check.Warn(
            at,
            at is SharedCost ? "method"
                : line.Series is not null ? "series"
                : line.Use is null ? "meter"
                : "use",
            "rate-use-twice",
            $"What \"{line.Meter}\" charges for may be charged by another line as well ({RulebookCheck.Where(first)}).",
            "Narrow use: of one of them, so that no charge fits both; two rates for one use are one rate of their sum."
        );
}
