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
    public static decimal ProbabilityAbove(IReadOnlyList<Band> bands, Amount above) =>
        ProbabilityAbove(bands, (double)above.ToDecimal());

    /// <summary>The same with events that may come or not, each way by its odds.</summary>
    public static decimal ProbabilityAbove(IReadOnlyList<Band> bands, IReadOnlyList<EventCase> cases, Amount above)
    {
        if (cases.Count == 0)
            return ProbabilityAbove(bands, above);
        var distance = (double)above.ToDecimal();
        var sum = cases.Sum(one => one.Weight * (double)ProbabilityAbove(bands, distance - one.Shift));
        return decimal.Round((decimal)sum, 3, MidpointRounding.ToEven);
    }

    private static decimal ProbabilityAbove(IReadOnlyList<Band> bands, double distance)
    {
        if (bands.All(band => band.Spread.Scale[0] <= 0))
            return distance < 0 ? 1 : 0;
        var below = Grid.Count(probability => bands.Sum(band => band.Reach(probability)) <= distance);
        return 1 - (below / 1000m);
    }

    /// <summary>How far the quantile lies from the point.</summary>
    internal double Reach(double probability) => Spread.Quantile([Point], probability)[0] - Point;
}
