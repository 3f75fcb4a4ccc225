using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>Decides what a delivery replaces. It is never guessed: only a source declared overwrite, or <c>--replace</c>, supersedes.</summary>
internal static class Supersession
{
    /// <summary>A total may fall by so much before a person is asked.</summary>
    private const decimal FallAllowed = 0.05m;

    /// <summary>The live deliveries of the same dataset and period whose billing accounts are the same set.</summary>
    /// <exception cref="RefusedException">Some accounts are the same and some are not: neither replacing nor adding would be right.</exception>
    public static IReadOnlyList<BookedDelivery> Of(StagedDelivery staged, BooksState state)
    {
        var accounts = staged.BillingAccountIds.ToHashSet();
        var before = state.LiveDeliveries.Where(booked => IsSamePeriod(booked, staged)).ToList();
        var partly = before.FirstOrDefault(booked => accounts.Overlaps(booked.Delivery.BillingAccountIds) && !accounts.SetEquals(booked.Delivery.BillingAccountIds));
        if (partly is not null)
            throw new RefusedException("ingestion/overlapping-accounts",
                $"{staged.Source} {staged.Period} is for the billing accounts {Words(accounts)}; delivery {partly.Id} holds {Words(partly.Delivery.BillingAccountIds)}. "
                + "Replacing would lose an account, adding would count one twice.",
                $"Deliver the same set of accounts again, or `bursar withdraw {partly.Id} --reason ...` first.");
        return [.. before.Where(booked => accounts.SetEquals(booked.Delivery.BillingAccountIds))];
    }

    /// <summary>Live deliveries of the same source, period and accounts: what an added delivery stands beside.</summary>
    public static IReadOnlyList<BookedDelivery> Beside(StagedDelivery staged, BooksState state) =>
        [.. state.LiveDeliveries.Where(booked => IsSamePeriod(booked, staged) && booked.Delivery.BillingAccountIds.Intersect(staged.BillingAccountIds).Any())];

    /// <summary>What waits for a person because its total falls by more than 5 %; null when nothing does.</summary>
    public static WaitingDelivery? Fall(StagedDelivery staged, IReadOnlyList<BookedDelivery> replaced)
    {
        foreach (var currency in replaced.SelectMany(booked => booked.Delivery.Totals).Select(total => total.BillingCurrency).Distinct())
        {
            var before = StagedDelivery.EffectiveCost(replaced.SelectMany(booked => booked.Delivery.Totals), currency) ?? Amount.Zero;
            var now = StagedDelivery.EffectiveCost(staged.Totals, currency) ?? Amount.Zero;
            if (before <= Amount.Zero || now >= before.Times(1 - FallAllowed)) continue;
            var unit = new Currency(currency);
            return new WaitingDelivery(
                staged.Source, staged.Period.ToString(), [.. replaced.Select(booked => booked.Id)], new Money(before, unit), new Money(now, unit));
        }
        return null;
    }

    private static bool IsSamePeriod(BookedDelivery booked, StagedDelivery staged) =>
        booked.Delivery.Source == staged.Source && booked.Delivery.Dataset == "CostAndUsage" && booked.Delivery.BillingPeriod == staged.Period;

    private static string Words(IReadOnlyCollection<string> accounts) => accounts.Count == 0 ? "(none)" : string.Join(", ", accounts.Order().Take(5));
}
