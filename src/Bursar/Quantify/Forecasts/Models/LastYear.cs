namespace Bursar.Quantify.Forecasts.Models;

/// <summary>
/// Daily series of more than a year and a quarter: the weeks ahead move half as much as the same weeks did a year
/// before.
/// </summary>
/// <remarks>
/// One year is too few to estimate a season of 365 days, and too many to forget it, so half of last year's movement is
/// taken. That estimated seasons forecast better when they are shrunk towards none is the finding of Miller and
/// Williams (International Journal of Forecasting 19, 2003); the half is ours, chosen on a public benchmark.
/// </remarks>
internal static class LastYear
{
    private const int Year = 364;
    private const int NearHalf = 10;
    private const int LevelHalf = 24;
    private const double Shrinkage = 0.5;

    public static void Apply(double[] point, double[] history, int period)
    {
        if (period != 7 || history.Length < Year + 100 || Array.Exists(history, value => value < 0))
            return;
        var level = Mean(history, history.Length - Year - LevelHalf, LevelHalf);
        for (var h = 0; h < point.Length; h++)
        {
            var near = Mean(history, history.Length - Year + (h % Year), NearHalf);
            if (level > 0 && near > 0)
                point[h] *= Math.Pow(near / level, Shrinkage);
        }
    }

    private static double Mean(double[] history, int centre, int half)
    {
        var (sum, count) = (0.0, 0);
        for (var t = Math.Max(0, centre - half); t <= Math.Min(history.Length - 1, centre + half); t++)
        {
            sum += history[t];
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }
}
