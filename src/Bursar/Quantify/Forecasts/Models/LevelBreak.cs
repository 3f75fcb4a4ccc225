namespace Bursar.Quantify.Forecasts.Models;

/// <summary>A step to another level that stayed: a migration, a launch, a price. What lies before it is moved to the
/// new level.</summary>
/// <remarks>
/// The largest standardised difference of means: Bai, "Estimation of a change point in multiple regression models",
/// Review of Economics and Statistics 79 (1997). A step counts only when it dwarfs what goes on at both of its sides.
/// </remarks>
/// <param name="At">The first place of the new level.</param>
/// <param name="Before">The level before it.</param>
/// <param name="After">The level from it on.</param>
internal sealed record LevelBreak(int At, double Before, double After)
{
    /// <summary>How a note about one begins.</summary>
    public const string Said = "The level moved";

    private const double NoiseMin = 8;
    private const double LastingShare = 0.7;
    private const int SideMin = 12;

    public static LevelBreak? Find(double[] values, int period)
    {
        var side = Math.Max(period, SideMin);
        if (values.Length < 3 * side)
            return null;
        LevelBreak? found = null;
        var least = NoiseMin;
        for (var at = side; at + side <= values.Length; at++)
        {
            var (before, noiseBefore) = Level(values, at - side, at);
            var (after, noiseAfter) = Level(values, at, at + side);
            var step = Math.Abs(after - before);
            var ratio =
                step / (Math.Max(noiseBefore, noiseAfter) + (1e-9 * (Math.Abs(before) + Math.Abs(after))) + 1e-300);
            if (ratio > least && Lasts(values, at, before, after))
                (found, least) = (new LevelBreak(at, before, after), ratio);
        }
        return found;
    }

    /// <summary>The history with the part before the step moved to the new level: by a factor where all is above
    /// zero.</summary>
    public double[] Even(double[] values)
    {
        var result = (double[])values.Clone();
        var factor = Before > 0 && After > 0 && Array.TrueForAll(values, value => value >= 0);
        for (var t = 0; t < At; t++)
            result[t] = factor ? values[t] * (After / Before) : values[t] + (After - Before);
        return result;
    }

    private static (double Level, double Noise) Level(double[] values, int from, int to)
    {
        double mean = 0;
        for (var t = from; t < to; t++)
            mean += values[t] / (to - from);
        double squares = 0;
        for (var t = from; t < to; t++)
            squares += (values[t] - mean) * (values[t] - mean);
        return (mean, Math.Sqrt(squares / (to - from - 1)));
    }

    /// <summary>Everything before is on the old side and everything after on the new, but for a few.</summary>
    private static bool Lasts(double[] values, int at, double before, double after)
    {
        var middle = (before + after) / 2;
        var (right, wrong) = (0, 0);
        for (var t = 0; t < values.Length; t++)
        {
            if (values[t] > middle == (t < at ? before > middle : after > middle))
                right++;
            else
                wrong++;
        }
        return right * (1 - LastingShare) > wrong;
    }
}
