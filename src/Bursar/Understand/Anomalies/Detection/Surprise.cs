namespace Bursar.Understand.Anomalies.Detection;

/// <summary>
/// How surprising a figure is beside all that came before it: the decimal logarithm of one in how many.
/// </summary>
/// <remarks>
/// Inside the range of what was seen, the rank says it; beyond the largest 3 %, a Pareto tail fitted to them (Hill's
/// estimate) says it, so that a figure twice the record is more surprising than one that only just beats it.
/// </remarks>
internal sealed class Surprise(int capacity)
{
    private const double TailShare = 0.03;
    private const int FewestInTail = 5;
    private const int FewestSeen = 60;

    // The tail index is drawn to a plain one, so that a handful of near ties does not make everything surprising.
    private const double PriorIndex = 0.15;
    private const double SmallestIndex = 0.02;

    private readonly List<double> sorted = [];
    private readonly Queue<double> inOrder = new();

    /// <summary>0 is ordinary, 3 is one in a thousand.</summary>
    /// <param name="value">Not negative: larger is odder.</param>
    /// <param name="floor">Below this nothing is odd.</param>
    public double Of(double value, double floor)
    {
        var count = sorted.Count;
        if (count < FewestSeen || value <= floor)
            return 0;
        var tail = Math.Max(FewestInTail, (int)(TailShare * count));
        var edge = sorted[count - tail - 1];
        if (value <= edge)
            return Math.Log10((count + 1.0) / (count - Rank(value) + 1));
        edge = Math.Max(edge, floor);
        var index = FewestInTail * PriorIndex;
        for (var i = count - tail; i < count; i++)
            index += Math.Log(Math.Max(sorted[i], edge) / edge);
        index = Math.Max(index / (tail + FewestInTail), SmallestIndex);
        return Math.Log10((double)count / tail) + (Math.Log10(Math.Max(value, edge) / edge) / index);
    }

    public void Add(double value)
    {
        sorted.Insert(Rank(value), value);
        inOrder.Enqueue(value);
        if (inOrder.Count > capacity)
            sorted.RemoveAt(Rank(inOrder.Dequeue()));
    }

    /// <summary>How many figures are smaller.</summary>
    private int Rank(double value)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
