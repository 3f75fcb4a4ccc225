using System.Text.Json;
using Bursar.Tests.Support;

namespace Bursar.Tests.UnitEconomics;

/// <summary>
/// What was delivered and what came of it, beside what it cost: deployments and lead time (UNT-07), availability and
/// the experience of customers (UNT-08).
/// </summary>
public sealed class BesideTests
{
    private const string Rules = """
        kind: Series
        name: deployments
        unit: deployments
        source: Pipeline
        time: Month
        value: Deployments
        ---
        kind: Series
        name: availability
        unit: percent
        source: Monitoring
        combine: average
        time: Month
        value: Availability
        ---
        kind: UnitMetric
        name: cost-per-deployment
        unit: deployment
        class: resource-efficiency
        where: {ServiceName: Modernisation}
        series: deployments
        beside: [deployments, availability]
        """;

    [Fact]
    public async Task Measures_of_delivery_and_outcome_stand_in_the_months_of_the_spending_they_belong_to()
    {
        using var books = new BookedCharges(
            Rules,
            new SomeCharge(new(2026, 1, 10), "9000") { Service = "Modernisation" },
            new SomeCharge(new(2026, 2, 10), "8000") { Service = "Modernisation" },
            new SomeCharge(new(2026, 2, 10), "70") { Service = "Else" }
        );
        await File.WriteAllTextAsync(
            books["points.csv"],
            "Month,Deployments,Availability\n2026-01,30,99.2\n2026-02,40,99.9\n",
            TestContext.Current.CancellationToken
        );
        foreach (var series in new[] { "deployments", "availability" })
            await books.RunAsync("series", "load", books["points.csv"], "--name", series);

        var run = await books.RunAsync(
            "units",
            "show",
            "cost-per-deployment",
            "--draft",
            "--month",
            "2026-02",
            "--format",
            "json"
        );
        Assert.True(run.ExitCode == 0, run.ToString());
        using var json = JsonDocument.Parse(run.Out);
        var months = json.RootElement.GetProperty("months").EnumerateArray().ToList();
        Assert.Equal(
            [("300", "30", "99.2"), ("200", "40", "99.9")],
            months
                .TakeLast(2)
                .Select(month => (Text(month, "unitCost"), Text(month, "deployments"), Text(month, "availability")))
        );
    }

    private static string Text(JsonElement month, string name) => month.GetProperty(name).GetRawText();
}
