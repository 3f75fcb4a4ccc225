namespace Bursar.Quantify.Forecasts.Models;

/// <summary>The forecast of one series: what is expected, how sure that is, and why.</summary>
/// <param name="Point">What is expected, a value for each step.</param>
/// <param name="Spread">How far outcomes lie around it.</param>
/// <param name="Reason">Why this forecast, in one plain sentence.</param>
/// <param name="Backtest">How the combination and its members did on the history.</param>
internal sealed record SeriesForecast(double[] Point, Spread Spread, string Reason, Backtest Backtest)
{
    /// <summary>The value that outcomes stay below with this probability, at each step.</summary>
    public double[] Quantile(double probability) => Spread.Quantile(Point, probability);
}

/// <summary>Forecasts a series by a combination of models, weighted by how they would have done.</summary>
internal static class Forecaster
{
    /// <summary>Members count by the inverse of their mean miss to this power.</summary>
    private const double Sharpness = 2;

    public static SeriesForecast Make(double[] history, int period, int horizon, Effort effort)
    {
        var (values, known) = Gaps.Fill(history, period);
        var positive = Array.TrueForAll(values, value => value >= 0);
        var members = Pool.For(values.Length, period, horizon, effort);
        var backtest = Backtest.Run(values, known, period, horizon, members, positive, Sharpness);
        var point = new double[horizon];
        for (var k = 0; k < members.Count; k++)
        {
            var ahead = Backtest.Sound(members[k].Fit(values).Continue(values, horizon), values, positive);
            for (var h = 0; h < horizon; h++)
                point[h] += backtest.Weights[k] * ahead[h];
        }
        LastYear.Apply(point, values, period);
        var spread = Spread.Of(backtest, values, period, horizon, positive);
        return new SeriesForecast(point, spread, backtest.Reason(), backtest);
    }
}
