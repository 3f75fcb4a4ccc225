using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>Another delivery that holds the same charges as one that is about to be booked.</summary>
/// <param name="Other">The one in the books; null when it comes with the same command.</param>
/// <param name="Staged">The one of the same command; null when it is in the books.</param>
/// <param name="Evidence">What tells that they are the same charges.</param>
/// <param name="HoldsMostOfOther">True when the new one has at least half of what the other costs.</param>
/// <param name="OtherWaits">True when the other one is the part of a whole that must not count beside it.</param>
internal sealed record SameCharges(
    BookedDelivery? Other,
    StagedDelivery? Staged,
    string Evidence,
    bool HoldsMostOfOther,
    bool OtherWaits = false
)
{
    /// <summary>True for corrections that come to the same by other rows: a person says which of them counts.</summary>
    public bool IsOtherStyle { get; init; }
}

/// <summary>
/// Finds deliveries that hold the same charges as the ones of a command, before they are booked (see README.md for the
/// evidence that counts).
/// </summary>
/// <param name="view">The books.</param>
/// <param name="session">The engine.</param>
/// <param name="mode">Whether deliveries of a source overwrite.</param>
internal sealed class FindTwins(BooksView view, DuckDbSession session, Func<string, DeclaredDelivery> mode)
{
    /// <summary>So many equal days and sub accounts are no coincidence.</summary>
    private const long EqualDaysMin = 5;

    /// <summary>
    /// The deliveries with what was found of each. Those of one command are compared with each other too.
    /// </summary>
    public List<StagedDelivery> In(IReadOnlyList<StagedDelivery> staged, CancellationToken cancel)
    {
        var found = new List<StagedDelivery>();
        foreach (var delivery in staged)
        {
            var one = delivery with { Sellers = SellersOf(delivery.Compared, cancel) };
            found.Add(one with { Twins = [.. Twins(one, found, cancel)] });
        }
        return found;
    }

    private IEnumerable<SameCharges> Twins(
        StagedDelivery one,
        IReadOnlyList<StagedDelivery> earlier,
        CancellationToken cancel
    )
    {
        if (one.Counts == DeliveryCounts.Usage)
            yield break;
        foreach (var booked in view.LiveDeliveries)
        {
            var other = booked.Delivery;
            if (other.BillingPeriod != one.Period || other.Counts != one.Counts || booked.IsPruned)
                continue;
            if (Evidence(one, Side.Of(booked, view.Books.Folder), cancel) is { } same)
                yield return same with
                {
                    Other = booked,
                };
        }
        foreach (var other in earlier.Where(other => other.Period == one.Period && other.Counts == one.Counts))
            if (Evidence(one, Side.Of(other), cancel) is { } same)
                yield return same with
                {
                    Staged = other,
                };
    }

    private SameCharges? Evidence(StagedDelivery one, Side other, CancellationToken cancel)
    {
        if (MayBeSameBill(one, other) && SameBill(one, other, cancel) is { } same)
            return same;
        return one.Source != other.Source ? new CompareMarketplace(session).Of(one, other, cancel) : null;
    }

    /// <summary>
    /// Bills are compared when they share a billing account, or name none, and reach over the same days. Where a source
    /// overwrites, what it delivered in the same form before is replaced by its own rule.
    /// </summary>
    private bool MayBeSameBill(StagedDelivery one, Side other)
    {
        var isSameSource = one.Source == other.Source;
        if (
            isSameSource
            && one.Form == other.Form
            && mode(one.Source) == DeclaredDelivery.Overwrite
            && !one.IsCorrectionsOnly
            && !other.IsCorrectionsOnly
        )
            return false;
        var shares =
            one.BillingAccountIds.Count == 0 && other.BillingAccountIds.Count == 0
            || one.BillingAccountIds.Intersect(other.BillingAccountIds).Any();
        return shares && one.ChargeFrom < other.ChargeTo && other.ChargeFrom < one.ChargeTo;
    }

