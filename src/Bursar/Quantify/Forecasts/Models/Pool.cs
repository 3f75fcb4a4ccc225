namespace Bursar.Quantify.Forecasts.Models;

/// <summary>How much work a forecast may be.</summary>
internal enum Effort
{
    /// <summary>Thousands of series at once, a few milliseconds each.</summary>
    Quick,

    /// <summary>Every model that earned its place on the public benchmarks.</summary>
    Full,
}

/// <summary>A model that takes part in the combination.</summary>
/// <param name="Name">What it does, in words.</param>
/// <param name="Fit">Settles its parameters on a history.</param>
/// <param name="Share">Its weight beside the others before their backtests are looked at.</param>
internal sealed record Member(string Name, Func<double[], Fitted> Fit, double Share = 1);

/// <summary>
/// Which models take part: by the period, the length and the horizon alone, never by where a series comes from.
/// </summary>
/// <remarks>
/// That a plain combination of unlike models beats choosing one: Makridakis et al., "The M4 Competition", IJF 36
/// (2020); Petropoulos and Svetunkov, "A simple combination of univariate models", IJF 36 (2020). What earned its
/// place: bench/README.md.
/// </remarks>
internal static class Pool
{
    /// <summary>Weeks of a year: a series without a stated period is looked at for it once it is long enough.</summary>
    private static readonly int[] YearOfWeeks = [1, 2, 3, 4, 8, 13, 26, 51, 52, 53];

    /// <summary>Hours of a day and a week.</summary>
    private static readonly int[] WeekOfHours = [1, 2, 3, 23, 24, 25, 48, 72, 96, 120, 144, 167, 168, 169];

    private const int YearOfMonths = 12;
    private const int MonthsOfGrowth = 6;

    public static IReadOnlyList<Member> For(double[] values, int period, int horizon, Effort effort)
    {
        var count = values.Length;
        if (Intermittent.Is(values))
            return [new("rate of use", Intermittent.Fit), new("level", y => Form(y, 1, TrendKind.None))];
        if (period == 24 && count >= 3 * 168)
            return Hours(effort);
        if (period > 1 && count >= (2 * period) + 4)
            return count >= 15 * period && count >= 150
                ? ManySeasons(period, horizon, effort)
                : FewSeasons(period, horizon, effort);
        return period == 1 && count >= 133 ? LongLine(effort)
            : period == YearOfMonths && count >= MonthsOfGrowth ? [.. Line(count, effort), new("steady growth", Growth)]
            : Line(count, effort);
    }

    /// <summary>Months too few for a season go on growing as they did: cost of a company that grows does.</summary>
    private static Fitted Growth(double[] history)
    {
        var isRatio = Array.TrueForAll(history, value => value > 0);
        var steps = history
            .Zip(history.Skip(1), (one, next) => isRatio ? Math.Log(next / one) : next - one)
            .Order()
            .ToArray();
        // One odd month in each direction says nothing about growth.
        var step = steps.Skip(1).SkipLast(1).DefaultIfEmpty(0).Average();
        return new Fitted(
            "steady growth",
            (values, horizon) =>
                [
                    .. Enumerable
                        .Range(1, horizon)
                        .Select(h => isRatio ? values[^1] * Math.Exp(step * h) : values[^1] + (step * h)),
                ]
        );
    }

    private static List<Member> FewSeasons(int m, int horizon, Effort effort)
    {
        var members = new List<Member>
        {
            new("theta", y => Recent(y, 5, m, horizon, z => Even(z, m, a => Theta.Standard(a, m)))),
            new("damped trend and season", y => Form(y, m, TrendKind.Damped)),
            new("theta of months, quarters and years", y => Even(y, m, a => Hierarchy.Fit(a, m, Theta.Standard))),
            new("theta with a season that moves", y => MovingTheta(y, m, horizon)),
        };
        if (effort == Effort.Quick)
            return members;
        members.Add(new("exponential smoothing", y => Smoothing.Fit(y, m)));
        members.Add(new("ARIMA", y => Arima.Fit(y, m)));
        members.Add(
            new(
                "ARIMA of months, quarters and years",
                y => Hierarchy.Fit(y, m, (a, k) => Seasonal.OfLogarithms(a, b => Arima.Fit(b, k)))
            )
        );
        return members;
    }

