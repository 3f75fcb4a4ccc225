using System.Text.Json;
using Bursar.Tests.Support;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Warehouse.Queries;
using Bursar.Web;

namespace Bursar.Tests.Reporting;

/// <summary>What went live is marked on charts of cost and of the cost of a unit (ENG-08).</summary>
public sealed class DeploymentTests
{
    private const string Rules = """
        kind: AllocationRule
        order: 1
        name: applications
        when: {Tags/app: {not: null}}
        set:
          x_Application: "{Tags/app}"
        ---
        kind: Series
        name: orders
        unit: orders
        source: Order management
        time: Month
        value: Orders
        ---
        kind: UnitMetric
        name: cost-per-order
        unit: order
        where: {x_Application: shop}
        series: orders
        ---
        kind: BusinessService
        name: selling
        parts:
          - {name: shop, layer: cloud, basis: metered, where: {x_Application: shop}}

        """;

    private const string Pipeline =
        """{"app":"shop","tag":"v2","deployed_at":"2026-03-05T23:30:00-01:00","actor":"pipeline","url":"https://ci.example/7"}"""
        + "\n"
        + """{"app":"billing","tag":"9.1","deployed_at":"2026-03-07"}"""
        + "\n";

    private static readonly SomeCharge[] Charges =
    [
        .. BookedCharges.EachDay("2026-03", "10").Select(charge => charge with { Tags = ["app", "shop"] }),
        .. BookedCharges.EachDay("2026-03", "4").Select(charge => charge with { Tags = ["app", "billing"] }),
    ];

    [Fact]
    public async Task A_pipeline_tells_a_deployment_and_telling_it_twice_is_telling_it_once()
    {
        using var books = new BookedCharges(Rules, Charges);
        string[] add =
        [
            "deployments",
            "add",
            "shop",
            "v3, \"final\"",
            "--at",
            "2026-03-09T14:05Z",
            "--by",
            "ci",
            "--environment",
            "production",
        ];
        Assert.Equal(0, (await books.RunAsync(add)).ExitCode);
        Assert.Contains("Nothing to do", (await books.RunAsync(add)).Error);
        Assert.Equal(
            ["2026-03-09T14:05:00Z", "shop", "v3, \"final\"", "production", "ci", null],
            Assert.Single(await ListAsync(books))
        );
        Assert.Empty(await ListAsync(books, "--from", "2026-03-10"));
        Assert.Empty(await ListAsync(books, "--as-of", "#1"));
    }

    [Fact]
    public async Task A_file_of_a_pipeline_is_taken_as_it_comes_and_a_time_is_told_in_UTC()
    {
        using var books = await BooksAsync();
        Assert.Equal(
            ["2026-03-06T00:30:00Z shop v2", "2026-03-07T00:00:00Z billing 9.1"],
            (await ListAsync(books)).Select(one => string.Join(' ', one.Take(3)))
        );
    }

    [Fact]
    public async Task A_list_kept_in_git_grows_is_taken_again_and_stays_one_list()
    {
        using var books = new BookedCharges(Rules, Charges);
        var file = Path.Combine(books.RulebookFolder, "..", "deployments.csv");
        const string header = "time,service,version,environment,url\n";
        const string old = "2026-03-05T09:00:00Z,shop,v2,production,https://ci.example/7\n";
        File.WriteAllText(file, header + old);
        Assert.Equal(0, (await books.RunAsync("records", "import", file)).ExitCode);
        File.WriteAllText(file, header + old + "2026-03-09T14:05:00+05:30,shop,v3,production,https://ci.example/8\n");
        var grown = await books.RunAsync("records", "import", file);
        Assert.True(grown.ExitCode == 0, grown.ToString());
        Assert.Equal(
            [
                ["2026-03-05T09:00:00Z", "shop", "v2", "production", null, "https://ci.example/7"],
                ["2026-03-09T08:35:00Z", "shop", "v3", "production", null, "https://ci.example/8"],
            ],
            await ListAsync(books)
        );
        Assert.Equal(["shop", "shop"], await ServicesAsync(books, "--where", "x_Application=shop"));
    }

    [Fact]
    public async Task A_chart_shows_what_went_live_of_the_charges_that_are_asked_for()
    {
        using var books = await BooksAsync();
        Assert.Equal(["shop", "billing"], await ServicesAsync(books));
        Assert.Equal(["shop"], await ServicesAsync(books, "--where", "x_Application=shop"));
        Assert.Equal(["billing"], await ServicesAsync(books, "--from", "2026-03-07"));
        var whole = await JsonAsync(books, "costs", "--draft");
        Assert.False(whole.TryGetProperty("deployments", out _), "Without days there is no chart to mark.");
    }

