namespace Bursar.Quantify.Forecasts.Models;

/// <summary>Least squares, of a line through many columns and of misses that bend with their parameters.</summary>
internal static class LeastSquares
{
    /// <summary>Parameters with the least squared residuals, from a start.</summary>
    /// <remarks>Levenberg–Marquardt: Marquardt, SIAM Journal on Applied Mathematics 11 (1963).</remarks>
    public static double[] Solve(double[] start, int count, Action<double[], double[]> residuals)
    {
        var k = start.Length;
        var point = (double[])start.Clone();
        if (k == 0)
            return point;
        var current = new double[count];
        residuals(point, current);
        var squares = Squares(current);
        var columns = new double[k][];
        for (var j = 0; j < k; j++)
            columns[j] = new double[count];
        var damping = 0.01;
        var trial = new double[count];
        for (var round = 0; round < 30; round++)
        {
            for (var j = 0; j < k; j++)
                Slope(point, j, residuals, current, columns[j]);
            var improved = false;
            for (var attempt = 0; attempt < 6 && !improved; attempt++)
            {
                var step = Step(columns, current, damping);
                var next = new double[k];
                for (var j = 0; j < k; j++)
                    next[j] = Math.Clamp(point[j] - step[j], -4, 4);
                residuals(next, trial);
                var value = Squares(trial);
                if (value < squares)
                {
                    improved = true;
                    damping *= 0.2;
                    var gain = (squares - value) / squares;
                    point = next;
                    (current, trial) = (trial, current);
                    squares = value;
                    if (gain < 1e-6)
                        return point;
                }
                else
                {
                    damping = Math.Max(damping, 1e-4) * 8;
                }
            }
            if (!improved)
                break;
        }
        return point;
    }

    private static void Slope(
        double[] point,
        int j,
        Action<double[], double[]> residuals,
        double[] current,
        double[] column
    )
    {
        const double width = 1e-5;
        var was = point[j];
        point[j] = was + width;
        residuals(point, column);
        point[j] = was;
        for (var t = 0; t < column.Length; t++)
            column[t] = (column[t] - current[t]) / width;
    }

    private static double[] Step(double[][] columns, double[] current, double damping)
    {
        var k = columns.Length;
        var matrix = new double[k, k];
        var right = new double[k];
        for (var i = 0; i < k; i++)
        {
            right[i] = Dot(columns[i], current);
            var j = 0;
            // Two sums at once: each waits for its own last step only.
            for (; j < i; j += 2)
            {
                var (one, two) = Dots(columns[i], columns[j], columns[j + 1]);
                matrix[i, j] = matrix[j, i] = one;
                matrix[i, j + 1] = matrix[j + 1, i] = two;
            }
            if (j == i)
                matrix[i, i] = Dot(columns[i], columns[i]);
        }
        for (var i = 0; i < k; i++)
            matrix[i, i] = (matrix[i, i] * (1 + damping)) + 1e-9;
        return Symmetric(matrix, right);
    }

    /// <summary>Solves a symmetric positive definite system (Cholesky); the matrix is used up.</summary>
    public static double[] Symmetric(double[,] matrix, double[] right)
    {
        Factor(matrix);
        return Solve(matrix, right);
    }

    /// <summary>The matrix becomes its own factor, with which many right-hand sides can be solved.</summary>
    public static void Factor(double[,] matrix)
    {
        var k = matrix.GetLength(0);
        for (var j = 0; j < k; j++)
        {
            for (var i = j; i < k; i++)
            {
                var sum = matrix[i, j];
                for (var l = 0; l < j; l++)
                    sum -= matrix[i, l] * matrix[j, l];
                matrix[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / matrix[j, j];
            }
        }
    }

    /// <summary>Solves a system whose matrix was factored before.</summary>
    public static double[] Solve(double[,] matrix, double[] right)
    {
        var k = right.Length;
        var x = (double[])right.Clone();
        for (var i = 0; i < k; i++)
        {
            for (var l = 0; l < i; l++)
                x[i] -= matrix[i, l] * x[l];
            x[i] /= matrix[i, i];
        }
        for (var i = k - 1; i >= 0; i--)
        {
            for (var l = i + 1; l < k; l++)
                x[i] -= matrix[l, i] * x[l];
            x[i] /= matrix[i, i];
        }
        return x;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static (double One, double Two) Dots(double[] a, double[] b, double[] c)
    {
        var (one, two) = (0.0, 0.0);
        for (var i = 0; i < a.Length && i < b.Length && i < c.Length; i++)
        {
            one += a[i] * b[i];
            two += a[i] * c[i];
        }
        return (one, two);
    }

    private static double Squares(double[] values) => Dot(values, values);
}
