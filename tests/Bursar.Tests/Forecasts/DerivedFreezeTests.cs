using System.Text.Json;
using Bursar.Cli;
using Bursar.Tests.Support;

namespace Bursar.Tests.Forecasts;

/// <summary>Forecasts from causes and of the cost of a unit are kept and scored as others are (FCT-08,
/// FCT-04).</summary>
public sealed class DerivedFreezeTests
{
    private const string Machines = """
        kind: Scope
        name: machines
        where: {ServiceName: Machines}
        ---
        kind: DriverForecast
        name: tokens
        from: 2026-04-01
        months: 1
        currency: USD
        scope: machines
        demand: {start: 100}
        price: {start: 12.00}
        assumes: [The contract stays.]

        """;

    private static readonly string[] Quarter = ["2026-01", "2026-02", "2026-03"];

    [Fact]
    public async Task EX_FCT_3_versions_of_a_driver_forecast_drift_and_are_scored_by_the_charges_of_their_scope()
    {
        using var books = new BookedCharges(Machines, Charges("2026-01", "2026-02", "2026-03"));
        await FreezeAsync(
            books,
            "forecast",
            "freeze-drivers",
            "tokens",
            "--author",
            "anna",
            "--assume",
            "No new model"
        );
        Rules(books, Machines.Replace("12.00", "12.60"));
        await FreezeAsync(books, "forecast", "freeze-drivers", "tokens", "--author", "ben");
        Assert.All(await RowsAsync(books), row => Assert.Equal("0", Text(row, "scored")));
        books.Take(Charges("2026-04", "2026-05"));

        var rows = await RowsAsync(books);
        Assert.Equal(["1", "2"], rows.Select(row => Text(row, "version")));
        Assert.Equal(["null", "5"], rows.Select(row => Text(row, "driftPercent")));
        // April had 30 days of 40: 1,200. The other service of the books is not in the scope.
        Assert.Equal(["0", "5"], rows.Select(row => Text(row, "wapePercent")));
        Assert.Equal(["0", "4.7619"], rows.Select(row => Text(row, "variancePercent")));
        // Every quantile said 1,260 of 1,200: (54 + 30 + 6) / 3.
        Assert.Equal(["0", "30"], rows.Select(row => Text(row, "pinball")));
        Assert.Equal(["anna", "ben"], rows.Select(row => row.GetProperty("author").GetString()));
        Assert.Equal(
            "No new model; The contract stays.; demand 100; price 12",
            rows[0].GetProperty("assumptions").GetString()
        );
        Assert.Equal("for the case", rows[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task FCT_08_the_table_of_a_name_tells_author_day_reason_assumptions_and_pinball()
    {
        using var books = new BookedCharges(Machines, Charges(Quarter));
        await FreezeAsync(books, "forecast", "freeze-drivers", "tokens", "--as", "case", "--author", "anna");
        books.Take(Charges("2026-04", "2026-05"));
        var table = await books.RunAsync("forecast", "accuracy", "case", "--draft", "--format", "table");
        var said = string.Join(' ', table.Out.Split(' ', '\n'));
        Assert.Contains($"Version 1, frozen on {TimeProvider.System.GetUtcNow():yyyy}", said);
        Assert.Contains("by anna, known through 2026-03-30. Reason: for the case.", said);
        Assert.Contains("Mean pinball 0.00 USD.", said);
        Assert.Contains("Assumes: The contract stays.; demand 100; price 12.", said);
        Assert.Contains("pinball", said);
        var other = await books.RunAsync("forecast", "freeze", "case", "--reason", "why", "--draft");
        Assert.Contains("answers another question", other.Error);
    }

    [Fact]
    public async Task Without_a_scope_versions_are_only_compared_and_that_is_said()
    {
        using var books = new BookedCharges(Machines.Replace("scope: machines\n", ""), Charges(Quarter));
        var frozen = await FreezeAsync(books, "forecast", "freeze-drivers", "tokens");
        Assert.Contains("It names no scope", frozen.Error);
        books.Take(Charges("2026-04", "2026-05"));
        Assert.Equal("0", Text((await RowsAsync(books))[0], "scored"));
    }

    [Fact]
    public async Task FCT_08_a_unit_cost_forecast_is_scored_by_the_cost_and_the_demand_that_came()
    {
        using var books = new BookedCharges(
            """
            kind: Series
            name: orders
            unit: orders
            source: Shop
            time: Month
            value: Orders
            ---
            kind: UnitMetric
            name: cost-per-order
            unit: order
            currency: USD
            series: orders
            where: {ServiceName: Machines}
            level: tco
            other: [{name: rent, perMonth: 60}]

            """,
            Charges(Quarter)
        );
        await LoadAsync(books, "2026-01,1240\n2026-02,1120\n2026-03,1240\n");
        await FreezeAsync(books, "units", "freeze", "cost-per-order", "--months", "3");
        books.Take(Charges("2026-04", "2026-05"));
        // Its demand is not known yet, so nothing is scored, and nothing is taken for zero.
        Assert.Equal("0", Text((await RowsAsync(books))[0], "scored"));
        await LoadAsync(books, "2026-04,1000\n2026-05,1000\n");

        var row = (await RowsAsync(books, "cost-per-order")).Single(one =>
            one.GetProperty("start").GetString() == "2026-04-01"
        );
        // April: 30 days of 40, and 60 of rent, for 1,000 orders.
        Assert.Equal("1.26", Text(row, "actual"));
        Assert.InRange(row.GetProperty("forecast").GetDecimal(), 0.9m, 1.2m);
    }

    private static IEnumerable<SomeCharge> Charges(params string[] months) =>
        months
            .SelectMany(month => BookedCharges.EachDay(month, "40"))
            .SelectMany(charge => new[] { charge, charge with { Service = "Vault", Cost = "7" } });

    private static void Rules(BookedCharges books, string rules) =>
        File.WriteAllText(Path.Combine(books.RulebookFolder, "rules.yaml"), rules.ReplaceLineEndings("\n"));

    private static async Task LoadAsync(BookedCharges books, string points)
    {
        File.WriteAllText(books["points.csv"], "Month,Orders\n" + points);
        var loaded = await books.RunAsync("series", "load", books["points.csv"], "--name", "orders");
        Assert.True(loaded.ExitCode == 0, loaded.ToString());
    }

    private static async Task<BursarResult> FreezeAsync(BookedCharges books, params string[] args)
    {
        var frozen = await books.RunAsync([.. args, "--reason", "for the case", "--draft"]);
        Assert.True(frozen.ExitCode == ExitCode.Fine, frozen.ToString());
        return frozen;
    }

    private static async Task<IReadOnlyList<JsonElement>> RowsAsync(BookedCharges books, params string[] name)
    {
        var told = await books.RunAsync(["forecast", "accuracy", .. name, "--format", "json", "--draft"]);
        Assert.True(told.ExitCode == ExitCode.Fine, told.ToString());
        return [.. TableRows.Of(JsonDocument.Parse(told.Out).RootElement.Clone())];
    }

    private static string Text(JsonElement row, string field) => row.GetProperty(field).GetRawText();
}
