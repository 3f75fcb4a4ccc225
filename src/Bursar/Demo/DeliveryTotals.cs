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

/// <summary>What says which invoice a line is on; the number has its month as {month}, or is not delivered.</summary>
internal sealed record InvoiceKey(string Issuer, string Account, string? Number, string Currency);

/// <summary>
/// Keeps the sums of a delivery while it is written, so that the truth never comes from reading the files back.
/// </summary>
internal sealed class DeliveryTotals
{
    private LineTemplate? lastTemplate;
    private FourCosts lastProvider = new();
    private BillingPeriod lastMonth;
    private DateTime lastMonthStart;
    private DateTime lastMonthEnd;

    // What the lines of one template and month have come to, before it goes to the sums below.
    private long lastBilled;
    private long lastEffective;
    private BillingPeriod billingPeriod;

    public long Rows { get; private set; }

    public long UnreadableRows { get; private set; }

    /// <summary>Rows and costs by provider and currency.</summary>
    public Dictionary<(string Provider, string Currency), FourCosts> Providers { get; } = [];

    /// <summary>Effective cost by currency and the month that the charge serves, in units of 10⁻¹⁸.</summary>
    public Dictionary<(string Currency, BillingPeriod Month), Int128> EffectiveByMonth { get; } = [];

    /// <summary>Billed cost by currency and billing period, in units of 10⁻¹⁸.</summary>
    public Dictionary<(string Currency, BillingPeriod Month), Int128> BilledByMonth { get; } = [];

    /// <summary>Billed cost by invoice and category, in units of 10⁻¹⁸.</summary>
    public Dictionary<(InvoiceKey Invoice, string Category), Int128> Invoices { get; } = [];

    /// <summary>Effective cost by story and month, in units of 10⁻¹⁸.</summary>
    public Dictionary<(string Story, BillingPeriod Month), Int128> Stories { get; } = [];

    public void Add(LineTemplate template, in Line line, BillingPeriod period)
    {
        if (!template.Readable)
        {
            UnreadableRows++;
            return;
        }
        Rows++;
        var isOneMonth = line.Start >= lastMonthStart && line.End <= lastMonthEnd;
        if (!ReferenceEquals(template, lastTemplate) || !isOneMonth)
            TurnTo(template, line, period);
        lastProvider.Add(line);
        lastBilled += line.Billed;
        if (line.End <= lastMonthEnd)
            lastEffective += line.Effective;
        else
        {
            foreach (var (month, units) in ByMonth(line))
                AddEffective(template, month, units);
        }
    }

    /// <summary>Settles what was kept aside; to be called once, after the last line.</summary>
    public void Close()
    {
        if (lastTemplate is null)
            return;
        Plus(BilledByMonth, (lastTemplate.Currency, billingPeriod), Units(lastBilled));
        var (issuer, account) = (lastTemplate.Issuer, lastTemplate.Account);
        var invoice = new InvoiceKey(issuer, account, lastTemplate.Invoice, lastTemplate.Currency);
        Plus(Invoices, (invoice, lastTemplate.Category), Units(lastBilled));
        if (lastEffective != 0)
            AddEffective(lastTemplate, lastMonth, Units(lastEffective));
        lastBilled = lastEffective = 0;
        lastTemplate = null;
    }

    private void TurnTo(LineTemplate template, in Line line, BillingPeriod period)
    {
        Close();
        lastTemplate = template;
        billingPeriod = period;
        var key = (template.Provider, template.Currency);
        if (!Providers.TryGetValue(key, out lastProvider!))
            Providers[key] = lastProvider = new FourCosts();
        lastMonth = BillingPeriod.Containing(DateOnly.FromDateTime(line.Start));
        lastMonthStart = lastMonth.Start.ToDateTime(default);
        lastMonthEnd = lastMonth.End.ToDateTime(default);
    }

    private void AddEffective(LineTemplate template, BillingPeriod month, Int128 units)
    {
        Plus(EffectiveByMonth, (template.Currency, month), units);
        foreach (var story in template.Stories)
            Plus(Stories, (story, month), units);
    }

    /// <summary>
    /// The effective cost of a line by month. A charge of several days costs the same every day, to 18 decimals; what
    /// that leaves over goes to its first days, one unit of 10⁻¹⁸ each.
    /// </summary>
    private static IEnumerable<(BillingPeriod Month, Int128 Units)> ByMonth(Line line)
    {
        var start = DateOnly.FromDateTime(line.Start);
        var end = DateOnly.FromDateTime(line.End.AddTicks(-1)).AddDays(1);
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

    private static void Plus<TKey>(Dictionary<TKey, Int128> sums, TKey key, Int128 units)
        where TKey : notnull => sums[key] = sums.GetValueOrDefault(key) + units;
}
