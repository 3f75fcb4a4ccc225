using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Quantify.Budgets;

/// <summary>What may be spent in the days of a range, which no other part of the plan speaks of.</summary>
internal readonly record struct PlannedPart(DateRange Days, Amount Amount);

/// <summary>A budget's amounts over time, ascending; every day has one answer.</summary>
/// <param name="Parts">As fine as the calendar has periods.</param>
/// <param name="Decimals">Decimals of the currency's minor unit.</param>
internal sealed record BudgetPlan(IReadOnlyList<PlannedPart> Parts, int Decimals)
{
    public static BudgetPlan Nothing(int decimals) => new([], decimals);

    public DateOnly? From => Parts.Count == 0 ? null : Parts[0].Days.Start;

    public DateOnly? To => Parts.Count == 0 ? null : Parts[^1].Days.End;

    /// <summary>The months that the plan speaks of.</summary>
    public IEnumerable<BillingPeriod> Months =>
        Parts
            .SelectMany(part => BudgetMath.MonthsFrom(part.Days.Start).TakeWhile(month => month.Start < part.Days.End))
            .Distinct();

    public bool SpeaksOf(DateRange days) => Parts.Any(part => Common(part.Days, days) is not null);

    /// <summary>What may be spent in a range; a part that lies in it in part counts by its days.</summary>
    public Amount In(DateRange days) =>
        Parts.Aggregate(
            Amount.Zero,
            (sum, part) => Common(part.Days, days) is { } common ? sum + Of(part, common) : sum
        );

    /// <summary>What each level holds back in a range; any ranges sum to what is held back of all of them.</summary>
    /// <remarks>What is planned up to a day is split among levels and the rest; a range is the difference.</remarks>
    public IReadOnlyList<Amount> HeldBackIn(DateRange days, IReadOnlyList<decimal> percents)
    {
        if (From is not { } first || percents.Count == 0)
            return [.. percents.Select(_ => Amount.Zero)];
        var (before, through) = (Through(days.Start), Through(days.End));
        return [.. through.Zip(before, (later, sooner) => later - sooner)];

        IReadOnlyList<Amount> Through(DateOnly end) =>
            BudgetMath.HeldBack(end > first ? In(new DateRange(first, end)) : Amount.Zero, percents, Decimals);
    }

    /// <summary>The same with other amounts where a later plan speaks.</summary>
    public BudgetPlan ReplacedBy(BudgetPlan later)
    {
        var parts = Parts.ToList();
        foreach (var days in later.Parts.Select(part => part.Days))
            parts = [.. parts.SelectMany(part => Without(part, days))];
        return new BudgetPlan([.. parts.Concat(later.Parts).OrderBy(part => part.Days.Start)], Decimals);
    }

    /// <summary>A plan of volumes as money: each part times the rate, rounded to the currency.</summary>
    public BudgetPlan TimesRate(Amount rate, int decimals) =>
        new([.. Parts.Select(part => part with { Amount = part.Amount.AtRate(rate).RoundedTo(decimals) })], decimals);

    public static BudgetPlan SumOf(IReadOnlyList<BudgetPlan> plans, int decimals)
    {
        var cuts = plans
            .SelectMany(plan => plan.Parts)
            .SelectMany(part => new[] { part.Days.Start, part.Days.End })
            .Distinct()
            .Order()
            .ToList();
        var ranges = cuts.Zip(cuts.Skip(1), (from, to) => new DateRange(from, to));
        return new BudgetPlan(
            [
                .. ranges
                    .Where(range => plans.Any(plan => plan.SpeaksOf(range)))
                    .Select(range => new PlannedPart(
                        range,
                        plans.Aggregate(Amount.Zero, (sum, plan) => sum + plan.In(range))
                    )),
            ],
            decimals
        );
    }

    private IEnumerable<PlannedPart> Without(PlannedPart part, DateRange days)
    {
        if (Common(part.Days, days) is null)
            return [part];
        var rest = new List<DateRange>();
        if (part.Days.Start < days.Start)
            rest.Add(new DateRange(part.Days.Start, days.Start));
        if (part.Days.End > days.End)
            rest.Add(new DateRange(days.End, part.Days.End));
        return rest.Select(range => new PlannedPart(range, Of(part, range)));
    }

    /// <summary>The days of a part are cut from its amount so that all of them sum to it.</summary>
    private Amount Of(PlannedPart part, DateRange days)
    {
        if (days == part.Days)
            return part.Amount;
        return Through(days.End) - Through(days.Start);

        Amount Through(DateOnly end) =>
            end == part.Days.End
                ? part.Amount
                : part
                    .Amount.TimesRatio(
                        Amount.From(end.DayNumber - part.Days.Start.DayNumber),
                        Amount.From(part.Days.Days)
                    )
                    .RoundedTo(Decimals);
    }

