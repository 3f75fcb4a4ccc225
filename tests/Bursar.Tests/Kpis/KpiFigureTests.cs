using System.Globalization;
using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;

namespace Bursar.Tests.Kpis;

/// <summary>KPIs whose inputs are forecasts, anomalies, decisions and hours (KPI-02, KPI-06, KPI-08, KPI-09).</summary>
public sealed class KpiFigureTests
{
    private static readonly string[] Months = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"];

    /// <summary>140 a day; in April the vault costs 14 a day more than before.</summary>
    private static readonly SomeCharge[] Costs =
    [
        .. Months.SelectMany(month => BookedCharges.EachDay(month, "100")),
        .. Months
            .SelectMany(month => BookedCharges.EachDay(month, month == "2026-04" ? "54" : "40"))
            .Select(charge => charge with { Service = "Vault" }),
    ];

    [Fact]
    public async Task A_frozen_forecast_gives_variance_drift_WAPE_bias_and_coverage()
    {
        using var books = new BookedCharges(
            "kind: Budget\nname: all\ncurrency: USD\namounts: {2026-04: 5000}\n",
            Costs
        );
        foreach (var known in (string[])["2026-02-28", "2026-03-31"])
            await FreezeAsync(books, known);
        // April was forecast at 30 × 140 = 4,200, and came to 30 × 154 = 4,620.
        Assert.Equal("-10", await ValueAsync(books, "K024", "2026-04"));
        Assert.Equal("16", await ValueAsync(books, "K023", "2026-04"));
        Assert.Equal("0", await ValueAsync(books, "K026", "2026-04"));
        // With March, which came as it was forecast: 420 of 8,960.
        Assert.Equal("4.6875", await ValueAsync(books, "K093", "2026-04"));
        Assert.Equal("-4.6875", await ValueAsync(books, "K094", "2026-04"));
        Assert.Equal("100", await ValueAsync(books, "K095", "2026-04"));
        var why = (await ShowAsync(books, "K024", "2026-02")).GetProperty("why").GetString();
        Assert.Contains("no forecast of all cost that speaks of 2026-02 was frozen before it", why);
    }

