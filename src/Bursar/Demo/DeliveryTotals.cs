using Bursar.Core.Time;
using Bursar.Demo.Files;

namespace Bursar.Demo;

/// <summary>The four costs and the number of rows of some lines, in pips.</summary>
internal sealed class FourCosts
{
    public long Rows { get; private set; }
    public long Billed { get; private set; }
    public long Effective { get; private set; }
    public long List { get; private set; }
    public long Contracted { get; private set; }

    public void Add(in Line line)
    {
        Rows++;
        Billed += line.Billed;
        Effective += line.Effective;
        List += line.List;
        Contracted += line.Contracted;
    }
}

/// <summary>Keeps the sums of a delivery while it is written, so that the truth never comes from reading the files back.</summary>
internal sealed class DeliveryTotals
{
    private LineTemplate? lastTemplate;
    private FourCosts lastProvider = new();
    private BillingPeriod lastMonth;

    public long Rows { get; private set; }

    public long UnreadableRows { get; private set; }

    /// <summary>Rows and costs by provider and currency.</summary>
    public Dictionary<(string Provider, string Currency), FourCosts> Providers { get; } = [];

    /// <summary>Effective cost by currency and the month that the charge serves, in units of 10⁻¹⁸.</summary>
    public Dictionary<(string Currency, BillingPeriod Month), Int128> EffectiveByMonth { get; } = [];

    /// <summary>Billed cost by currency and billing period, in units of 10⁻¹⁸.</summary>
    public Dictionary<(string Currency, BillingPeriod Month), Int128> BilledByMonth { get; } = [];

    /// <summary>Effective cost by story and month, in units of 10⁻¹⁸.</summary>
    public Dictionary<(string Story, BillingPeriod Month), Int128> Stories { get; } = [];

    public void Add(LineTemplate template, in Line line, BillingPeriod billingPeriod)
    {
        if (!template.Readable)
        {
            UnreadableRows++;
            return;
        }
        Rows++;
        if (!ReferenceEquals(template, lastTemplate))
        {
            lastTemplate = template;
            var key = (template.Provider, template.Currency);
            if (!Providers.TryGetValue(key, out lastProvider!)) Providers[key] = lastProvider = new FourCosts();
        }
        lastProvider.Add(line);
        Plus(BilledByMonth, (template.Currency, billingPeriod), Units(line.Billed));
        foreach (var (month, units) in ByMonth(line))
        {
            Plus(EffectiveByMonth, (template.Currency, month), units);
            foreach (var story in template.Stories) Plus(Stories, (story, month), units);
        }
    }

    /// <summary>
    /// The effective cost of a line by month. A charge of several days costs the same every day, to 18 decimals; what that leaves over
    /// goes to its first days, one unit of 10⁻¹⁸ each.
    /// </summary>
    private IEnumerable<(BillingPeriod Month, Int128 Units)> ByMonth(Line line)
    {
        var start = DateOnly.FromDateTime(line.Start);
        var end = DateOnly.FromDateTime(line.End.AddTicks(-1)).AddDays(1);
        if (lastMonth.Year == 0 || start < lastMonth.Start || start >= lastMonth.End) lastMonth = BillingPeriod.Containing(start);
        if (end <= lastMonth.End)
        {
            yield return (lastMonth, Units(line.Effective));
            yield break;
        }
        var days = end.DayNumber - start.DayNumber;
        var (perDay, left) = Int128.DivRem(Units(line.Effective), days);
        var done = 0;
        for (var month = BillingPeriod.Containing(start); month.Start < end; month = month.Next)
        {
            var last = month.End < end ? month.End : end;
            var daysToHere = last.DayNumber - start.DayNumber;
            var extra = Int128.Min(left, daysToHere) - Int128.Min(left, done);
            yield return (month, (perDay * (daysToHere - done)) + extra);
            done = daysToHere;
        }
    }

    private static Int128 Units(long pips) => Pips.ToAmount(pips).Units;

    private static void Plus<TKey>(Dictionary<TKey, Int128> sums, TKey key, Int128 units) where TKey : notnull =>
        sums[key] = sums.GetValueOrDefault(key) + units;
}
