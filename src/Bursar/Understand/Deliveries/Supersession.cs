using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>
/// Decides what a delivery replaces. It is never guessed: only a source declared overwrite, or <c>--replace</c>,
/// supersedes.
/// </summary>
internal static class Supersession
{
    /// <summary>The live deliveries of the same dataset and period whose billing accounts are the same set.</summary>
    /// <exception cref="RefusedException">Some accounts are the same and some are not: neither replacing nor adding
    /// would be right.</exception>
    public static IReadOnlyList<BookedDelivery> Of(StagedDelivery staged, BooksState state)
    {
        var accounts = staged.BillingAccountIds.ToHashSet();
        var before = state.LiveDeliveries.Where(booked => IsSamePeriod(booked, staged)).ToList();
        before.RemoveAll(booked => booked.Delivery.IsCorrectionsOnly && !HasSameCharges(staged, booked));
        // Two forms of export of one month stand side by side; each takes the place of its own.
        if (before.Exists(booked => IsSameForm(booked, staged)))
            before.RemoveAll(booked => !IsSameForm(booked, staged));
        var partly = before.FirstOrDefault(booked =>
            accounts.Overlaps(booked.Delivery.BillingAccountIds)
            && !accounts.SetEquals(booked.Delivery.BillingAccountIds)
        );
        if (partly is not null)
            throw new RefusedException(
                "ingestion/overlapping-accounts",
                $"{staged.Source} {staged.Period} is for the billing accounts {Words(accounts)}; delivery {partly.Id} holds {Words(partly.Delivery.BillingAccountIds)}. "
                    + "Replacing would lose an account, adding would count one twice.",
                $"Deliver the same set of accounts again, or `bursar withdraw {partly.Id} --reason ...` first."
            );
        return [.. before.Where(booked => accounts.SetEquals(booked.Delivery.BillingAccountIds))];
    }

    /// <summary>
    /// Deliveries of the same source, period and accounts that this one takes the place of, although the source does
    /// not say that it overwrites: the same charges, which had no invoice number yet and have one now.
    /// </summary>
    public static IReadOnlyList<BookedDelivery> OfNotYetInvoiced(StagedDelivery staged, BooksState state) =>
        staged.InvoicedRows is not > 0
            ? []
            :
            [
                .. state.LiveDeliveries.Where(booked =>
                    IsSamePeriod(booked, staged)
                    && IsSameForm(booked, staged)
                    && booked.Delivery.InvoicedRows is null or 0
                    && !booked.Delivery.BillingAccountIds.Except(staged.BillingAccountIds).Any()
                    && staged.Twins.Any(twin => twin.Other?.Id == booked.Id && twin.HoldsMostOfOther)
                ),
            ];

    /// <summary>Earlier corrections that these corrections repeat.</summary>
    public static IReadOnlyList<BookedDelivery> OfSameCorrections(StagedDelivery staged, BooksState state) =>
        [
            .. state.LiveDeliveries.Where(booked =>
                IsSamePeriod(booked, staged)
                && booked.Delivery.IsCorrectionsOnly
                && staged.Twins.Any(twin => twin.Other?.Id == booked.Id && !twin.IsOtherStyle)
            ),
        ];

    private static bool HasSameCharges(StagedDelivery staged, BookedDelivery booked) =>
        staged.Twins.Any(twin => twin.Other?.Id == booked.Id);

    private static bool IsSameForm(BookedDelivery booked, StagedDelivery staged) =>
        StagedDelivery.FormOf(booked.Delivery.Mappings ?? []) == staged.Form;

    /// <summary>
    /// Deliveries of exactly these files that were read otherwise: by an older version of Bursar, by a mapping that has
    /// been mended since, or as a bill what is an estimate. The new reading takes their place.
    /// </summary>
    public static IReadOnlyList<BookedDelivery> OfSameFiles(SealedDelivery item, BooksState state)
    {
        var files = item.Kept.Select(file => file.Sha256).ToHashSet();
        return
        [
            .. state.LiveDeliveries.Where(booked =>
                IsSamePeriod(booked, item.Delivery)
                && booked.Delivery.ContentHash != item.ContentHash
                && booked.Delivery.SourceFiles.All(file => files.Contains(file.Sha256))
            ),
        ];
    }

    /// <summary>
    /// No file of a month counts twice, even if another command booked it while this one was reading.
    /// </summary>
    /// <exception cref="RefusedException">A live delivery that stays holds one of the files.</exception>
    public static void RefuseTwice(SealedDelivery item, IReadOnlyList<BookedDelivery> replaced, BooksState state)
    {
        var files = item.Kept.ToLookup(file => file.Sha256, file => file.File.File.Name);
        var twice = state
            .LiveDeliveries.Except(replaced)
            .Where(booked => booked.Delivery.BillingPeriod == item.Delivery.Period)
            .SelectMany(booked => booked.Delivery.SourceFiles, (booked, file) => (booked.Id, file.Sha256))
            .FirstOrDefault(held => files.Contains(held.Sha256));
        if (twice.Id is null)
            return;
        throw new RefusedException(
            "ingestion/delivered-twice",
            $"{files[twice.Sha256].First()} is in the books already, with delivery {twice.Id}; booked again it would count twice.",
            $"Leave it out, or `bursar withdraw {twice.Id} --reason ...` first."
        );
    }

    /// <summary>
    /// Live deliveries of the same source, period and accounts: what an added delivery stands beside.
    /// </summary>
    public static IReadOnlyList<BookedDelivery> Beside(StagedDelivery staged, BooksState state) =>
        [
            .. state.LiveDeliveries.Where(booked =>
                IsSamePeriod(booked, staged)
                && booked.Delivery.BillingAccountIds.Intersect(staged.BillingAccountIds).Any()
            ),
        ];

    private static bool IsSamePeriod(BookedDelivery booked, StagedDelivery staged) =>
        booked.Delivery.Source == staged.Source
        && booked.Delivery.Dataset == "CostAndUsage"
        && booked.Delivery.BillingPeriod == staged.Period;

    private static string Words(IReadOnlyCollection<string> accounts) =>
        accounts.Count == 0 ? "(none)" : string.Join(", ", accounts.Order().Take(5));
}
