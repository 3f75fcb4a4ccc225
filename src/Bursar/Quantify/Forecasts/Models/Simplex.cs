namespace Bursar.Quantify.Forecasts.Models;

/// <summary>Finds the parameters with which a model misses the history least.</summary>
/// <remarks>
/// Nelder and Mead, "A simplex method for function minimization", The Computer Journal 7 (1965); coefficients 1, 2,
/// ½, ½. No randomness: the same function and start give the same bytes.
/// </remarks>
internal static class Simplex
{
    /// <summary>The point with the least value that was seen; a value that is no number counts as infinite.</summary>
    public static double[] Minimise(Func<double[], double> function, double[] start, double step, int evaluationsMax)
    {
        var n = start.Length;
        if (n == 0)
            return [];
        var points = new double[n + 1][];
        var values = new double[n + 1];
        for (var i = 0; i <= n; i++)
        {
            points[i] = (double[])start.Clone();
            if (i > 0)
                points[i][i - 1] += step;
            values[i] = Value(function, points[i]);
        }
        var spent = n + 1;
        var centre = new double[n];
        while (spent < evaluationsMax)
        {
            Array.Sort(values, points);
            if (values[n] - values[0] <= 1e-7 * (Math.Abs(values[0]) + 1e-7))
                break;
            Centre(points, centre);
            var reflected = Along(centre, points[n], -1);
            var value = Value(function, reflected);
            spent++;
            if (value < values[0])
            {
                var expanded = Along(centre, points[n], -2);
                var further = Value(function, expanded);
                spent++;
                (points[n], values[n]) = further < value ? (expanded, further) : (reflected, value);
            }
            else if (value < values[n - 1])
            {
                (points[n], values[n]) = (reflected, value);
            }
            else
            {
                var contracted = Along(centre, points[n], value < values[n] ? -0.5 : 0.5);
                var nearer = Value(function, contracted);
                spent++;
                if (nearer < Math.Min(value, values[n]))
                    (points[n], values[n]) = (contracted, nearer);
                else
                    spent += Shrink(function, points, values);
            }
        }
        Array.Sort(values, points);
        return points[0];
    }

    private static double Value(Func<double[], double> function, double[] point)
    {
        var value = function(point);
        return double.IsNaN(value) ? double.PositiveInfinity : value;
    }

    private static void Centre(double[][] points, double[] centre)
    {
        var n = centre.Length;
        for (var j = 0; j < n; j++)
        {
            centre[j] = 0;
            for (var i = 0; i < n; i++)
                centre[j] += points[i][j] / n;
        }
    }

    private static double[] Along(double[] centre, double[] worst, double factor)
    {
        var point = new double[centre.Length];
        for (var j = 0; j < point.Length; j++)
            point[j] = centre[j] + (factor * (worst[j] - centre[j]));
        return point;
    }

    private static int Shrink(Func<double[], double> function, double[][] points, double[] values)
    {
        for (var i = 1; i < points.Length; i++)
        {
            for (var j = 0; j < points[i].Length; j++)
                points[i][j] = points[0][j] + (0.5 * (points[i][j] - points[0][j]));
            values[i] = Value(function, points[i]);
        }
        return points.Length - 1;
    }
}
