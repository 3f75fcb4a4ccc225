using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting;

/// <summary>
/// What was converted in an answer and at which rates, and what stayed as it was billed for want of one.
/// </summary>
/// <param name="Used">The rates that amounts were converted at, by currency and day.</param>
/// <param name="Gaps">Currencies and days without a rate.</param>
internal sealed record ConvertedCosts(IReadOnlyList<ConversionRate> Used, IReadOnlyList<RateGap> Gaps)
{
    /// <summary>The question whose rows tell it: by currency as billed, over days.</summary>
    public static CostQuery Question(CostQuery query) =>
        query with
        {
            By = ["BillingCurrency"],
            Over = query.Time == TimeBasis.Billing ? TimeGrain.Month : TimeGrain.Day,
            Top = null,
            Split = CostSplit.None,
            Scopes = [],
        };

    /// <summary>Reads it off the rows of that question.</summary>
    public static ConvertedCosts Of(IReadOnlyList<CostRow> rows, Conversion conversion)
    {
        var rates = conversion.Rates!.ToLookup(rate => rate.Currency.Code);
        var billed = rows.Where(row => row.Keys[0] != conversion.Target.Code).ToList();
        var used =
            from row in billed
            where row.Currency == conversion.Target
            select rates[row.Keys[0]!].First(rate => rate.Start <= row.Period && row.Period < rate.End);
        var gaps =
            from row in billed
            where row.Currency != conversion.Target
            orderby row.Currency, row.Period
            group row by row.Currency into same
            select new RateGap(
                same.Key,
                conversion,
                [.. same.Select(row => row.Period!.Value)],
                same.Aggregate(Amount.Zero, (sum, row) => sum + row.Total)
            );
        return new ConvertedCosts(
            [.. used.Distinct().OrderBy(rate => rate.Currency).ThenBy(rate => rate.Start)],
            [.. gaps]
        );
    }
}

/// <summary>Cost that stays in the currency it was billed in, since there is no rate for its days.</summary>
internal sealed record RateGap(Currency Currency, Conversion Conversion, IReadOnlyList<DateOnly> Days, Amount Amount)
{
    public const string Remedy = "Declare it with kind: ExchangeRates, or `bursar rates import FILE`.";

    public override string ToString() => $"{Says} {Remedy}";

    public string Says
    {
        get
        {
            var use = Conversion.Use.ToString().ToLowerInvariant();
            var days =
                Days.Count == 1
                    ? $"on {Days[0]:yyyy-MM-dd}"
                    : $"on {Days.Count} days from {Days[0]:yyyy-MM-dd} to {Days[^1]:yyyy-MM-dd}";
            var code = Currency.Code.Length == 0 ? "(no currency)" : Currency.Code;
            return $"No {use} rate from {code} to {Conversion.Target} {days}: {Amount} {code} stay as billed and are in no "
                + $"{Conversion.Target} figure.";
        }
    }
}
