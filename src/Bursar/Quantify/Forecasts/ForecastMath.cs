namespace Bursar.Quantify.Forecasts;

/// <summary>One period of a forecast that has come true, or not.</summary>
/// <param name="Forecast">What was expected.</param>
/// <param name="Actual">What came.</param>
internal readonly record struct ForecastOutcome(decimal Forecast, decimal Actual)
{
    /// <summary>The miss as a share of the forecast, with its sign; null of a forecast of nothing.</summary>
    public decimal? SignedVariance => Forecast == 0 ? null : (Forecast - Actual) / Forecast;
}

/// <summary>How good forecasts were. Shares are 0–1; a share of nothing is not computable, never 0.</summary>
internal static class ForecastMath
{
    /// <summary>(ΣF − ΣA) / ΣF: misses of both signs cancel, so it is never shown without the WAPE.</summary>
    public static decimal? AggregateVariance(IReadOnlyCollection<ForecastOutcome> outcomes) =>
        Share(outcomes.Sum(x => x.Forecast - x.Actual), outcomes.Sum(x => x.Forecast));

    /// <summary>Weighted absolute percentage error: Σ|F − A| / ΣA.</summary>
    public static decimal? Wape(IReadOnlyCollection<ForecastOutcome> outcomes) =>
        Share(outcomes.Sum(x => Math.Abs(x.Forecast - x.Actual)), outcomes.Sum(x => x.Actual));

    /// <summary>Σ(F − A) / ΣA: above zero the forecasts were too high.</summary>
    public static decimal? Bias(IReadOnlyCollection<ForecastOutcome> outcomes) =>
        Share(outcomes.Sum(x => x.Forecast - x.Actual), outcomes.Sum(x => x.Actual));

    /// <summary>The mean of |F − A| / A; not computable when nothing came in one of the periods.</summary>
    public static decimal? Mape(IReadOnlyCollection<ForecastOutcome> outcomes) =>
        outcomes.Count == 0 || outcomes.Any(x => x.Actual == 0)
            ? null
            : outcomes.Average(x => Math.Abs((x.Forecast - x.Actual) / x.Actual));

    /// <summary>The cost of a forecast of a quantile: max(τ(A − F), (τ − 1)(A − F)).</summary>
    /// <remarks>Koenker and Bassett, "Regression quantiles", Econometrica 46 (1978).</remarks>
    public static decimal Pinball(decimal probability, ForecastOutcome outcome) =>
        Math.Max(
            probability * (outcome.Actual - outcome.Forecast),
            (probability - 1) * (outcome.Actual - outcome.Forecast)
        );

    /// <summary>How much a newer forecast of the same period differs: (new − old) / old.</summary>
    public static decimal? Drift(decimal before, decimal now) => Share(now - before, before);

    /// <summary>The share of outcomes within their band, both ends included.</summary>
    public static decimal? Coverage(IReadOnlyCollection<(decimal Low, decimal High, decimal Actual)> bands) =>
        Share(bands.Count(band => band.Low <= band.Actual && band.Actual <= band.High), bands.Count);

    private static decimal? Share(decimal part, decimal whole) => whole == 0 ? null : part / whole;
}
