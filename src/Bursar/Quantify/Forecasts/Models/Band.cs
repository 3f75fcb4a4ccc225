using Bursar.Core.Amounts;

namespace Bursar.Quantify.Forecasts.Models;

/// <summary>How far outcomes of one period lie around what is expected to come yet.</summary>
internal sealed record Band(double Point, Spread Spread)
{
    private static readonly double[] Grid = [.. Enumerable.Range(1, 999).Select(i => i / 1000.0)];

    /// <summary>The band of one step of a forecast.</summary>
    public static Band Of(SeriesForecast forecast, int step) =>
        new(forecast.Point[step], forecast.Spread with { Scale = [forecast.Spread.Scale[step]] });

    /// <summary>
    /// How probable it is that periods which go high and low together come to more than so much above their points, to
    /// a thousandth.
    /// </summary>
    public static decimal ProbabilityAbove(IReadOnlyList<Band> bands, Amount above)
    {
        var distance = (double)above.ToDecimal();
        if (bands.All(band => band.Spread.Scale[0] <= 0))
            return distance < 0 ? 1 : 0;
        var below = Grid.Count(probability => bands.Sum(band => band.Reach(probability)) <= distance);
        return 1 - (below / 1000m);
    }

    private double Reach(double probability) => Spread.Quantile([Point], probability)[0] - Point;
}
