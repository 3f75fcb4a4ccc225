namespace Bursar.Quantify.Forecasts.Models;

/// <summary>Models for seasons that are long or several: an hour of the day and of the week, a week of the
/// year.</summary>
internal static class Seasonal
{
    /// <summary>The value one season ago.</summary>
    public static Fitted Naive(int period) =>
        new(
            "the same season before",
            (values, horizon) =>
            {
                var result = new double[horizon];
                for (var h = 0; h < horizon; h++)
                    result[h] = h >= period ? result[h - period] : values[Math.Max(0, values.Length - period + h)];
                return result;
            }
        );

    /// <summary>The seasons are taken out by local lines, the rest is continued by another model.</summary>
    public static Fitted Apart(double[] history, int[] periods, Func<double[], Fitted> model, int window = 11)
    {
        var (rest, _) = TakeOut(history, periods, window);
        var fitted = model(rest);
        return new Fitted(
            "season apart, " + fitted.Name,
            (values, horizon) =>
            {
                var (left, seasons) = TakeOut(values, periods, window);
                var result = fitted.Continue(left, horizon);
                for (var i = 0; i < periods.Length; i++)
                {
                    for (var h = 0; h < horizon; h++)
                        result[h] += seasons[i][values.Length - periods[i] + (h % periods[i])];
                }
                return result;
            }
        );
    }

    private static (double[] Left, double[][] Seasons) TakeOut(double[] history, int[] periods, int window)
    {
        var seasons = Loess.Seasons(history, periods, window);
        var rest = (double[])history.Clone();
        foreach (var season in seasons)
        {
            for (var t = 0; t < rest.Length; t++)
                rest[t] -= season[t];
        }
        return (rest, seasons);
    }

    /// <summary>A model of the logarithms; of the values themselves where one is not above zero.</summary>
    public static Fitted OfLogarithms(double[] history, Func<double[], Fitted> model)
    {
        if (!history.All(value => value > 0))
            return model(history);
        var fitted = model(Logarithms(history));
        return new Fitted(
            "logarithms, " + fitted.Name,
            (values, horizon) =>
            {
                var result = fitted.Continue(Logarithms(values), horizon);
                for (var h = 0; h < horizon; h++)
                    result[h] = Math.Exp(Math.Min(result[h], 700));
                return result;
            }
        );
    }

    /// <summary>Whether swings grow with the level, so that logarithms make them even.</summary>
    /// <remarks>Guerrero, "Time-series analysis supported by power transformations", Journal of Forecasting 12
    /// (1993), for powers 0 and 1.</remarks>
    public static bool SwingsGrow(double[] history, int period)
    {
        if (!history.All(value => value > 0))
            return false;
        var width = Math.Max(period, 4);
        var count = history.Length / width;
        if (count < 3)
            return false;
        var plain = new double[count];
        var relative = new double[count];
        for (var i = 0; i < count; i++)
        {
            var block = history[(history.Length - ((i + 1) * width))..(history.Length - (i * width))];
            var mean = block.Average();
            plain[i] = Math.Sqrt(block.Sum(value => (value - mean) * (value - mean)));
            relative[i] = plain[i] / mean;
        }
        return Unevenness(relative) < Unevenness(plain);
    }

    private static double Unevenness(double[] values)
    {
        var mean = values.Average();
        return mean > 0 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean))) / mean : 0;
    }

    private static double[] Logarithms(double[] values)
    {
        var result = new double[values.Length];
        for (var t = 0; t < result.Length; t++)
            result[t] = Math.Log(Math.Max(values[t], 1e-300));
        return result;
    }
}
