using System.Text.Json;
using Bursar.Tests.EndToEnd;

namespace Bursar.Tests.Forecasts;

/// <summary>The demo company, forecast from the same day of each month of its history.</summary>
public sealed class DemoForecastTests(DemoCompany demo)
{
    [Fact]
    public async Task From_the_same_day_of_earlier_months_the_month_lands_within_3_percent_on_average()
    {
        var result = await demo.RunAsync(
            "forecast",
            "--by",
            "ServiceProviderName",
            "--to",
            "2026-10",
            "--top",
            "9",
            "--format",
            "json",
            "--quiet"
        );
        Assert.True(result.ExitCode == 0, result.ToString());
        var forecast = JsonDocument.Parse(result.Out).RootElement;
        var landed = forecast
            .GetProperty("backtest")
            .GetProperty("all")
            .EnumerateArray()
            .Select(one =>
                (Forecast: one.GetProperty("forecast").GetDecimal(), Actual: one.GetProperty("actual").GetDecimal())
            )
            .ToList();
        Assert.True(landed.Count >= 9, $"{landed.Count} months");
        Assert.InRange(landed.Average(one => Math.Abs(one.Forecast - one.Actual) / one.Actual), 0, 0.03m);
    }
}