    private static DateRange? Common(DateRange one, DateRange other)
    {
        var from = one.Start > other.Start ? one.Start : other.Start;
        var to = one.End < other.End ? one.End : other.End;
        return from < to ? new DateRange(from, to) : null;
    }
}

/// <summary>The arithmetic of budgets: which months an amount is for, and how much of it each month has.</summary>
internal static class BudgetMath
{
    /// <summary>The months of a calendar period: "2026-03", "2026-Q1" or "2026"; none when the text is no
    /// period.</summary>
    public static IReadOnlyList<BillingPeriod> MonthsOf(string period)
    {
        if (BillingPeriod.TryParse(period, out var month))
            return [month];
        if (
            period.Length is not (4 or 7)
            || !int.TryParse(period[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || year < 1990
        )
            return [];
        if (period.Length == 4)
            return Months(new BillingPeriod(year, 1), 12);
        return period[4..6] == "-Q" && period[6] is >= '1' and <= '4'
            ? Months(new BillingPeriod(year, ((period[6] - '1') * 3) + 1), 3)
            : [];
    }

    /// <summary>A plan of amounts by period: spread evenly over months, over weeks by their days.</summary>
    public static BudgetPlan Plan(IReadOnlyDictionary<string, Amount> amounts, FiscalPeriods calendar, int decimals)
    {
        var parts = amounts.SelectMany(pair => Spread(pair.Value, calendar.PartsOf(pair.Key), decimals));
        return new BudgetPlan([.. parts.OrderBy(part => part.Days.Start)], decimals);
    }

    /// <summary>An amount spread evenly over months, over other periods by their days; they sum to it.</summary>
    public static IReadOnlyList<PlannedPart> Spread(Amount amount, IReadOnlyList<BudgetPeriod> periods, int decimals)
    {
        if (periods.Count == 0)
            return [];
        var isMonths = periods.All(one => one.Days == DateRange.Of(BillingPeriod.Containing(one.Days.Start)));
        var shares = periods
            .Select(one => KeyValuePair.Create(one.Name, Amount.From(isMonths ? 1 : one.Days.Days)))
            .ToList();
        var split = LargestRemainder.Split(amount, shares, decimals);
        return [.. periods.Select((one, i) => new PlannedPart(one.Days, split[i].Value))];
    }

    /// <summary>Parts of what a parent may spend, by percent; together never more than all of it.</summary>
    public static BudgetPlan Share(BudgetPlan parent, IReadOnlyList<(string Name, decimal Percent)> shares, string name)
    {
        var rest = 100 - shares.Sum(share => share.Percent);
        var weights = shares
            .Select(share => KeyValuePair.Create(share.Name, Amount.From(share.Percent)))
            .Append(KeyValuePair.Create("\uffff", Amount.From(Math.Max(0, rest))))
            .ToList();
        var place = shares.ToList().FindIndex(share => share.Name == name);
        return parent with
        {
            Parts =
            [
                .. parent.Parts.Select(part =>
                    part with
                    {
                        Amount = LargestRemainder.Split(part.Amount, weights, parent.Decimals)[place].Value,
                    }
                ),
            ],
        };
    }

    /// <summary>What is held back of an amount at a level.</summary>
    public static Amount HeldBack(Amount amount, decimal percent, int decimals) =>
        amount.TimesRatio(Amount.From(percent), Amount.From(100)).RoundedTo(decimals);

    /// <summary>What each level holds back of an amount: levels and the rest sum to it, to the last cent.</summary>
    public static IReadOnlyList<Amount> HeldBack(Amount amount, IReadOnlyList<decimal> percents, int decimals)
    {
        // Keys only order what is equal: the level that is released first, and what may be spent last.
        var weights = percents
            .Append(Math.Max(0, 100 - percents.Sum()))
            .Select((percent, place) => KeyValuePair.Create($"{place:0000}", Amount.From(percent)))
            .ToList();
        return [.. LargestRemainder.Split(amount, weights, decimals).Take(percents.Count).Select(part => part.Value)];
    }

    public static IEnumerable<BillingPeriod> MonthsFrom(DateOnly day)
    {
        for (var month = BillingPeriod.Containing(day); ; month = month.Next)
            yield return month;
    }

    private static List<BillingPeriod> Months(BillingPeriod first, int count) =>
        [.. Enumerable.Range(0, count).Select(first.Plus)];
}
