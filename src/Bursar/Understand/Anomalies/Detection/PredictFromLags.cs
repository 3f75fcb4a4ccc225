namespace Bursar.Understand.Anomalies.Detection;

/// <summary>The next figure is a weighted sum of the last six, the weights learnt as it goes (least squares).</summary>
internal sealed class PredictFromLags : IPredict
{
    private const int Lags = 6;
    private const int Size = Lags + 1;
    private const double Memory = 0.9995;
    private const double Doubt = 100;
    private const double Width = 4;

    private readonly double[] lags = new double[Lags];
    private readonly double[] weights = new double[Size];
    private readonly double[] inputs = new double[Size];
    private readonly double[] gain = new double[Size];
    private readonly double[,] inverse = new double[Size, Size];
    private double spread;
    private int count;

    public PredictFromLags()
    {
        weights[0] = 1;
        Forget();
    }

    public double Miss(DateTime at, double value)
    {
        var miss = 0.0;
        if (count++ >= Lags)
        {
            lags.CopyTo(inputs, 0);
            inputs[Lags] = 1;
            miss = value;
            for (var i = 0; i < Size; i++)
                miss -= weights[i] * inputs[i];
            spread += 0.01 * (Math.Abs(miss) - spread);
            Learn(count > 50 + Lags ? Math.Clamp(miss, -Width * spread, Width * spread) : miss);
        }
        Array.Copy(lags, 0, lags, 1, Lags - 1);
        lags[0] = value;
        return miss;
    }

    private void Learn(double miss)
    {
        var scale = Memory;
        for (var i = 0; i < Size; i++)
        {
            gain[i] = 0;
            for (var j = 0; j < Size; j++)
                gain[i] += inverse[i, j] * inputs[j];
            scale += inputs[i] * gain[i];
        }
        var isSound = true;
        for (var i = 0; i < Size; i++)
        {
            weights[i] += gain[i] / scale * miss;
            for (var j = 0; j < Size; j++)
                inverse[i, j] = (inverse[i, j] - (gain[i] * gain[j] / scale)) / Memory;
            isSound &= inverse[i, i] <= 1e6;
        }
        if (!isSound)
            Forget();
    }

    private void Forget()
    {
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
                inverse[i, j] = i == j ? Doubt : 0;
        }
    }
}
