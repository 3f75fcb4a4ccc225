using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Deliveries;

/// <summary>
/// Finds a vendor's own bill whose amounts stand in a cloud provider's bill as well, because they were bought on its
/// marketplace.
/// </summary>
/// <param name="session">The engine.</param>
internal sealed class CompareMarketplace(DuckDbSession session)
{
    /// <summary>Endings that say the legal form and not the name.</summary>
    private static readonly HashSet<string> LegalForms =
    [
        "inc",
        "ltd",
        "llc",
        "gmbh",
        "corp",
        "corporation",
        "limited",
        "ag",
        "sa",
        "bv",
        "plc",
        "co",
        "company",
        "pty",
        "oy",
    ];

    /// <summary>
    /// The vendor's bill waits, whichever of the two came first: it is a part of what the other holds.
    /// </summary>
    public SameCharges? Of(StagedDelivery one, Side other, CancellationToken cancel) =>
        Resold(
            one.Sellers,
            one.Compared,
            $"{one.Source} {one.Period}",
            other.Sellers,
            other.Charges,
            other.Name,
            cancel
        )
            is { } inNew
            ? new SameCharges(null, null, inNew, HoldsMostOfOther: true, OtherWaits: true)
        : Resold(
            other.Sellers,
            other.Charges,
            other.Name,
            one.Sellers,
            one.Compared,
            $"{one.Source} {one.Period}",
            cancel
        )
            is { } inOther
            ? new SameCharges(null, null, inOther, HoldsMostOfOther: false)
        : null;

    private string? Resold(
        IReadOnlyList<Seller> resellers,
        ComparedCharges reseller,
        string resellerName,
        IReadOnlyList<Seller> vendors,
        ComparedCharges vendor,
        string vendorName,
        CancellationToken cancel
    )
    {
        var resold = resellers
            .Where(pair => pair.Issuer is not null && Plain(pair.Issuer) != Plain(pair.Name))
            .ToList();
        var own = vendors.Where(pair => pair.Issuer is null || Plain(pair.Issuer) == Plain(pair.Name)).ToList();
        var names = resold.Select(pair => Plain(pair.Name)).Intersect(own.Select(pair => Plain(pair.Name))).ToHashSet();
        if (names.Count == 0)
            return null;
        var there = Amounts(reseller, resold.Where(pair => names.Contains(Plain(pair.Name))), cancel);
        var here = Amounts(vendor, own.Where(pair => names.Contains(Plain(pair.Name))), cancel);
        foreach (var currency in here.Select(item => item.Currency).Distinct())
        {
            var mine = here.Where(item => item.Currency == currency).ToList();
            var theirs = there.Where(item => item.Currency == currency).ToList();
            var (total, same) = (Total(mine), Same(mine, theirs));
            var isWhole = !total.IsZero && total == Total(theirs);
            if (!isWhole && (same.IsZero || same + same < total))
                continue;
            var amount = new Money(isWhole ? total : same, new Currency(currency));
            var vendorShown = own.First(pair => names.Contains(Plain(pair.Name))).Name;
            return $"{CellText.Figure(amount.Amount, amount.Currency.Decimals)} {currency} of {vendorShown} in {vendorName} are billed by "
                + $"{resold.First(pair => names.Contains(Plain(pair.Name))).Issuer} in {resellerName} too";
        }
        return null;
    }

    /// <summary>A name without case, punctuation and legal form: "Snowflake Inc." and "snowflake" are one.</summary>
    private static string Plain(string name)
    {
        var words = new string([.. name.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !LegalForms.Contains(word));
        return string.Concat(words);
    }

    private static Amount Total(IEnumerable<(string Currency, Amount Cost, long Count)> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, item) => sum + item.Cost.Times(item.Count));

    /// <summary>What single charges of equal amounts sum to.</summary>
    private static Amount Same(
        IReadOnlyList<(string Currency, Amount Cost, long Count)> mine,
        IReadOnlyList<(string Currency, Amount Cost, long Count)> theirs
    )
    {
        var counts = theirs.ToDictionary(item => item.Cost, item => item.Count);
        return mine.Aggregate(
            Amount.Zero,
            (sum, item) => sum + item.Cost.Times(Math.Min(item.Count, counts.GetValueOrDefault(item.Cost)))
        );
    }

    private List<(string Currency, Amount Cost, long Count)> Amounts(
        ComparedCharges charges,
        IEnumerable<Seller> sellers,
        CancellationToken cancel
    )
    {
        var amounts = new List<(string, Amount, long)>();
        using var reader = session.Query(
            TwinSql.AmountsOf(charges, [.. sellers.Select(pair => pair.Name).Distinct()]),
            cancel: cancel
        );
        while (reader.Read())
            amounts.Add((reader.GetString(0), reader.GetAmount(1), reader.GetInt64(2)));
        return amounts;
    }
}