    [Fact]
    public async Task FCT_04_the_parts_of_a_frozen_forecast_are_scored_by_themselves()
    {
        using var books = new BookedCharges("", Costs);
        await FreezeAsync(books, "2026-03-31");
        var lines = (await RunAsync(books, ["forecast", "accuracy", "board", "--parts", "--format", "csv"])).Split(
            '\n'
        );
        Assert.Contains(
            lines,
            line => line.StartsWith("board,1,Machines,2,6100,6100,0,0,0,", StringComparison.Ordinal)
        );
        // March of the vault came as forecast; April 1,620 against 1,200.
        Assert.Contains(lines, line => line.StartsWith("board,1,Vault,2,2440,2860,-17.2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task KPI_09_spend_that_somebody_looked_at_and_acted_on_counts_once()
    {
        using var books = new BookedCharges(
            """
            kind: Budget
            name: vault
            where: {ServiceName: Vault}
            currency: USD
            amounts: {2026-05: 1000}
            ---
            kind: Budget
            name: vault-again
            where: {ServiceName: [Vault, Machines], ChargeDescription: Use, SkuId: null}
            currency: USD
            amounts: {2026-05: 1000}
            """,
            Costs
        );
        Assert.Equal("0", await ValueAsync(books, "K107", "2026-05"));
        await RunAsync(books, ["budgets", "overage", "vault", "--period", "2026-05", "--reason", "looked", "--draft"]);
        // 1,240 of 4,340: looked at, and nothing was done yet.
        Assert.StartsWith("28.5714", await ValueAsync(books, "K107", "2026-05"));
        Assert.Equal("0", await AlsoAsync(books, "K107", "2026-05"));
        string[] next = ["budgets", "overage", "vault", "--period", "2026-05", "--reason", "why", "--draft"];
        await RunAsync(books, [.. next, "--outcome", "not-enough"]);
        await RunAsync(books, [.. next, "--step", "optimise"]);
        Assert.StartsWith("28.5714", await AlsoAsync(books, "K107", "2026-05"));
        string[] again = ["budgets", "overage", "vault-again", "--period", "2026-05", "--reason", "all", "--draft"];
        await RunAsync(books, again);
        Assert.Equal("100", await ValueAsync(books, "K107", "2026-05"));
        Assert.StartsWith("28.5714", await AlsoAsync(books, "K107", "2026-05"));
    }

    [Fact]
    public async Task KPI_08_hours_of_engineers_come_from_a_file_and_have_a_trend()
    {
        using var books = new BookedCharges(
            """
            kind: Series
            name: cost-hours
            unit: hours
            source: Calendar, meetings and tickets of the cost project
            time: Day
            value: Hours
            by: {team: Team, kind: Kind}
            ---
            kind: KpiInput
            name: engineering_hours
            series: cost-hours
            ---
            kind: KpiInput
            name: engineers
            value: 20
            on: 2026-01-01
            owner: us
            source: Headcount
            ---
            kind: Organisation
            name: company
            owners: [{id: us}]
            """,
            Costs
        );
        var file = Path.Combine(books.RulebookFolder, "..", "hours.csv");
        File.WriteAllText(
            file,
            "Day,Team,Kind,Hours\n2026-03-02,web,ticket,30\n2026-03-09,data,survey,20\n2026-04-07,web,calendar,35\n"
        );
        await RunAsync(books, ["series", "load", file, "--name", "cost-hours", "--draft"]);
        var lines = (await TrendAsync(books)).Split('\n');
        Assert.StartsWith("2026-03,2.5,hours per engineer,,", lines[1]);
        Assert.StartsWith("2026-04,1.75,hours per engineer,-0.75,", lines[2]);
        Assert.StartsWith("2026-05,,hours per engineer,,", lines[3]);
        Assert.Contains("the series cost-hours has no figure for 2026-05", lines[3]);
        var said = await books.RunAsync("kpis", "trend", "K110", "--month", "2026-04", "--draft");
        Assert.Contains(
            "fell from 2.50 in March 2026 to 1.75 hours per engineer in April 2026.",
            string.Join(' ', said.Out.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        );
    }

    [Fact]
    public async Task What_was_odd_says_how_soon_it_was_told_what_it_cost_and_how_often_that_was_right()
    {
        var random = new Random(3);
        var charges = Enumerable
            .Range(0, 150)
            .SelectMany(day =>
                new[] { ("Machines", 100), ("Disks", 60) }.Select(one =>
                {
                    var cost =
                        one.Item2 * (0.97 + (0.06 * random.NextDouble())) * (day == 140 && one.Item2 == 100 ? 5 : 1);
                    return new SomeCharge(
                        new DateOnly(2026, 1, 12).AddDays(day),
                        cost.ToString("F2", CultureInfo.InvariantCulture)
                    )
                    {
                        Service = one.Item1,
                        Account = "shop",
                    };
                })
            );
        using var books = new BookedCharges("", charges);
        Assert.Equal("24", await ValueAsync(books, "K116", "2026-06"));
        var before = (await ShowAsync(books, "K117", "2026-06")).GetProperty("why").GetString();
        Assert.Contains("nobody has said of anything that began in 2026-06 what it was", before);
        var found = JsonDocument.Parse(await RunAsync(books, ["anomalies", "--draft", "--format", "json"])).RootElement;
        var one = Assert.Single(found.GetProperty("anomalies").EnumerateArray());
        var excess = Amount.Parse(one.GetProperty("excess").GetRawText());
        Assert.Equal(excess, Amount.Parse((await ValueAsync(books, "K018", "2026-06"))!));
        await RunAsync(
            books,
            ["anomalies", "resolve", one.GetProperty("id").GetString()!, "--as", "true", "--cause", "a loop", "--draft"]
        );
        Assert.Equal("100", await ValueAsync(books, "K117", "2026-06"));
        Assert.Equal("100", await AlsoAsync(books, "K117", "2026-06"));
        Assert.Contains("no kind: Alert", (await ShowAsync(books, "K118", "2026-06")).GetProperty("why").GetString());
    }

    private static Task<string> TrendAsync(BookedCharges books) =>
        RunAsync(books, ["kpis", "trend", "K110", "--month", "2026-05", "--draft", "--format", "csv"]);

    private static async Task<string?> ValueAsync(BookedCharges books, string kpi, string month) =>
        (await ShowAsync(books, kpi, month)).GetProperty("value").GetRawText();

    private static async Task<string?> AlsoAsync(BookedCharges books, string kpi, string month) =>
        (await ShowAsync(books, kpi, month)).GetProperty("also")[0].GetProperty("value").GetRawText();

    private static async Task<JsonElement> ShowAsync(BookedCharges books, string kpi, string month) =>
        JsonDocument
            .Parse(await RunAsync(books, ["kpis", "show", kpi, "--month", month, "--draft", "--format", "json"]))
            .RootElement;

    private static Task<string> FreezeAsync(BookedCharges books, string known)
    {
        string[] command = ["forecast", "freeze", "board", "--reason", "why", "--by", "ServiceName", "--to", "2026-06"];
        return RunAsync(books, [.. command, "--known-through", known]);
    }

    private static async Task<string> RunAsync(BookedCharges books, string[] args)
    {
        var result = await books.RunAsync(args);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Out;
    }
}
