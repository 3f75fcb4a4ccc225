using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;
using Bursar.Web;

namespace Bursar.Quantify.Forecasts;

/// <summary>A forecast in plain words: what is expected, how sure that is, and how wrong it would have been.</summary>
internal static class ForecastSentence
{
    /// <summary>"October 2026 is expected to come to $18.9M, between $18.6M and $19.3M with a probability of 80 %
    /// …"</summary>
    public static string Of(CostForecast forecast)
    {
        var landing = forecast.Landing;
        var grain = forecast.Question.Over;
        var booked = landing.Actual.IsZero
            ? ""
            : $"; {Short(forecast, landing.Actual)} of it {(forecast.Currency.IsUnit ? "is known" : "is in the books")}";
        var first =
            $"{Name(landing, grain)} is expected to come to {Short(forecast, landing.Point)}, between {Short(forecast, landing.P10)} and "
            + $"{Short(forecast, landing.P90)} with a probability of 80 %{booked}.";
        return $"{first}{All(forecast)} {Accuracy(forecast.Backtest, grain)}";
    }

    /// <summary>"A forecast of this kind would have missed by 2.1 % (WAPE) over 11 months …"</summary>
    public static string Accuracy(ForecastBacktest backtest, TimeGrain grain)
    {
        if (backtest.Wape is not { } wape)
            return "The history is too short to say how wrong such a forecast would have been.";
        var near = backtest.ByDistance is [{ } first, ..]
            ? $", by {Display.Percent(first)} for the {Word(grain)} that has begun"
            : "";
        var naive = backtest.NaiveWape is { } plain
            ? $"; saying \"as in the last 28 days\" misses by {Display.Percent(plain)}"
            : "";
        return $"Made from {Display.Count(backtest.Origins, "earlier day", "earlier days")}, such a forecast missed by {Display.Percent(wape)} (WAPE){near}{naive}.";
    }

    /// <summary>What is forecast: "Effective cost", "Effective cost of the scope ai-services", "Quotes
    /// given".</summary>
    public static string Subject(CostForecast forecast, Rulebook? rulebook = null)
    {
        var question = forecast.Question;
        if (question.Series is { } series)
            return rulebook?.Find<Understand.Measures.Series>(series)?.DisplayName ?? series;
        var scope = question.Scope is { } name ? $" of the scope {name}" : "";
        var where =
            question.Cost.Where.Count == 0
                ? ""
                : $" where {string.Join(" and ", question.Cost.Where.Select(Web.Addresses.FilterText.Write))}";
        return Display.Measure(question.Cost.Measure) + scope + where;
    }

    /// <summary>The name of a period.</summary>
    public static string Name(ForecastPeriod period, TimeGrain grain) =>
        grain == TimeGrain.Month ? Display.Month(BillingPeriod.Containing(period.Start))
        : Display.Period(period.Start, grain) is var text && char.IsLower(text[0])
            ? char.ToUpperInvariant(text[0]) + text[1..]
        : Display.Period(period.Start, grain);

    /// <summary>An amount at a glance.</summary>
    public static string Short(CostForecast forecast, Amount amount) =>
        Display.Short(new Money(amount, forecast.Currency));

    private static string All(CostForecast forecast)
    {
        if (forecast.Periods.Count < 2 || IsStock(forecast))
            return "";
        var all = ForecastPeriod.Sum(forecast.Periods);
        var word = Word(forecast.Question.Over) + "s";
        return $" All {forecast.Periods.Count} {word} come to {Short(forecast, all.Point)}, between {Short(forecast, all.P10)} and {Short(forecast, all.P90)} "
            + "if all go low or high together.";
    }

    private static bool IsStock(CostForecast forecast) =>
        forecast.Question.Series is not null && forecast.Asked.Over == TimeGrain.Month;

    private static string Word(TimeGrain grain) => grain.ToString().ToLowerInvariant();
}
