using Bursar.Core.Amounts;
using Bursar.Rulebooks;

namespace Bursar.Quantify.Budgets;

/// <summary>Looks for what the shape of a budget does not show.</summary>
internal static class BudgetCheck
{
    public static void Run(Budget budget, RulebookCheck check)
    {
        if (budget is { Scope: not null, Where: not null })
            check.Error(
                budget,
                "where",
                "scope-and-filter",
                "This budget has both a scope and a filter.",
                "Keep one of them."
            );
        var calendar = BudgetBook.Calendar(check.Rulebook, budget);
        CheckWays(budget, check);
        CheckPeriods(budget.Origin?.Find("amounts"), calendar, check);
        CheckAmounts(budget, budget.Amounts, check);
        if (budget.Driver is { } driver)
            CheckPeriods(driver.Origin?.Find("volumes"), calendar, check);
        CheckVersions(budget, calendar, check);
        CheckFamily(budget, check);
        foreach (var (code, _) in budget.PlanRates.Where(rate => rate.Value <= Amount.Zero))
            check.Error(
                budget,
                "planRates",
                "bad-plan-rate",
                $"The plan's rate of {code} is not above zero.",
                $"Write what one {code} is worth in {budget.Currency}."
            );
        if (budget.Holdbacks.Sum(one => one.Percent) > 100)
            check.Error(
                budget,
                "holdbacks",
                "holdbacks-exceed",
                $"The levels hold back {budget.Holdbacks.Sum(one => one.Percent)} % of each amount.",
                "Together they can hold back 100 % at most."
            );
    }

    /// <summary>Amounts come from one place.</summary>
    private static void CheckWays(Budget budget, RulebookCheck check)
    {
        var ways = new List<string>();
        if (budget.Amounts.Count > 0)
            ways.Add("amounts");
        if (budget.SharePercent is not null)
            ways.Add("sharePercent");
        if (budget.SumOfParts)
            ways.Add("sumOfParts");
        if (budget.Driver is not null)
            ways.Add("driver");
        if (ways.Count != 1 && !(ways.Count == 0 && budget.Origin?.Find("amounts") is not null))
            check.Error(
                budget,
                ways.Count == 0 ? "name" : ways[^1],
                "budget-amounts",
                ways.Count == 0
                    ? "This budget does not say how much may be spent."
                    : $"This budget says how much may be spent in several ways: {string.Join(", ", ways)}.",
                "Give one of amounts, sharePercent (of parent), sumOfParts, or driver."
            );
        if (budget is { SharePercent: not null, Parent: null })
            check.Error(
                budget,
                "sharePercent",
                "share-of-nothing",
                "This budget is a share, and does not say of which budget.",
                "Add parent: with the name of the larger budget."
            );
        if (budget is { Exchange: BudgetExchange.Own, PlanRates.Count: > 0 })
            check.Error(
                budget,
                "planRates",
                "rates-not-used",
                "This budget has rates of the plan, and spend in other currencies does not count.",
                "Write exchange: plan as well."
            );
        if (budget.Driver is { } driver && (driver.Series is null) == (driver.Volumes.Count == 0))
            check.Error(
                driver,
                "rate",
                "driver-volumes",
                "A driver has either volumes by period or a series of them.",
                "Give volumes: or series:."
            );
    }

    /// <summary>Findings for keys that are no period, and for days that two periods speak of.</summary>
    private static void CheckPeriods(YamlNode? node, FiscalPeriods calendar, RulebookCheck check)
    {
        if (node is not YamlMap map)
            return;
        var spokenFor = new Dictionary<DateOnly, string>();
        foreach (var (key, _) in map.Entries)
        {
            var parts = calendar.PartsOf(key.Text);
            if (parts.Count == 0)
                check.Findings.Error(
                    key,
                    "bad-period",
                    $"\"{key.Text}\" is not a period.",
                    "Write a month (2026-03), a quarter (2026-Q1), a year (2026), or a period of the budget's calendar (FY2026, FY2026-Q1, FY2026-P01)."
                );
            var taken = parts.FirstOrDefault(part => Days(part).Any(spokenFor.ContainsKey));
            if (taken is not null)
                check.Findings.Error(
                    key,
                    "overlapping-periods",
                    $"{taken.Name} is in \"{key.Text}\" and in \"{spokenFor[Days(taken).First(spokenFor.ContainsKey)]}\".",
                    "Give every month one amount."
                );
            foreach (var day in parts.SelectMany(Days))
                spokenFor.TryAdd(day, key.Text);
        }

        static IEnumerable<DateOnly> Days(BudgetPeriod part) =>
            Enumerable.Range(0, part.Days.Days).Select(part.Days.Start.AddDays);
    }

