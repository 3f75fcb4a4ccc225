using System.Globalization;

namespace Bursar.Quantify.Forecasts.Drivers;

/// <summary>The terms of a driver forecast in words, for those who read what was assumed.</summary>
internal static class DriverWords
{
    /// <summary>"demand 2000, 12 % more each month, 1600 to 2500"; a line for each stage of AI workloads.</summary>
    public static IReadOnlyList<string> Of(DriverForecast forecast) =>
        forecast.Stages.Count > 0
            ? [.. forecast.Stages.Select(Stage)]
            :
            [
                .. new (string What, DriverTerm? Term)[]
                {
                    ("demand", forecast.Demand),
                    ("usage per unit", forecast.UsagePerUnit),
                    ("price", forecast.Price),
                    ("discount in percent", forecast.DiscountPercent),
                }
                    .Where(one => one.Term is not null)
                    .Select(one => Term(one.What, one.Term!)),
            ];

    private static string Stage(WorkloadStage stage)
    {
        var models = stage.Models.Select(model =>
            $"{Figure(model.SharePercent)} % {Term(model.Name, model.PricePerMillion)} a million"
        );
        return $"{stage.Name}, {stage.Stage.ToString().ToLowerInvariant()}, {Figure(100 * stage.Probability)} % likely: "
            + $"{Term("adopters", stage.Adopters)}; {Term("requests of each", stage.RequestsPerAdopter)}; "
            + $"{Term("tokens of a request", stage.TokensPerRequest)}; {Figure(stage.CacheSharePercent)} % from a cache at "
            + $"{Figure(stage.CachedPricePercent)} % of the price; {Figure(stage.RetryPercent)} % again; {string.Join("; ", models)}";
    }

    private static string Term(string what, DriverTerm term)
    {
        var start = term.Series is { } series ? $"as the series {series} is forecast" : Figure(term.Start ?? 0);
        var range =
            term.Low is null && term.High is null
                ? ""
                : $", {Figure(term.Low ?? term.Start ?? 0)} to {Figure(term.High ?? term.Start ?? 0)}";
        var growth = term.MonthlyPercent == 0 ? "" : $", {Figure(term.MonthlyPercent)} % a month";
        var speed =
            term.MonthlyPercentLow is null && term.MonthlyPercentHigh is null
                ? ""
                : $" ({Figure(term.MonthlyPercentLow ?? term.MonthlyPercent)} to {Figure(term.MonthlyPercentHigh ?? term.MonthlyPercent)})";
        return $"{what} {start}{range}{growth}{speed}";
    }

    private static string Figure(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
