using Bursar.Core.Time;
using Bursar.Demo.Company;
using Bursar.Demo.Files;

namespace Bursar.Demo.Sources;

/// <summary>A cloud: thousands of resources, each paid from a pot, billed by the day or the hour.</summary>
internal abstract class CloudSource(DemoOptions options, RowPlan plan) : DemoSource(options, plan)
{
    private readonly Dictionary<Resource, LineTemplate> templates = new(ReferenceEqualityComparer.Instance);

    protected abstract IReadOnlyList<Pot> Pots { get; }

    /// <summary>The finest step of the provider's amounts, in pips.</summary>
    protected abstract long Step { get; }

    protected abstract LineTemplate MakeTemplate(Resource resource);

    /// <summary>The four costs of a line whose effective cost is known.</summary>
    protected abstract Line Priced(Resource resource, DateTime start, DateTime end, long effectiveCost);

    public override void WriteMonth(DeliveryWriter writer, BillingPeriod month)
    {
        foreach (var pot in Pots)
            WritePot(writer, month, pot);
    }

    /// <summary>
    /// As FOCUS asks: no quantity without its unit, and nothing consumed by what is no usage, or an unused commitment.
    /// </summary>
    protected static Dictionary<string, string?> Measured(Dictionary<string, string?> cells)
    {
        if (cells.GetValueOrDefault("PricingUnit") is null)
            cells["PricingQuantity"] = null;
        var isUsed =
            cells.GetValueOrDefault("ChargeCategory") == "Usage"
            && cells.GetValueOrDefault("CommitmentDiscountStatus") != "Unused";
        if (!isUsed || cells.GetValueOrDefault("ConsumedUnit") is null)
            cells["ConsumedQuantity"] = cells["ConsumedUnit"] = null;
        return cells;
    }

    protected LineTemplate TemplateOf(Resource resource)
    {
        if (!templates.TryGetValue(resource, out var template))
            templates[resource] = template = MakeTemplate(resource);
        return template;
    }

    protected void WritePot(DeliveryWriter writer, BillingPeriod month, Pot pot)
    {
        var total = Growth.At(month, pot.Purpose, pot.September) / Step * Step;
        if (total == 0)
            return;
        var monthNumber = MonthNumber(month);
        var living = pot.Resources.Where(resource => resource.LivesIn(monthNumber)).ToList();
        var weights = living.Select(resource => WeightIn(month, resource)).ToList();
        var shares = new ExactShares(total, weights.Sum(), Step);
        for (var i = 0; i < living.Count; i++)
            WriteResource(writer, month, living[i], shares.Next(weights[i]));
    }

    private void WriteResource(DeliveryWriter writer, BillingPeriod month, Resource resource, long total)
    {
        var template = TemplateOf(resource);
        var random = DemoRandom.For(Options.Seed, resource.Token + month);
        Span<long> weights = stackalloc long[31];
        var sum = 0L;
        for (var i = 0; i < month.Days; i++)
            sum += weights[i] = RhythmWeights.OfDay(resource.Rhythm, month.Start.AddDays(i), ref random);
        var shares = new ExactShares(total, sum, Step);
        for (var i = 0; i < month.Days && month.Start.AddDays(i) <= Options.LastDay; i++)
        {
            if (weights[i] == 0)
                continue;
            var cost = shares.Next(weights[i]);
            var midnight = month.Start.AddDays(i).ToDateTime(default);
            if (resource.Rhythm == Rhythm.Hourly)
                WriteHours(writer, template, resource, midnight, cost);
            else
                writer.Write(template, Priced(resource, midnight, midnight.AddDays(1), cost));
        }
    }

    private void WriteHours(
        DeliveryWriter writer,
        LineTemplate template,
        Resource resource,
        DateTime midnight,
        long total
    )
    {
        var shares = new ExactShares(total, HourWeightSum, Step);
        for (var hour = 0; hour < 24; hour++)
        {
            var start = midnight.AddHours(hour);
            writer.Write(template, Priced(resource, start, start.AddHours(1), shares.Next(RhythmWeights.OfHour(hour))));
        }
    }

    private static readonly long HourWeightSum = Enumerable.Range(0, 24).Sum(RhythmWeights.OfHour);

    private long WeightIn(BillingPeriod month, Resource resource)
    {
        var random = DemoRandom.For(Options.Seed, resource.Token + "/" + month);
        return resource.Weight * random.Around(1000, 70);
    }

    private int MonthNumber(BillingPeriod month) =>
        ((month.Year - Plan.Months[0].Year) * 12) + month.Month - Plan.Months[0].Month;
}
