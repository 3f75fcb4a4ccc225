using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Unallocated.Values;

/// <summary>The values of an account or tag, for a page or a program; null without charges.</summary>
internal delegate Task<ValueReview?> ReadValues(
    CostQuestion question,
    string? key,
    string? field,
    BillingPeriod? period,
    CancellationToken cancellationToken
);

/// <summary>One value, and how much of its cost has an owner.</summary>
/// <param name="Value">The value; null is "no value".</param>
/// <param name="Title">As people read it.</param>
/// <param name="Cost">All cost with it.</param>
/// <param name="Unallocated">The part that belongs to nobody.</param>
/// <param name="LooksLike">A value with more charges that is probably meant; null without one.</param>
internal sealed record ValueCost(string? Value, string Title, Amount Cost, Amount Unallocated, string? LooksLike)
{
    public Amount Allocated => Cost - Unallocated;

    public decimal? Coverage => Allocated.ShareOf(Cost);
}

/// <summary>What one account or tag key says about a month: cost by value, and how much of it has an owner.</summary>
/// <param name="Key">"SubAccount", or "Tags/team".</param>
/// <param name="Keys">What else could be asked: tag keys, most cost first.</param>
/// <param name="Field">The shared field that says whose cost is.</param>
/// <param name="Month">The month.</param>
/// <param name="Currency">The currency that is looked at.</param>
/// <param name="Values">Largest first; they sum to all cost of the month in the currency.</param>
/// <param name="Query">The question of the month.</param>
/// <param name="IsDraft">The rules are not published.</param>
internal sealed record ValueReview(
    string Key,
    IReadOnlyList<string> Keys,
    string Field,
    BillingPeriod Month,
    Currency Currency,
    IReadOnlyList<ValueCost> Values,
    CostQuery Query,
    bool IsDraft
)
{
    public const string SubAccount = "SubAccount";

    /// <summary>The column that opens a value.</summary>
    public string Column => Key == SubAccount ? "SubAccountId" : Key;
}
