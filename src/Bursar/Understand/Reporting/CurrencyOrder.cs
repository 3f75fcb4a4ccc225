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
        var charges = new Dictionary<Currency, long>();
        foreach (var row in sums.Rows)
            charges[row.Currency] = charges.GetValueOrDefault(row.Currency) + row.Charges;
        var ordered = sums
            .Totals.OrderBy(total => total.Currency.Code == reportingCurrency ? 0 : 1)
            .ThenByDescending(total => charges.GetValueOrDefault(total.Currency))
            .ThenBy(total => total.Currency)
            .ToList();
        var places = ordered.Index().ToDictionary(pair => pair.Item.Currency, pair => pair.Index);
        var rows = sums.Rows.ToLookup(row => row.Currency);
        return sums with { Rows = [.. places.Keys.SelectMany(currency => rows[currency])], Totals = ordered };
    }
}