    private SameCharges? SameBill(StagedDelivery one, Side other, CancellationToken cancel)
    {
        if (one.Form == other.Form)
            return Compare(one, other, TwinGrain.Charge, 1, "charge by charge", cancel)
                ?? SameCorrections(one, other, cancel);
        return Compare(one, other, TwinGrain.Resource, 1, "by time, sub account and resource", cancel)
            ?? Compare(one, other, TwinGrain.Day, EqualDaysMin, "by day and sub account", cancel);
    }

    /// <summary>
    /// A delta and a ledger of the same corrections share no row; what they come to for a resource is the same.
    /// </summary>
    private SameCharges? SameCorrections(StagedDelivery one, Side other, CancellationToken cancel) =>
        (one.IsCorrectionsOnly || other.IsCorrectionsOnly)
        && Compare(one, other, TwinGrain.Resource, 1, "by what each resource is corrected by", cancel) is { } same
            ? same with
            {
                IsOtherStyle = true,
            }
            : null;

    private SameCharges? Compare(
        StagedDelivery one,
        Side other,
        TwinGrain grain,
        long groupsMin,
        string how,
        CancellationToken cancel
    )
    {
        if (TwinSql.Same(one.Compared, other.Charges, grain) is not { } sql)
            return null;
        using var reader = session.Query(sql, cancel: cancel);
        reader.Read();
        var (equal, groups) = (reader.GetInt64(0), reader.GetInt64(1));
        var (same, mine, theirs) = (reader.GetAmount(2), reader.GetAmount(3), reader.GetAmount(4));
        var smaller = mine < theirs ? mine : theirs;
        if (equal < groupsMin || smaller.IsZero || same + same < smaller)
            return null;
        var percent = decimal.Round((same.ShareOf(smaller) ?? 0) * 100, 0, MidpointRounding.ToZero);
        return new SameCharges(
            null,
            null,
            FormattableString.Invariant(
                $"{percent} % of the smaller one's cost stands in the other too, {how} ({equal} of {groups} amounts)"
            ),
            HoldsMostOfOther: same + same >= theirs
        );
    }

    private List<Seller> SellersOf(ComparedCharges charges, CancellationToken cancel)
    {
        var sellers = new List<Seller>();
        if (TwinSql.Sellers(charges) is not { } sql)
            return sellers;
        using var reader = session.Query(sql, cancel: cancel);
        while (reader.Read())
            if (!reader.IsNull(0))
                sellers.Add(new Seller(reader.GetString(0), reader.IsNull(1) ? null : reader.GetString(1)));
        return sellers;
    }
}

/// <summary>What a new delivery is compared with: one in the books, or one of the same command.</summary>
internal sealed record Side(
    string Source,
    string Name,
    string Form,
    IReadOnlyList<string> BillingAccountIds,
    DateOnly ChargeFrom,
    DateOnly ChargeTo,
    bool IsCorrectionsOnly,
    IReadOnlyList<Seller> Sellers,
    ComparedCharges Charges
)
{
    public static Side Of(BookedDelivery booked, BooksFolder folder)
    {
        var delivery = booked.Delivery;
        return new Side(
            delivery.Source,
            delivery.Id,
            StagedDelivery.FormOf(delivery.Mappings ?? []),
            delivery.BillingAccountIds,
            delivery.ChargeFrom ?? delivery.BillingPeriod.Start,
            delivery.ChargeTo ?? delivery.BillingPeriod.End,
            delivery.IsCorrectionsOnly,
            delivery.Sellers ?? [],
            new ComparedCharges(
                [
                    .. delivery
                        .Files.Where(file => file.Path.StartsWith("charges/", StringComparison.Ordinal))
                        .Select(file => folder.FullPath(file.Path)),
                ],
                delivery.BillingPeriod.Start,
                delivery.Columns
            )
        );
    }

    public static Side Of(StagedDelivery staged) =>
        new(
            staged.Source,
            $"{staged.Source} {staged.Period}",
            staged.Form,
            staged.BillingAccountIds,
            staged.ChargeFrom,
            staged.ChargeTo,
            staged.IsCorrectionsOnly,
            staged.Sellers,
            staged.Compared
        );
}
