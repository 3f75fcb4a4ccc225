namespace Bursar.Warehouse.Queries;

/// <summary>The SQL that turns daily rows into the currency of a <see cref="Conversion"/>.</summary>
/// <param name="conversion">The currency, and the rates by day.</param>
/// <param name="star">The files.</param>
internal sealed class ConversionSql(Conversion conversion, StarFiles star)
{
    /// <summary>The daily rows f, their profile's currency c, and the rate of the day r where there is one.</summary>
    public string From(string dayColumn) =>
        $"""
            {star.DailySource} f
            JOIN (SELECT x_DeliveryKey, x_ProfileId, x_Interval, BillingCurrency FROM {star.ProfilesSource}) c
              ON c.x_DeliveryKey = f.x_DeliveryKey AND c.x_ProfileId = f.x_ProfileId AND c.x_Interval = f.x_Interval
            LEFT JOIN ({Days}) r ON r.RateCurrency = c.BillingCurrency AND r.RateDay = f.{dayColumn}
            """;

    /// <summary>The amount of a daily row, converted where it can be.</summary>
    public static string Amount(string measure) =>
        $"CASE WHEN r.Rate IS NULL THEN f.{measure} ELSE convert_amount(f.{measure}, r.Rate) END";

    /// <summary>The currency that the amount is in then.</summary>
    public string Currency =>
        $"CASE WHEN r.Rate IS NULL THEN c.BillingCurrency ELSE {SqlText.Literal(conversion.Target.Code)} END";

    /// <summary>One row per currency and day that has a rate, for a join by equality.</summary>
    private string Days
    {
        get
        {
            var rates = (conversion.Rates ?? []).Where(rate => rate.Currency != conversion.Target).ToList();
            if (rates.Count == 0)
                return "SELECT NULL::VARCHAR AS RateCurrency, NULL::DATE AS RateDay, NULL::DECIMAL(38,18) AS Rate WHERE false";
            var values = rates.Select(rate =>
                $"({SqlText.Literal(rate.Currency.Code)}, DATE '{rate.Start:yyyy-MM-dd}', "
                + $"DATE '{rate.End.AddDays(-1):yyyy-MM-dd}', CAST('{rate.Rate}' AS DECIMAL(38,18)))"
            );
            return $"""
                SELECT RateCurrency, CAST(unnest(generate_series(FirstDay, LastDay, INTERVAL 1 DAY)) AS DATE) AS RateDay, Rate
                FROM (VALUES {string.Join(", ", values)}) rates(RateCurrency, FirstDay, LastDay, Rate)
                """;
        }
    }
}
