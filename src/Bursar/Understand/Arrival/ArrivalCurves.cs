using System.Runtime.CompilerServices;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Arrival;

/// <summary>How the cost of one provider arrives.</summary>
/// <param name="Provider">ServiceProviderName; null where charges have none.</param>
/// <param name="NewestDay">The newest day that its data reaches.</param>
/// <param name="ByDay">Whether its charges come day by day; else a delivery covers a whole period.</param>
/// <param name="Curve">Which share of a day has usually arrived, by age.</param>
/// <param name="PerDay">What a day of it costs, in the currency of most charges.</param>
internal sealed record ProviderArrival(
    string? Provider,
    DateOnly NewestDay,
    bool ByDay,
    ArrivalCurve Curve,
    Amount PerDay
)
{
    /// <summary>Months that are invoiced row by row: nothing more comes.</summary>
    public required IReadOnlySet<DateOnly> InvoicedMonths { get; init; }

    /// <summary>The share of a day that has usually arrived.</summary>
    public decimal Share(DateOnly day) =>
        day <= NewestDay && InvoicedMonths.Contains(new DateOnly(day.Year, day.Month, 1))
            ? 1
            : Curve.Share(NewestDay.DayNumber - day.DayNumber);

    /// <summary>The same, where a newest day of which nobody knows better counts as whole.</summary>
    internal decimal ShareAtMost(DateOnly day) => !Curve.IsLearned && day == NewestDay ? 1 : Share(day);
}

/// <summary>
/// How much of each usage day has arrived: learned from what earlier deliveries said of a day and what it is known to
/// cost now. Days of which less than 99 % usually arrived are provisional.
/// </summary>
internal sealed class ArrivalCurves
{
    /// <summary>A day is complete from here on.</summary>
    public const decimal CompleteShare = 0.99m;

    /// <summary>So many days up to the newest are looked at: an issuer that is silent for longer has ended.</summary>
    internal const int WindowDays = 45;

    /// <summary>A state of the books never changes, so what was learned from it holds for ever.</summary>
    private static readonly ConditionalWeakTable<BooksState, ArrivalCurves> Known = [];

    private readonly Dictionary<string, ProviderArrival> byProvider;

    private ArrivalCurves(IReadOnlyList<ProviderArrival> providers, DateOnly? through)
    {
        Providers = providers;
        Through = through;
        byProvider = providers
            .Where(one => one.Provider is not null)
            .ToDictionary(one => one.Provider!, StringComparer.Ordinal);
    }

    /// <summary>Every provider with cost in the last weeks, the largest first.</summary>
    public IReadOnlyList<ProviderArrival> Providers { get; }

    /// <summary>The newest day of the books; null for empty ones.</summary>
    public DateOnly? Through { get; }

    /// <summary>The curves of the books of a moment.</summary>
    public static ArrivalCurves Of(BooksView view, CancellationToken cancel)
    {
        if (Known.TryGetValue(view.State, out var known))
            return known;
        var learned = view.DataThrough is { } through
            ? new ArrivalCurves(new LearnArrival(view, through).Providers(cancel), through)
            : new ArrivalCurves([], null);
        Known.AddOrUpdate(view.State, learned);
        return learned;
    }

    /// <summary>
    /// The share of a day's cost that has usually arrived by now; 1 is all. Of all providers together (null) by what a
    /// day of each costs.
    /// </summary>
    public decimal ShareArrived(string? serviceProviderName, DateOnly usageDay)
    {
        if (serviceProviderName is not null && byProvider.TryGetValue(serviceProviderName, out var one))
            return one.Share(usageDay);
        var all = Providers.Aggregate(Amount.Zero, (sum, each) => sum + each.PerDay);
        if (serviceProviderName is not null || all <= Amount.Zero)
            return usageDay < Through ? 1 : 0;
        var arrived = Providers.Aggregate(Amount.Zero, (sum, each) => sum + each.PerDay.Times(each.Share(usageDay)));
        return arrived.ShareOf(all) ?? 1;
    }

    /// <summary>The newest day of which at least 99 % has usually arrived.</summary>
    public DateOnly CompleteThrough(string? serviceProviderName) =>
        NewestComplete(day => ShareArrived(serviceProviderName, day));

    /// <inheritdoc cref="CompleteThrough(string?)"/>
    public DateOnly CompleteThroughOf(ProviderArrival provider) => NewestComplete(provider.Share);

    private DateOnly NewestComplete(Func<DateOnly, decimal> share)
    {
        if (Through is not { } last)
            return DateOnly.MinValue;
        for (var back = 0; back < WindowDays; back++)
        {
            if (share(last.AddDays(-back)) >= CompleteShare)
                return last.AddDays(-back);
        }
        return last.AddDays(-WindowDays);
    }

    /// <summary>
    /// The newest day that all providers have reached: what is known to be missing is left out, what is only assumed of
    /// the newest day is not. For sums over long times, where a part of one day does not matter.
    /// </summary>
    public DateOnly ReachesThrough() => ReachesThrough([.. Providers.Select(one => (one.Provider, one.PerDay))]);

    /// <summary>The same of some cost alone: whoever is not in it need not have delivered.</summary>
    /// <param name="parts">What each provider has in it; of one without cost in the last weeks, all is there.</param>
    public DateOnly ReachesThrough(IReadOnlyList<(string? Provider, Amount Cost)> parts)
    {
        var known = Providers.ToLookup(one => one.Provider ?? "", StringComparer.Ordinal);
        var all = parts.Aggregate(Amount.Zero, (sum, part) => sum + part.Cost);
        return NewestComplete(day =>
            all <= Amount.Zero
                ? 1
                : parts
                    .Aggregate(Amount.Zero, (sum, part) => sum + part.Cost.Times(Share(part.Provider, day)))
                    .ShareOf(all)
                    ?? 1
        );

        decimal Share(string? provider, DateOnly day) => known[provider ?? ""].FirstOrDefault()?.ShareAtMost(day) ?? 1;
    }

    /// <summary>Whether figures of a day may still grow.</summary>
    public bool IsProvisional(string? serviceProviderName, DateOnly usageDay) =>
        ShareArrived(serviceProviderName, usageDay) < CompleteShare;

    /// <summary>
    /// What is still to come of a day, going by what arrived; null where nothing was learned that could say it.
    /// </summary>
    public Amount? EstimatedMissing(string? serviceProviderName, DateOnly usageDay, Amount arrived) =>
        ArrivalMath.Missing(arrived, ShareArrived(serviceProviderName, usageDay));
}
