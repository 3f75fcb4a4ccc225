using Bursar.Core.Amounts;

namespace Bursar.Quantify.Forecasts.Models;

/// <summary>A forecast in money: one amount per step, and one per step and probability.</summary>
/// <param name="Point">What is expected.</param>
/// <param name="Quantiles">Per probability: what outcomes stay below with it.</param>
internal sealed record ForecastAmounts(
    IReadOnlyList<Amount> Point,
    IReadOnlyDictionary<decimal, IReadOnlyList<Amount>> Quantiles
);

/// <summary>Makes the forecasts of a total and of its parts agree, to the last digit of the currency.</summary>
/// <remarks>
/// Points: the gap between the total's own forecast and the sum of its parts is closed by all of them, the uncertain
/// ones most (two levels of Wickramasuriya, Athanasopoulos and Hyndman, "Optimal forecast reconciliation", JASA 114
/// (2019), with a diagonal of the one-step spreads). Quantiles: the total keeps its own band around its point, and
/// each part has of it the share that its own band has in the sum of the parts' bands. So the parts' P90 sum to the
/// total's P90; a part's own, wider band is that of a forecast of the part alone.
/// </remarks>
internal static class ForecastSums
{
    public static (ForecastAmounts Total, IReadOnlyList<ForecastAmounts> Parts) AddUp(
        SeriesForecast total,
        IReadOnlyList<SeriesForecast> parts,
        IReadOnlyList<decimal> probabilities,
        int decimals
    )
    {
        var points = Agree(total, parts);
        var whole = Rows(points, decimals);
        var byProbability = probabilities.ToDictionary(
            probability => probability,
            probability => Rows(Bands(total, parts, points, (double)probability), decimals)
        );
        var parted = parts
            .Select(
                (_, i) =>
                    new ForecastAmounts(
                        whole.Parts[i],
                        byProbability.ToDictionary(pair => pair.Key, pair => pair.Value.Parts[i])
                    )
            )
            .ToList();
        var top = byProbability.ToDictionary(pair => pair.Key, pair => pair.Value.Total);
        return (new ForecastAmounts(whole.Total, top), parted);
    }

    /// <summary>One forecast by itself.</summary>
    public static ForecastAmounts Alone(SeriesForecast forecast, IReadOnlyList<decimal> probabilities, int decimals) =>
        AddUp(forecast, [forecast], probabilities, decimals).Total;

    /// <summary>Points per part that sum to a total between its own forecast and theirs.</summary>
    private static double[][] Agree(SeriesForecast total, IReadOnlyList<SeriesForecast> parts)
    {
        var result = parts.Select(part => (double[])part.Point.Clone()).ToArray();
        for (var h = 0; h < total.Point.Length; h++)
        {
            var widths = parts.Select(part => Width(part, h)).ToArray();
            var all = widths.Sum() + Width(total, h);
            var gap = total.Point[h] - result.Sum(points => points[h]);
            for (var i = 0; i < result.Length && all > 0; i++)
                result[i][h] += gap * widths[i] / all;
        }
        return result;
    }

    private static double Width(SeriesForecast forecast, int h)
    {
        var width = forecast.Spread.Scale[h] * (forecast.Spread.Relative ? forecast.Point[h] : 1);
        return width * width;
    }

    private static double[][] Bands(
        SeriesForecast total,
        IReadOnlyList<SeriesForecast> parts,
        double[][] points,
        double probability
    )
    {
        var high = total.Quantile(probability);
        var own = parts.Select(part => part.Quantile(probability)).ToArray();
        var result = points.Select(row => (double[])row.Clone()).ToArray();
        for (var h = 0; h < high.Length; h++)
        {
            var distance = high[h] - total.Point[h];
            var distances = own.Select((row, i) => Math.Abs(row[h] - parts[i].Point[h])).ToArray();
            var sum = distances.Sum();
            for (var i = 0; i < result.Length; i++)
                result[i][h] += sum > 0 ? distance * distances[i] / sum : distance / result.Length;
        }
        return result;
    }

    private static (IReadOnlyList<Amount> Total, IReadOnlyList<Amount>[] Parts) Rows(double[][] parts, int decimals)
    {
        var step = RoundedParts.Step(decimals);
        var steps = parts[0].Length;
        var total = new Amount[steps];
        var rows = parts.Select(_ => new Amount[steps]).ToArray();
        for (var h = 0; h < steps; h++)
        {
            var exact = parts.Select(row => ToAmount(row[h])).ToList();
            var whole = exact.Aggregate(Amount.Zero, (sum, part) => sum + part);
            var rounded = RoundedParts.Of(exact, whole, step);
            total[h] = whole.RoundedTo(decimals);
            for (var i = 0; i < rows.Length; i++)
                rows[i][h] = rounded[i];
        }
        return (total, rows);
    }

    /// <summary>The door from estimates to money: fifteen digits, which is what a double holds for sure.</summary>
    private static Amount ToAmount(double value) => Amount.From((decimal)value);
}