    private static List<Member> ManySeasons(int m, int horizon, Effort effort)
    {
        var members = new List<Member>
        {
            new("theta with a season that moves", y => MovingTheta(y, m, horizon), 2),
            new("level of months, quarters and years", y => Hierarchy.Fit(y, m, (a, k) => Form(a, k, TrendKind.None))),
            new(
                "theta of months, quarters and years",
                y => Hierarchy.Fit(y, m, (a, k) => Apart(a, k, b => Theta.Standard(b, 1)))
            ),
        };
        if (effort == Effort.Quick)
            return members;
        members.Add(new("ARIMA", y => Arima.Fit(y, m)));
        members.Add(new("ARIMA of months, quarters and years", y => Hierarchy.Fit(y, m, Arima.Fit)));
        return members;
    }

    private static List<Member> Hours(Effort effort)
    {
        var members = new List<Member>
        {
            new("hours a day and a week before", y => Regression.Fit(y, WeekOfHours, 0.001)),
            new(
                "hours a day and a week before, of logarithms",
                y => Seasonal.OfLogarithms(y, a => Regression.Fit(a, WeekOfHours, 0.001)),
                2
            ),
        };
        if (effort == Effort.Quick)
            return members;
        members.Add(new("day within the week", y => Seasonal.OfLogarithms(y, a => DoubleSeason.Fit(a, 24, 168))));
        members.Add(new("day and week apart", y => Seasonal.Apart(y, [24, 168], a => Arima.Fit(a, 1))));
        members.Add(new("hours to days", y => Hierarchy.Fit(y, 24, (a, k) => Smoothing.Fit(a, k))));
        return members;
    }

    private static List<Member> LongLine(Effort effort)
    {
        var members = new List<Member>
        {
            new("weeks and a year before", y => Regression.Fit(y, YearOfWeeks, 0.001), 2),
            new("exponential smoothing", y => Smoothing.Fit(y, 1)),
            new(
                "season of the year apart",
                y => Seasonal.OfLogarithms(y, a => Seasonal.Apart(a, [52], b => Smoothing.Fit(b, 1)))
            ),
        };
        if (effort == Effort.Full)
            members.Add(new("ARIMA", y => Arima.Fit(y, 1)));
        return members;
    }

    private static List<Member> Line(int count, Effort effort)
    {
        var members = new List<Member> { new("level", y => Form(y, 1, TrendKind.None)) };
        if (count >= 4)
            members.Add(new("theta", y => Theta.Standard(y, 1)));
        if (count >= 8)
            members.Add(new("damped trend", y => Form(y, 1, TrendKind.Damped)));
        if (count >= 20 && effort == Effort.Full)
            members.Add(new("ARIMA", y => Arima.Fit(y, 1)));
        return members;
    }

    private static Fitted MovingTheta(double[] y, int m, int horizon) =>
        Recent(y, 7, m, horizon, z => Even(z, m, a => Apart(a, m, b => Theta.Standard(b, 1))));

    /// <summary>Logarithms where swings grow with the level.</summary>
    private static Fitted Even(double[] y, int m, Func<double[], Fitted> model) =>
        Seasonal.SwingsGrow(y, m) ? Seasonal.OfLogarithms(y, model) : model(y);

    private static Fitted Apart(double[] y, int m, Func<double[], Fitted> model) =>
        m > 1 && y.Length > (2 * m) + 2 ? Seasonal.Apart(y, [m], model) : model(y);

    private static Fitted Form(double[] y, int m, TrendKind trend)
    {
        var positive = y.All(value => value > 0);
        var season =
            m < 2 || m > 24 || y.Length < (2 * m) + 2 ? SeasonKind.None
            : positive ? SeasonKind.Multiplicative
            : SeasonKind.Additive;
        return Smoothing.Fit(y, m, new SmoothingForm(positive, trend, season));
    }

    /// <summary>A straight line is true for a while: only so many horizons back, and never less than eight
    /// seasons.</summary>
    private static Fitted Recent(double[] y, int horizons, int m, int horizon, Func<double[], Fitted> model)
    {
        var window = Math.Max(horizons * horizon, (int)Math.Max(1.6 * horizons * m, 12.0 * horizons));
        if (y.Length <= window)
            return model(y);
        var fitted = model(y[^window..]);
        return new Fitted(
            fitted.Name,
            (values, ahead) => fitted.Continue(values.Length > window ? values[^window..] : values, ahead)
        );
    }
}
