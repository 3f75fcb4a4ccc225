namespace Bursar.Quantify.Forecasts.Models;

/// <summary>Series that are zero most of the time: how often something comes, times how much comes then.</summary>
/// <remarks>
/// Teunter, Syntetos and Babai, "Intermittent demand: linking forecasting to inventory obsolescence", EJOR 214 (2011).
/// </remarks>
internal static class Intermittent
{
    private const double ZerosAtLeast = 0.4;
    private const double SizeShare = 0.1;
    private const double RateShare = 0.1;

    public static bool Is(double[] values) =>
        values.Length >= 6
        && Array.TrueForAll(values, value => value >= 0)
        && values.Count(value => value == 0) >= ZerosAtLeast * values.Length;

    public static Fitted Fit(double[] history) =>
        new(
            "rate of use",
            (values, horizon) =>
            {
                var result = new double[horizon];
                Array.Fill(result, Rate(values));
                return result;
            }
        );

    private static double Rate(double[] values)
    {
        var used = values.Where(value => value > 0).ToArray();
        if (used.Length == 0)
            return 0;
        var size = used.Average();
        var rate = (double)used.Length / values.Length;
        foreach (var value in values)
        {
            rate += RateShare * ((value > 0 ? 1 : 0) - rate);
            if (value > 0)
                size += SizeShare * (value - size);
        }
        return size * rate;
    }
}
