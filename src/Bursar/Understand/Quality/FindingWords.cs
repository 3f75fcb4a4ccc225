using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Understand.Allocation;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Quality;

/// <summary>Makes findings under a policy: what is ignored is none, what may hold does so.</summary>
internal sealed class FindingWords(QualityPolicy policy)
{
    /// <summary>Fewer rows that are alike prove nothing.</summary>
    private const int RowsMin = 10;

    /// <param name="check">The check.</param>
    /// <param name="count">Rows, days or values.</param>
    /// <param name="atStake">The cost concerned.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="message">What was found.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="holds">False when this much is only told, whatever the check may do.</param>
    public DeliveryFinding? Of(
        string check,
        long count,
        IReadOnlyList<AmountAtStake> atStake,
        IReadOnlyList<string> first,
        string message,
        string remedy,
        bool holds = true
    )
    {
        var action = policy.ActionOf(check);
        return action == CheckAction.Ignore
            ? null
            : new DeliveryFinding
            {
                Check = check,
                Severity = action == CheckAction.Hold && holds ? FindingSeverity.Blocking : FindingSeverity.Warning,
                Message = message,
                Remedy = remedy,
                Count = count,
                AtStake = atStake,
                First = first,
            };
    }

    /// <summary>Whether rows that stand twice are so many that a person should look.</summary>
    public bool IsMuch(long rows, long all) => rows >= RowsMin && rows * 100m >= policy.RepeatedPercent * all;
}

/// <summary>Figures and lists in the sentences of findings.</summary>
internal static class Words
{
    private const int Listed = 4;

    public static string Rows(long rows) =>
        rows == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows");

    public static string Percent(decimal share) =>
        (share * 100).ToString(Math.Abs(share) < 0.1m ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";

    public static string Money(IEnumerable<AmountAtStake> cost) =>
        string.Join(
            " and ",
            cost.Select(part => $"{Figure(part.Cost, part.BillingCurrency)} {part.BillingCurrency}".Trim())
        );

    /// <summary>", 12.00 USD" or nothing.</summary>
    public static string Worth(IReadOnlyList<AmountAtStake> cost) =>
        cost.All(part => part.Cost.IsZero) ? "" : ", in all " + Money(cost);

    public static string Figure(Amount amount, string currency) =>
        amount
            .RoundedTo(new Currency(currency).Decimals)
            .ToDecimal()
            .ToString("N" + new Currency(currency).Decimals, CultureInfo.InvariantCulture);

    public static string List(IEnumerable<string> names)
    {
        var all = names.Distinct().Order(StringComparer.Ordinal).ToList();
        return string.Join(", ", all.Take(Listed)) + (all.Count > Listed ? $" and {all.Count - Listed} more" : "");
    }

    public static IReadOnlyList<AmountAtStake> Sum(IEnumerable<KindOfCharge> kinds) =>
        [
            .. kinds
                .GroupBy(kind => kind.Currency)
                .OrderBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => new AmountAtStake(
                    same.Key,
                    same.Aggregate(Amount.Zero, (sum, kind) => sum + kind.EffectiveCost)
                )),
        ];
}
