using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Tests.Support;
using Bursar.Understand.Inventory;

namespace Bursar.Tests.Inventory;

/// <summary>Cost is followed to items, applications and owners; nothing is lost on the way (DAT-06).</summary>
public sealed class OrphansTests
{
    /// <summary>The example of the README.</summary>
    private const string Rules = """
        kind: Organisation
        name: company
        applications:
          - {id: shop, owner: anna}
          - {id: till}
        owners:
          - {id: anna}
          - {id: bert}
        ---
        kind: ConfigurationItems
        name: cmdb
        items:
          - {id: CI-1, resource: vm-1, application: shop}
          - {id: CI-3, resource: vm-3}
          - {id: CI-4, resource: VM-4, application: till}
          - {id: CI-5, account: lab, application: till, owner: anna, to: 2026-03-16}
          - {id: CI-5, account: lab, application: till, from: 2026-03-16}
          - {id: CI-9, resource: vm-9, application: shop}
          - {id: CI-10, resource: vm-1b, application: shop, to: 2026-03-01}
        """;

    private static readonly DateRange March = DateRange.Of(new BillingPeriod(2026, 3));

    [Fact]
    public void Linked_and_orphan_cost_sum_to_the_total_to_the_last_digit()
    {
        using var books = new BookedCharges(
            Rules,
            Charge(1, "100.01", "vm-1"),
            Charge(1, "50.020000000000000001", "vm-2"),
            Charge(1, "20.03", "vm-3"),
            Charge(1, "10.04", "vm-4"),
            new SomeCharge(new DateOnly(2026, 3, 2), "-5") { Category = "Credit" }
        );
        var orphans = Find(books);
        var cost = Assert.Single(orphans.Costs);
        Assert.Equal(
            [
                "Linked 100.01",
                "NoItem 50.020000000000000001",
                "NoApplication 20.03",
                "NoOwner 10.04",
                "TaxAndCredits -5",
            ],
            cost.Parts.Select(part => $"{part.Link} {part.Cost}")
        );
        Assert.Equal("175.100000000000000001", cost.Total.Amount.ToString());
        Assert.Equal(cost.Total.Amount, cost.Parts.Aggregate(Amount.Zero, (sum, part) => sum + part.Cost));
        Assert.Equal(["CI-5", "CI-5", "CI-9"], orphans.Items.Select(item => item.Id));
    }

    [Fact]
    public void An_item_has_the_owner_of_each_day()
    {
        using var books = new BookedCharges(
            Rules,
            new SomeCharge(new DateOnly(2026, 3, 15), "1") { Account = "lab" },
            new SomeCharge(new DateOnly(2026, 3, 16), "2") { Account = "lab" }
        );
        Assert.Equal(
            ["Linked 1", "NoOwner 2"],
            Find(books).Costs[0].Parts.Where(part => !part.Cost.IsZero).Select(part => $"{part.Link} {part.Cost}")
        );
    }

    [Fact]
    public void The_places_shown_one_by_one_and_the_rest_sum_to_the_orphan_cost()
    {
        using var books = new BookedCharges(
            Rules,
            Enumerable.Range(1, 9).Select(i => Charge(i, $"{i}.1", $"disk-{i}"))
        );
        var cost = Find(books, top: 2).Costs[0];
        Assert.Equal(["disk-9", "disk-8", null], cost.Largest.Select(part => part.Resource));
        Assert.Equal("45.9", cost.Largest.Aggregate(Amount.Zero, (sum, part) => sum + part.Cost).ToString());
    }

