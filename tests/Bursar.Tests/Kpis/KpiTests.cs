using System.Text.Json;
using Bursar.Cli;
using Bursar.Quantify.Kpis;
using Bursar.Rulebooks;
using Bursar.Tests.Support;

namespace Bursar.Tests.Kpis;

/// <summary>KPIs as data, thresholds, baselines, benchmarks (KPI-01 to KPI-06).</summary>
public sealed class KpiTests
{
    private static readonly SomeCharge[] Charges =
    [
        .. BookedCharges.EachDay("2026-01", "10"),
        .. BookedCharges.EachDay("2026-01", "5").Select(charge => charge with { Service = "Vault" }),
    ];

    /// <summary>KPI-02: all of the catalogue, each with a formula that can be read.</summary>
    [Fact]
    public void All_149_KPIs_are_there_and_use_inputs_that_are_explained()
    {
        var book = KpiBook.Of(Rulebook.Empty);
        Assert.Equal(Enumerable.Range(1, 149).Select(i => $"K{i:000}"), book.Kpis.Select(kpi => kpi.Id));
        foreach (var name in book.Kpis.SelectMany(kpi => KpiFormula.Read(kpi.Formula!).Inputs))
            Assert.False(string.IsNullOrEmpty(book.Input(name)?.Means), name);
        Assert.Equal(88, book.Kpis.Count(kpi => kpi.Source!.StartsWith("FinOps Foundation", StringComparison.Ordinal)));
        Assert.All(
            ["K016", "K024", "K029", "K031", "K033", "K040", "K044", "K080", "K088"],
            id => Assert.NotNull(book.Require(id).Corrected)
        );
        Assert.All(["K024", "K031", "K033"], id => Assert.NotEmpty(book.Require(id).Also));
        Assert.Equal(5, book.Require("K093").Thresholds[0].Run);
    }

    [Fact]
    public void Their_groups_and_directions_are_those_of_the_catalogue()
    {
        var lines = File.ReadAllLines(SharedFolder.Need("domain", "kpis.csv")).Skip(1).ToList();
        var book = KpiBook.Of(Rulebook.Empty);
        Assert.Equal(lines.Count, book.Kpis.Count);
        foreach (var line in lines.Where(line => line.Contains(",↑,", StringComparison.Ordinal)))
            Assert.Equal(KpiDirection.Higher, book.Require(line[..4]).Direction);
    }

