namespace Bursar.Quantify.Forecasts;

/// <summary>What drives a cost in one month.</summary>
/// <param name="Demand">Business volume: customers, orders, tokens.</param>
/// <param name="UsagePerUnit">Usage that one unit of demand needs.</param>
/// <param name="Price">Price of one unit of usage.</param>
/// <param name="Discount">Share of the price that is not paid, 0–1.</param>
/// <param name="ExchangeRate">Reporting currency for one of the price's currency.</param>
internal readonly record struct CostDrivers(
    decimal Demand,
    decimal UsagePerUnit,
    decimal Price,
    decimal Discount,
    decimal ExchangeRate
)
{
    /// <summary>Demand × usage per unit × price × (1 − discount) × exchange rate.</summary>
    public decimal Cost => Demand * UsagePerUnit * Price * (1 - Discount) * ExchangeRate;
}

/// <summary>Forecasts from drivers: the causes are forecast, and the cost follows.</summary>
internal static class DriverMath
{
    /// <summary>A quantity that changes by the same share each month; month 1 is the start itself.</summary>
    public static decimal InMonth(decimal start, decimal monthlyChange, int month)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(month, 1);
        var value = start;
        for (var i = 1; i < month; i++)
            value *= 1 + monthlyChange;
        return value;
    }

    /// <summary>The months of a cost whose volume and price each change by a share a month.</summary>
    public static IReadOnlyList<CostDrivers> Trajectory(
        decimal volume,
        decimal monthlyGrowth,
        decimal price,
        decimal monthlyPriceChange,
        int months
    ) =>
        [
            .. Enumerable
                .Range(1, months)
                .Select(month => new CostDrivers(
                    InMonth(volume, monthlyGrowth, month),
                    1,
                    InMonth(price, monthlyPriceChange, month),
                    0,
                    1
                )),
        ];
}
