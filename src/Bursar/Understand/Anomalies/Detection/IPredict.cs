namespace Bursar.Understand.Anomalies.Detection;

/// <summary>A way to say the next figure from those before it.</summary>
internal interface IPredict
{
    /// <summary>By how much a figure differs from what was predicted; not a number while it cannot tell.</summary>
    /// <remarks>The figure is learnt afterwards.</remarks>
    double Miss(DateTime at, double value);
}

/// <summary>The next figure is the last one.</summary>
internal sealed class PredictLast : IPredict
{
    private double? last;

    public double Miss(DateTime at, double value)
    {
        var miss = value - (last ?? value);
        last = value;
        return miss;
    }
}

/// <summary>The next figure is the mean of late, older ones weighing less.</summary>
internal sealed class PredictLevel(double rate) : IPredict
{
    private double level;
    private int count;

    public double Miss(DateTime at, double value)
    {
        if (count++ == 0)
            level = value;
        var miss = value - level;
        level += Math.Max(rate, 1.0 / count) * miss;
        return miss;
    }
}

/// <summary>The next figure is the median of the last so many.</summary>
internal sealed class PredictMedian(int width) : IPredict
{
    private readonly List<double> sorted = [];
    private readonly Queue<double> inOrder = new();

    public double Miss(DateTime at, double value)
    {
        var miss = sorted.Count == 0 ? 0 : value - sorted[sorted.Count / 2];
        var place = sorted.BinarySearch(value);
        sorted.Insert(place < 0 ? ~place : place, value);
        inOrder.Enqueue(value);
        if (inOrder.Count > width)
            sorted.RemoveAt(sorted.BinarySearch(inOrder.Dequeue()));
        return miss;
    }
}