    [Fact]
    public async Task What_is_missing_is_named_with_the_way_to_give_it_and_is_never_zero()
    {
        using var books = new BookedCharges("", Charges);
        var shown = await ShowAsync(books, "K088");
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("value").ValueKind);
        Assert.Equal("0", shown.GetProperty("coveragePercent").GetRawText());
        var why = shown.GetProperty("why").GetString()!;
        Assert.Contains("[personas_trained] is missing (People who were trained)", why);
        Assert.Contains("write kind: KpiInput, name: personas_trained", why);
        var zero = await ShowAsync(books, "K123");
        Assert.Contains("Cost of AI services is 0, and nothing is divided by 0", zero.GetProperty("why").GetString());
    }

    [Fact]
    public async Task Somebody_gives_inputs_adds_a_KPI_and_overrides_thresholds_in_YAML()
    {
        using var books = new BookedCharges(
            """
            kind: KpiInput
            name: personas_trained
            value: 45
            on: 2026-01-10
            owner: anna
            ---
            kind: KpiInput
            name: personas_to_train
            value: 60
            on: 2026-01-01
            ---
            kind: KpiInput
            name: vault_cost
            means: Cost of the vault
            unit: currency
            cost: {where: {ServiceName: Vault}}
            ---
            kind: Kpi
            name: vault-share
            formula: "100 * [vault_cost] / [cost_total]"
            unit: "%"
            direction: lower
            ---
            kind: Kpi
            name: personas-trained
            thresholds:
              - {revision: "7", level: run, crawl: 50, walk: 70, run: 90, source: board}

            """,
            Charges
        );
        var trained = await ShowAsync(books, "personas-trained");
        Assert.Equal("75", trained.GetProperty("value").GetRawText());
        Assert.Equal("100 * 45 / 60 = 75", trained.GetProperty("worked").GetString());
        Assert.Equal("walk", trained.GetProperty("level").GetString());
        Assert.Equal("90", trained.GetProperty("target").GetRawText());
        Assert.Equal("crawl 50, walk 70, run 90; revision 7, board", trained.GetProperty("thresholds").GetString());
        var own = await ShowAsync(books, "vault-share");
        Assert.Equal("33.333333333333333333", own.GetProperty("value").GetRawText());
        var list = await books.RunAsync("kpis", "--draft", "--format", "csv");
        Assert.Contains("vault-share", list.Out);
        Assert.Contains("of 150 KPIs can be computed", list.Error);
    }

    // KPI-03
    [Fact]
    public async Task A_scope_has_its_own_figure_and_thresholds()
    {
        using var books = new BookedCharges(
            """
            kind: Scope
            name: vault
            where: {ServiceName: Vault}
            ---
            kind: KpiInput
            name: vault_cost
            cost: {where: {ServiceName: Vault}}
            ---
            kind: Kpi
            name: vault-share
            formula: "100 * [vault_cost] / [cost_total]"
            direction: lower
            thresholds:
              - {level: run, run: 40}
              - {revision: "of scope", scope: vault, level: walk, walk: 120, run: 90}

            """,
            Charges
        );
        Assert.Equal("run", (await ShowAsync(books, "vault-share")).GetProperty("level").GetString());
        var scope = await ShowAsync(books, "vault-share", "--scope", "vault");
        Assert.Equal("100", scope.GetProperty("value").GetRawText());
        Assert.Equal("walk", scope.GetProperty("level").GetString());
        Assert.Equal("120", scope.GetProperty("target").GetRawText());
        Assert.Contains("revision of scope, scope vault", scope.GetProperty("thresholds").GetString());
        var all = await ShowAsync(books, "K003", "--scope", "vault");
        Assert.Contains("it is known of all cost only", all.GetProperty("why").GetString());
        // Nobody owns anything here, and nobody the vault's part of it.
        Assert.Equal("100", (await ShowAsync(books, "K001", "--scope", "vault")).GetProperty("value").GetRawText());
        Assert.Equal("0", (await ShowAsync(books, "K089", "--scope", "vault")).GetProperty("value").GetRawText());
    }

    // KPI-04
    [Fact]
    public async Task A_baseline_is_frozen_and_later_figures_are_compared_with_it()
    {
        using var books = new BookedCharges("", Charges);
        var frozen = await books.RunAsync("kpis", "freeze", "K145", "--reason", "before the move", "--format", "csv");
        Assert.True(frozen.ExitCode == 0, frozen.ToString());
        Assert.Contains("security-share,2026-01,,0,%", frozen.Out);
        books.Take(BookedCharges.EachDay("2026-02", "1"));
        var shown = await ShowAsync(books, "K145");
        Assert.Equal("2026-02", shown.GetProperty("month").GetString());
        Assert.Contains("0 % of 2026-01, frozen", shown.GetProperty("baseline").GetString());
        Assert.Contains("before the move", shown.GetProperty("baseline").GetString());
        var missing = await books.RunAsync("kpis", "freeze", "pue", "--reason", "x");
        Assert.Equal(ExitCode.Findings, missing.ExitCode);
        Assert.Contains("kpis/not-computable", missing.Error);
    }

    [Fact]
    public async Task EX_SAV_2_a_saving_against_the_frozen_baseline_KPI_04_is_at_the_volume_of_now()
    {
        using var books = new BookedCharges(
            """
            kind: KpiInput
            name: product_cost
            cost: {}
            ---
            kind: KpiInput
            name: product_units
            cost: {measure: ConsumedQuantity, unit: Hours}

            """,
            new SomeCharge(new(2026, 1, 31), "100") { Used = ("Use", "1000", "Hours") },
            new SomeCharge(new(2026, 2, 28), "84") { Used = ("Use", "1200", "Hours") }
        );
        string[] freeze = ["kpis", "freeze", "K139", "--month", "2026-01", "--reason", "before", "--draft"];
        var frozen = await books.RunAsync(freeze);
        Assert.True(frozen.ExitCode == 0, frozen.ToString());
        var now = await ShowAsync(books, "K139", "--month", "2026-02");
        Assert.Equal("0.07", now.GetProperty("value").GetRawText());
        Assert.Equal("36", now.GetProperty("savedAtVolumeOfNow").GetRawText());
        Assert.Equal("16", now.GetProperty("savedNaively").GetRawText());
    }

    // KPI-05
    [Fact]
    public async Task A_benchmark_says_whom_it_describes_and_that_it_is_stale()
    {
        using var books = new BookedCharges(
            """
            kind: Benchmark
            name: old
            kpi: security-share
            population: 12 insurers
            date: 2020-01-01
            source: Survey
            confidence: low
            expires: 2021-01-01
            median: 4

            """,
            Charges
        );
        var said = (await ShowAsync(books, "K145")).GetProperty("benchmarks")[0].GetString();
        Assert.Equal("STALE since 2021-01-01: median 4 of 12 insurers, 2020-01-01, Survey, low confidence", said);
    }

    // KPI-05
    [Fact]
    public async Task Peers_are_ranked_and_a_group_that_is_too_small_is_suppressed()
    {
        using var books = new BookedCharges(
            "",
            Enumerable
                .Range(1, 6)
                .Select(i => new SomeCharge(new(2026, 1, 31), "10")
                {
                    Account = $"a{i}",
                    List = (10 + i).ToString(System.Globalization.CultureInfo.InvariantCulture),
                })
        );
        var peers = await books.RunAsync("kpis", "peers", "K033", "--by", "SubAccountId", "--format", "csv");
        Assert.True(peers.ExitCode == 0, peers.ToString());
        Assert.Contains("a1,,9.090909090909090909,%,0,8.333333333333333", peers.Out);
        // The best stands first.
        Assert.StartsWith("a6,", peers.Out.Split('\n')[1], StringComparison.Ordinal);
        var told = await books.RunAsync("kpis", "peers", "K033", "--by", "SubAccountId");
        Assert.Contains(
            "of 6 peers by SubAccountId, a6 with 37.50 %",
            string.Join(' ', told.Out.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        );
        var few = await books.RunAsync(
            "kpis",
            "peers",
            "K033",
            "--by",
            "SubAccountId",
            "--min",
            "7",
            "--format",
            "csv"
        );
        Assert.Contains("suppressed: a group of 6, and at least 7 are needed", few.Out);
    }

    private static readonly string[] Codes =
    [
        "unknown-kpi-input",
        "kpi-formula",
        "kpi-aim",
        "kpi-input-name",
        "kpi-input-ways",
        "kpi-input-day",
        "unknown-kpi",
        "benchmark-empty",
        "kpi-input-circle",
        "kpi-id",
        "kpi-thresholds",
        "unit-target",
    ];

    [Fact]
    public async Task Mistakes_are_told_at_their_place()
    {
        using var folder = new TempFolder();
        folder.Write(
            "rules.yaml",
            """
            kind: Kpi
            name: wrong
            formula: "[cost_totl] / 'a'"
            direction: nearest
            ---
            kind: Kpi
            name: none
            ---
            kind: KpiInput
            name: a-b
            value: 3
            figure: trust-percent
            ---
            kind: KpiInput
            name: idle_cost
            formula: "[idle_cost] + [cost_total]"
            ---
            kind: Kpi
            name: second
            id: K001
            formula: "[cost_total]"
            ---
            kind: Kpi
            name: allocated-cost
            thresholds:
              - {level: walk, crawl: 10, walk: 20, run: 15}
            ---
            kind: Series
            name: orders
            unit: orders
            source: us
            time: Month
            value: Orders
            ---
            kind: UnitMetric
            name: cheap
            unit: order
            series: orders
            target: {value: -1}
            ---
            kind: Benchmark
            name: soon
            kpi: unallocated-cost
            population: all
            date: 2026-01-01
            source: x
            median: 3
            ---
            kind: Benchmark
            name: empty
            kpi: unallocated-costs
            population: all
            date: 2026-01-01
            source: x
            expires: 2027-01-01

            """
        );
        var said = (await ShellTest.RunAsync("check", "--rulebook", folder.Path)).ToString();
        foreach (var code in Codes)
            Assert.Contains(code, said);
        Assert.Contains("Did you mean \"cost_total\"?", said);
        // What follows from a missing key is not a mistake of its own.
        Assert.DoesNotContain("stale before its own day", said);
    }

    private static async Task<JsonElement> ShowAsync(BookedCharges books, string kpi, params string[] more)
    {
        var shown = await books.RunAsync(["kpis", "show", kpi, "--draft", "--format", "json", .. more]);
        Assert.True(shown.ExitCode == 0, shown.ToString());
        using var json = JsonDocument.Parse(shown.Out);
        return json.RootElement.Clone();
    }
}
