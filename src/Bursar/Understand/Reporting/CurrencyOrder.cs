using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting;

/// <summary>
/// Which currency of an answer comes first: the one that the company reports in, then those with the most charges.
/// </summary>
internal static class CurrencyOrder
{
    /// <summary>Totals with the currency that the company reports in first, then the others by code.</summary>
    public static IReadOnlyList<Money> Of(IEnumerable<Money> totals, string? reportingCurrency) =>
        [.. totals.OrderBy(total => total.Currency.Code == reportingCurrency ? 0 : 1).ThenBy(total => total.Currency)];

    /// <summary>The same answer, its currencies in that order; within a currency nothing moves.</summary>
    public static CostSums Of(CostSums sums, string? reportingCurrency)
    {
        if (sums.Totals.Count < 2)
            return sums;
        var charges = sums
            .Rows.GroupBy(row => row.Currency)
            .ToDictionary(group => group.Key, group => group.Sum(row => row.Charges));
        var ordered = sums
            .Totals.OrderBy(total => total.Currency.Code == reportingCurrency ? 0 : 1)
            .ThenByDescending(total => charges.GetValueOrDefault(total.Currency))
            .ThenBy(total => total.Currency)
            .ToList();
        var places = ordered.Index().ToDictionary(pair => pair.Item.Currency, pair => pair.Index);
        return sums with { Rows = [.. sums.Rows.OrderBy(row => places[row.Currency])], Totals = ordered };
    }
}
