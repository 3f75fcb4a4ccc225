namespace Bursar.Quantify.Forecasts.Models;

/// <summary>The forecast of one series: what is expected, how sure that is, and why.</summary>
/// <param name="Point">What is expected, a value for each step.</param>
/// <param name="Spread">How far outcomes lie around it.</param>
/// <param name="Reason">Why this forecast, in one plain sentence.</param>
/// <param name="Notes">What was done to the history before, a sentence each: gaps, steps, zeros.</param>
/// <param name="Backtest">How the combination and its members did on the history.</param>
internal sealed record SeriesForecast(
    double[] Point,
    Spread Spread,
    string Reason,
    IReadOnlyList<string> Notes,
    Backtest Backtest
)
{
    /// <summary>The place in the history from which on a step to another level stayed; null without one.</summary>
    public int? StepAt { get; init; }

    /// <summary>The value that outcomes stay below with this probability, at each step.</summary>
    public double[] Quantile(double probability) => Spread.Quantile(Point, probability);
}

/// <summary>What is expected of one series, without how sure that is.</summary>
/// <param name="Point">What is expected, a value for each step.</param>
/// <param name="Reason">Why, in one plain sentence.</param>
/// <param name="Notes">What was done to the history before, a sentence each.</param>
/// <param name="Backtest">How the combination and its members did on the history.</param>
internal sealed record SeriesPath(double[] Point, string Reason, IReadOnlyList<string> Notes, Backtest Backtest)
{
    /// <summary>The place in the history from which on a step to another level stayed; null without one.</summary>
    public int? StepAt { get; init; }

    /// <summary>Of a series without a single known value.</summary>
    public static SeriesPath OfNothing(int horizon) =>
        new(
            new double[horizon],
            "Nothing is known of it yet, so nothing is expected.",
            [],
            new Backtest([], [], [], [])
        );
}

/// <summary>Forecasts a series by a combination of models, weighted by how they would have done.</summary>
internal static class Forecaster
{
    private const int OriginsQuick = 5;
    private const int OriginsFull = 14;

    /// <summary>Continues a history.</summary>
    /// <param name="history">Values at even steps; what is missing is no number.</param>
    /// <param name="period">Values in a season: 12 of months, 4 of quarters, 7 of days, 24 of hours, 1 of weeks and
    /// years.</param>
    /// <param name="horizon">How many steps ahead.</param>
    /// <param name="effort">How much work it may be.</param>
    public static SeriesForecast Make(double[] history, int period, int horizon, Effort effort)
    {
        var (path, values) = Continue(history, period, horizon, effort, forBand: true);
        var spread =
            values.Length == 0
                ? new Spread(new double[horizon], false, 0)
                : Spread.Of(path.Backtest, values, period, horizon, Array.TrueForAll(values, value => value >= 0));
        return new SeriesForecast(path.Point, spread, path.Reason, path.Notes, path.Backtest) { StepAt = path.StepAt };
    }

    /// <summary>The same without a band, which takes half of the work.</summary>
    public static SeriesPath Path(double[] history, int period, int horizon, Effort effort) =>
        Continue(history, period, horizon, effort, forBand: false).Path;

    private static (SeriesPath Path, double[] Values) Continue(
        double[] history,
        int period,
        int horizon,
        Effort effort,
        bool forBand
    )
    {
        var (values, known) = Gaps.Fill(history, period);
        if (values.Length == 0)
            return (SeriesPath.OfNothing(horizon), values);
        var step = LevelBreak.Find(values, period);
        values = step?.Even(values) ?? values;
        var positive = Array.TrueForAll(values, value => value >= 0);
        var members = Pool.For(values, period, horizon, effort);
        var origins = effort == Effort.Quick ? OriginsQuick : OriginsFull;
        var backtest = Backtest.Run(values, known, period, horizon, members, positive, origins, forBand);
        var point = new double[horizon];
        for (var k = 0; k < members.Count; k++)
        {
            var ahead = Backtest.Sound(members[k].Fit(values).Continue(values, horizon), values, positive);
            for (var h = 0; h < horizon; h++)
                point[h] += backtest.Weights[k] * ahead[h];
        }
        LastYear.Apply(point, values, period);
        var path = new SeriesPath(point, Reason(backtest, known), [.. Notes(values, known, step)], backtest)
        {
            StepAt = step is null ? null : step.At + history.Length - values.Length,
        };
        return (path, values);
    }

    private static string Reason(Backtest backtest, bool[] known)
    {
        var (champion, challenger) = backtest.Best();
        if (backtest.Origins.Count == 0 || known.Count(yes => yes) < 4)
            return "The history is too short to compare models, so the last values are carried on.";
        var names = backtest.Names;
        return champion == challenger
            ? $"Made by one model, {names[champion]}, the only one for such a history."
            : $"Made by {names.Length} models together, each the heavier the nearer it came on the latest values: "
                + $"{names[champion]} came nearest, {names[challenger]} next.";
    }

    private static IEnumerable<string> Notes(double[] values, bool[] known, LevelBreak? step)
    {
        var gaps = known.Count(yes => !yes);
        if (gaps > 0)
            yield return $"{gaps} of {known.Length} values are missing; models see them filled, the backtest does not.";
        if (step is not null)
            yield return $"{LevelBreak.Said} at value {step.At + 1} and stayed there; what lies before is moved with it.";
        if (Intermittent.Is(values))
            yield return "It is zero most of the time: what is expected is how often it comes times how much.";
        if (Array.Exists(values, value => value < 0))
            yield return "Some values are below zero (credits), so the forecast may be too.";
        if (known.Count(yes => yes) < 4)
            yield return "With so few values the band is assumed: a quarter of the level, wider with each step.";
    }
}
