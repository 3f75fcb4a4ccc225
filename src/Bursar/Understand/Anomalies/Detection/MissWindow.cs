namespace Bursar.Understand.Anomalies.Detection;

/// <summary>What is looked at in the misses of a short time.</summary>
internal enum WindowKind
{
    /// <summary>How large they are.</summary>
    Size,

    /// <summary>How far they go to one side: the level has moved.</summary>
    Side,

    /// <summary>How small they have become: something that always moved stands still.</summary>
    Stillness,
}

/// <summary>One figure for the last so many misses: not negative, and larger when it is odder.</summary>
internal sealed class MissWindow(WindowKind kind, int width)
{
    private readonly double[] last = new double[width];
    private double mean;
    private int count;

    public double Of(double miss)
    {
        var taken = double.IsNaN(miss) ? 0 : miss;
        last[count++ % width] = kind == WindowKind.Side ? taken : Math.Abs(taken);
        var sum = 0.0;
        foreach (var one in last)
            sum += one;
        if (kind != WindowKind.Stillness)
            return Math.Abs(sum) / Math.Min(width, count);
        var size = sum / width;
        mean += (size - mean) / Math.Min(count, 5_000);
        return mean / (size + (0.001 * mean) + 1e-12);
    }
}