    [Fact]
    public async Task A_later_export_ends_what_it_no_longer_says_and_last_months_cost_keeps_its_owner()
    {
        using var books = new BookedCharges(
            "",
            new SomeCharge(new DateOnly(2026, 3, 10), "1") { Resource = "i-1" },
            new SomeCharge(new DateOnly(2026, 4, 10), "2") { Resource = "i-1" }
        );
        var export = books["cmdb_ci.csv"];
        const string Headings = "sys_id,name,sys_class_name,correlation_id,u_application,owned_by\n";
        await File.WriteAllTextAsync(
            export,
            Headings + "a1,web,server,i-1,shop,anna\na2,\"old, box\",server,i-2,shop,anna\n",
            Cancel
        );
        Assert.Contains("2 new, 0 changed", (await Import("organisation", "import", export)).Error);
        Assert.Contains(
            "0 new, 0 changed, 0 ended",
            (await Import("organisation", "import", export, "--from", "2026-03-20")).Error
        );
        await File.WriteAllTextAsync(
            export,
            Headings + "a1,web,server,i-1,shop,bert\na3,new,server,i-3,shop,bert\n",
            Cancel
        );
        Assert.Contains(
            "1 new, 1 changed, 1 ended",
            (await Import("organisation", "import", export, "--from", "2026-04-01")).Error
        );
        Assert.Equal(
            """
            id,name,class,resource,account,application,owner,from,to
            a1,web,server,i-1,,shop,anna,,2026-04-01
            a1,web,server,i-1,,shop,bert,2026-04-01,
            a2,"old, box",server,i-2,,shop,anna,,2026-04-01
            a3,new,server,i-3,,shop,bert,2026-04-01,

            """.ReplaceLineEndings("\n"),
            await File.ReadAllTextAsync(Path.Combine(books.RulebookFolder, "cmdb.csv"), Cancel)
        );
        var march = await books.RunAsync("orphans", "--month", "2026-03", "--format", "json", "--draft");
        using var answer = JsonDocument.Parse(march.Out);
        var linked = answer.RootElement.GetProperty("cost")[0];
        Assert.Equal("linked 1", $"{linked.GetProperty("link")} {linked.GetProperty("cost")}");

        async Task<BursarResult> Import(params string[] args)
        {
            var result = await books.RunAsync(args);
            Assert.True(result.ExitCode == 0, result.Error);
            return result;
        }
    }

    [Theory]
    [InlineData(
        "backstage.json",
        """[{"kind":"Resource","metadata":{"name":"db","annotations":{"aws.amazon.com/arn":"i-1"}},"spec":{"owner":"anna","system":"shop"}}]"""
    )]
    [InlineData(
        "servicenow.json",
        """{"result":[{"sys_id":"1","name":"db","correlation_id":"i-1","business_application":{"display_value":"shop","link":"https://x"},"owned_by":"anna"}]}"""
    )]
    [InlineData("plain.csv", "\uFEFFName;Resource ID;Application;Team\r\ndb;i-1;shop;anna\r\n")]
    public async Task Exports_are_read_by_their_own_headings(string name, string text)
    {
        using var books = new BookedCharges("", new SomeCharge(new DateOnly(2026, 3, 10), "7") { Resource = "i-1" });
        await File.WriteAllTextAsync(books[name], text, Cancel);
        var imported = await books.RunAsync("organisation", "import", books[name]);
        Assert.True(imported.ExitCode == 0, imported.Error);
        Assert.Equal("7", Find(books).Costs[0].Parts[0].Cost.ToString());
    }

    [Theory]
    [InlineData("x.csv", "colour,size\nred,1\n", "rulebook/no-item-id")]
    [InlineData("x.csv", "id,from\na,yesterday\n", "rulebook/bad-date")]
    [InlineData("x.json", "{\"a\": 1}", "rulebook/bad-json")]
    [InlineData("x.csv", "id,name\n", "organisation/nothing-to-import")]
    public async Task A_file_that_is_no_register_is_refused_with_its_place(string name, string text, string code)
    {
        using var books = new BookedCharges("", new SomeCharge(new DateOnly(2026, 3, 1), "1"));
        await File.WriteAllTextAsync(books[name], text, Cancel);
        var refused = await books.RunAsync("organisation", "import", books[name]);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(code, refused.Error);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Orphans Find(BookedCharges books, int top = 20) =>
        new FindOrphans(books.View).Of(March, top, Cancel);

    private static SomeCharge Charge(int day, string cost, string resource) =>
        new(new DateOnly(2026, 3, day), cost) { Resource = resource };
}