    /// <summary>Nobody may spend less than nothing.</summary>
    private static void CheckAmounts(
        RulebookRecord record,
        IReadOnlyDictionary<string, Amount> amounts,
        RulebookCheck check
    )
    {
        foreach (var (period, amount) in amounts.Where(pair => pair.Value.IsNegative))
            check.Error(
                record,
                "amounts",
                "amount-below-zero",
                $"{period} may spend {amount}, which is below zero.",
                "Write what may be spent, zero or more; what is expected back is no budget."
            );
    }

    private static void CheckVersions(Budget budget, FiscalPeriods calendar, RulebookCheck check)
    {
        for (var i = 0; i < budget.Versions.Count; i++)
        {
            var one = budget.Versions[i];
            CheckPeriods(one.Origin?.Find("amounts"), calendar, check);
            CheckAmounts(one, one.Amounts, check);
            if (
                budget.Versions.Take(i).FirstOrDefault(other => other.From == one.From || other.Name == one.Name) is
                { } same
            )
                check.Error(
                    one,
                    same.Name == one.Name ? "name" : "from",
                    "overlapping-versions",
                    same.Name == one.Name
                        ? $"Two versions of this budget are called \"{one.Name}\"."
                        : $"\"{one.Name}\" and \"{same.Name}\" are both the plan from {one.From:yyyy-MM-dd} on.",
                    "Give each version its own name and first day: every day has one plan."
                );
        }
    }

    private static void CheckFamily(Budget budget, RulebookCheck check)
    {
        var all = check.Rulebook.All<Budget>().ToList();
        var parts = all.Where(one => one.Parent == budget.Name).ToList();
        foreach (var part in parts.Where(part => part.Currency != budget.Currency))
            check.Error(
                part,
                "currency",
                "part-in-other-currency",
                $"\"{part.Name}\" is in {part.Currency}, and \"{budget.Name}\", which it is a part of, in {budget.Currency}.",
                "Budgets of one family have one currency; exchange: plan brings in what was spent in others."
            );
        if (budget.SumOfParts && parts.Count == 0)
            check.Error(
                budget,
                "sumOfParts",
                "sum-of-nothing",
                "This budget is the sum of its parts, and no budget names it as parent.",
                "Add parent: to its parts, or give amounts."
            );
        var seen = new HashSet<string>();
        for (var one = budget; one is not null; one = all.Find(other => other.Name == one.Parent))
        {
            if (seen.Add(one.Name))
                continue;
            check.Error(
                budget,
                "parent",
                "circular-parent",
                $"\"{budget.Name}\" is a part of itself.",
                "Remove one parent of the circle."
            );
            return;
        }
        if (!budget.SumOfParts && parts.TrueForAll(part => part.Currency == budget.Currency))
            CheckSums(budget, parts, check);
    }

    /// <summary>Parts that declare their own amounts never come to more than the whole.</summary>
    private static void CheckSums(Budget budget, List<Budget> parts, RulebookCheck check)
    {
        var shares = parts.Sum(part => part.SharePercent ?? 0);
        if (shares > 100)
            check.Error(
                budget,
                "name",
                "parts-exceed",
                $"The shares of its parts come to {shares} %.",
                "Lower a sharePercent: together they can have 100 % at most."
            );
        if (budget.Amounts.Count == 0 || budget.Amounts.Values.Any(amount => amount.IsNegative))
            return;
        var whole = Plan(budget);
        var declared = parts.Where(part => part.Amounts.Count > 0).Select(Plan).ToList();
        var over = whole.Parts.FirstOrDefault(part =>
            declared.Aggregate(Amount.Zero, (sum, one) => sum + one.In(part.Days))
                + BudgetMath.HeldBack(part.Amount, Math.Min(100, shares), whole.Decimals)
            > part.Amount
        );
        if (over.Amount.IsZero && over.Days == default)
            return;
        var sum = declared.Aggregate(Amount.Zero, (total, one) => total + one.In(over.Days));
        check.Error(
            budget,
            "amounts",
            "parts-exceed",
            $"From {over.Days.Start:yyyy-MM-dd} on its parts may spend {sum}{(shares > 0 ? $" and {shares} %" : "")}, and all of it {over.Amount}.",
            "Raise the amount, or lower one of its parts."
        );

        BudgetPlan Plan(Budget one) =>
            BudgetMath.Plan(one.Amounts, BudgetBook.Calendar(check.Rulebook, one), new Currency(one.Currency).Decimals);
    }
}