    [Fact]
    public async Task Unit_costs_and_services_have_the_deployments_of_their_own_charges()
    {
        using var books = await BooksAsync();
        var file = Path.Combine(books.RulebookFolder, "..", "orders.csv");
        File.WriteAllText(file, "Month,Orders\n2026-03,100\n");
        await books.RunAsync("series", "load", file, "--as", "orders", "--draft");
        var unit = await JsonAsync(books, "units", "show", "cost-per-order", "--month", "2026-03", "--draft");
        Assert.Equal("shop", Text(Assert.Single(unit.GetProperty("deployments").EnumerateArray()), "service"));
        var services = await JsonAsync(books, "services", "--period", "2026-03", "--draft");
        var selling = Assert.Single(services.GetProperty("services").EnumerateArray());
        Assert.Equal("v2", Text(Assert.Single(selling.GetProperty("deployments").EnumerateArray()), "version"));
    }

    [Fact]
    public void A_mark_stands_in_the_period_that_holds_its_day_and_periods_share_none()
    {
        Deployment[] all =
        [
            Live("a", "2026-03-31T23:59Z"),
            Live("b", "2026-04-01T00:00Z"),
            Live("c", "2026-05-02T00:00Z"),
        ];
        DateOnly[] months = [new(2026, 3, 1), new(2026, 4, 1)];
        var marks = DeploymentTables.Marks(all, months, TimeGrain.Month);
        Assert.Equal([(0, "a 1, 31 Mar 2026"), (1, "b 1, 1 Apr 2026")], marks.Select(mark => (mark.At, mark.Label)));
        Assert.Empty(DeploymentTables.Marks(all, [], TimeGrain.Day));
    }

    [Fact]
    public async Task A_time_that_is_none_and_a_record_without_a_version_are_refused_with_the_remedy()
    {
        using var books = new BookedCharges(Rules, Charges);
        var time = await books.RunAsync("deployments", "add", "shop", "v3", "--at", "yesterday");
        Assert.Equal(2, time.ExitCode);
        Assert.Contains("deployments/bad-time", time.Error);
        var name = await books.RunAsync("deployments", "add", "shop", " ");
        Assert.Contains("deployments/no-name", name.Error);
        var file = Path.Combine(books.RulebookFolder, "..", "bad.csv");
        File.WriteAllText(file, "app,tag,time\nshop,,2026-03-01\nshop,v1,03/04/2026\n");
        var bad = await books.RunAsync("records", "import", file, "--as", "deployments");
        Assert.Contains("Version is empty", bad.Error);
        Assert.Contains("which is not a time, 2026-03-31T14:05:00Z", bad.Error);
    }

    [Fact]
    public async Task Pages_mark_them_and_list_them_below_and_the_address_has_them_all()
    {
        using var books = await BooksAsync();
        var cancel = TestContext.Current.CancellationToken;
        await using var app = BursarWeb.Build(
            new WebOptions(Port: 0),
            services => WebSources.Add(services, books.Workspace, draft: true),
            api => Capabilities.All.ToList().ForEach(capability => capability.Map(api))
        );
        await app.StartAsync(cancel);
        using var client = new HttpClient { BaseAddress = new Uri(BursarWeb.AddressOf(app)) };
        var page = await client.GetStringAsync(
            "/explore?over=day&from=2026-03&to=2026-03&where=x_Application%3Dshop",
            cancel
        );
        Assert.Contains("shop v2, 6 Mar 2026", page);
        Assert.Contains("Deployments marked in the chart", page);
        Assert.Contains("https://ci.example/7", page);
        Assert.DoesNotContain("billing 9.1", page);
        Assert.Contains("shop v2, 6 Mar 2026", await client.GetStringAsync("/services?period=2026-03", cancel));
        var all = JsonDocument.Parse(await client.GetStringAsync("/api/v1/deployments?service=shop", cancel));
        Assert.Equal(1, all.RootElement.GetProperty("rows").GetArrayLength());
        var costs = JsonDocument.Parse(await client.GetStringAsync("/api/v1/costs?over=day", cancel));
        Assert.Equal(2, costs.RootElement.GetProperty("deployments").GetArrayLength());
    }

    private static Deployment Live(string service, string at) =>
        new(service, "1", DateTimeOffset.Parse(at), Environment: null, By: null, Link: null);

    private static async Task<BookedCharges> BooksAsync()
    {
        var books = new BookedCharges(Rules, Charges);
        var file = Path.Combine(books.RulebookFolder, "..", "deployments.jsonl");
        File.WriteAllText(file, Pipeline);
        var result = await books.RunAsync("records", "import", file);
        Assert.True(result.ExitCode == 0, result.Error);
        return books;
    }

    private static async Task<IEnumerable<string?>> ServicesAsync(BookedCharges books, params string[] args) =>
        (await JsonAsync(books, ["costs", "--over", "day", "--draft", .. args]))
            .GetProperty("deployments")
            .EnumerateArray()
            .Select(one => Text(one, "service"));

    private static async Task<List<List<string?>>> ListAsync(BookedCharges books, params string[] args) =>
        [
            .. (await JsonAsync(books, ["deployments", .. args]))
                .GetProperty("rows")
                .EnumerateArray()
                .Select(row => row.EnumerateArray().Select(cell => cell.GetString()).ToList()),
        ];

    private static string? Text(JsonElement record, string field) => record.GetProperty(field).GetString();

    private static async Task<JsonElement> JsonAsync(BookedCharges books, params string[] args)
    {
        var result = await books.RunAsync([.. args, "--format", "json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Out).RootElement;
    }
}
