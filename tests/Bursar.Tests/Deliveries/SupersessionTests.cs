using System.Text.Json;
using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Deliveries;

/// <summary>What a delivery does to those before it is never guessed (DAT-11).</summary>
public sealed class SupersessionTests
{
    [Fact]
    public async Task The_same_content_again_changes_nothing_and_says_so()
    {
        using var test = new BooksTest();
        var a = test.Write("in/a.csv", SomeRow.Csv(new SomeRow("1")));
        test.Write("in/b.csv", SomeRow.Csv(new SomeRow("2")));
        var ids = await test.BookAsync(test.Path + "/in");
        foreach (
            string[] again in new[]
            {
                [test.Path + "/in"],
                [a],
                [a, "--source", "other"],
                (string[])[test.Write("in/renamed.csv", SomeRow.Csv(new SomeRow("1")))],
            }
        )
        {
            var outcome = await test.IngestAsync(again);
            Assert.Equal((0, 0), (outcome.ExitCode, outcome.Deliveries.Count));
            Assert.Contains($"Nothing to do for aws 2026-03: {ids[0]} holds these files already.", outcome.Said);
            Assert.Contains(("aws", "2026-03", ids[0]), outcome.Unchanged);
        }
        Assert.Contains(
            "a.csv is in the books already, as aws. To book it as other",
            (await test.IngestAsync(a, "--source", "other")).Said
        );
        Assert.Equal("3", await test.TotalAsync());
        Assert.Equal(1, (await test.JsonAsync("verify")).GetProperty("entries").GetInt64());
    }

    [Fact]
    public async Task The_same_content_in_one_command_is_read_once()
    {
        using var test = new BooksTest();
        test.Write("in/a.csv", SomeRow.Csv(new SomeRow("1")));
        test.Write("in/copy of a.csv", SomeRow.Csv(new SomeRow("1")));
        var outcome = await test.IngestAsync(test.Path + "/in");
        Assert.Contains("copy of a.csv has the same content as a.csv; it was read once.", outcome.Said);
        Assert.Equal("1", await test.TotalAsync());
    }

    [Fact]
    public async Task Append_adds_with_a_note()
    {
        using var test = new BooksTest();
        var first = await test.BookAsync(test.Write("a.csv", SomeRow.Csv(new SomeRow("10"))));
        var outcome = await test.IngestAsync(test.Write("b.csv", SomeRow.Csv(new SomeRow("11"))));
        Assert.Empty(outcome.Deliveries[0].GetProperty("supersedes").EnumerateArray());
        Assert.Contains($"aws 2026-03 was added to what {first[0]} holds for the same accounts.", outcome.Said);
        Assert.Equal("21", await test.TotalAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_overwrite_or_replace_takes_the_place_of_the_same_period_and_accounts(bool declared)
    {
        using var test = new BooksTest();
        if (declared)
            test.DeclareOverwrite("aws");
        string[] how = declared ? [] : ["--replace"];
        var march = await test.BookAsync(test.Write("march.csv", SomeRow.Csv(new SomeRow("10"))));
        await test.BookAsync(test.Write("april.csv", SomeRow.Csv(new SomeRow("20") { Month = "2026-04" })));
        await test.BookAsync(test.Write("payer2.csv", SomeRow.Csv(new SomeRow("40") { Account = "a2" })));
        await test.BookAsync(test.Write("azure.csv", SomeRow.Csv(new SomeRow("80") { Provider = "Microsoft" })));
        var outcome = await test.IngestAsync([test.Write("march2.csv", SomeRow.Csv(new SomeRow("11"))), .. how]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(
            march[0],
            Assert.Single(outcome.Deliveries[0].GetProperty("supersedes").EnumerateArray()).GetString()
        );
        Assert.Contains("aws 2026-03: 10 USD became 11 USD.", outcome.Said);
        Assert.Equal("151", await test.TotalAsync());
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_partial_overlap_of_accounts_is_refused()
    {
        using var test = new BooksTest();
        test.DeclareOverwrite("aws");
        await test.BookAsync(
            test.Write("both.csv", SomeRow.Csv(new SomeRow("10"), new SomeRow("20") { Account = "a2" }))
        );
        var outcome = await test.IngestAsync(test.Write("one.csv", SomeRow.Csv(new SomeRow("11"))));
        Assert.Equal((1, 0), (outcome.ExitCode, outcome.Deliveries.Count));
        Assert.Contains(
            "Replacing would lose an account, adding would count one twice.",
            Assert.Single(outcome.Refused)
        );
        Assert.Equal("30", await test.TotalAsync());
    }

    [Fact]
    public async Task Part_files_that_share_accounts_are_one_bill_and_are_replaced_as_one()
    {
        using var test = new BooksTest();
        test.DeclareOverwrite("aws");
        SomeRow[] One(string cost) => [new(cost), new(cost) { Account = "a2" }];
        SomeRow[] Two(string cost) => [new(cost) { Account = "a2", Resource = "r" }, new(cost) { Account = "a3" }];
        test.Write("in/part-1.csv", SomeRow.Csv(One("1")));
        test.Write("in/part-2.csv", SomeRow.Csv(Two("2")));
        test.Write("in/other-payer.csv", SomeRow.Csv(new SomeRow("100") { Account = "b1" }));
        Assert.Equal(2, (await test.BookAsync(test.Path + "/in")).Count);
        test.Write("in/part-2.csv", SomeRow.Csv(Two("3")));
        var again = await test.IngestAsync(test.Path + "/in");
        Assert.Equal((0, 1), (again.ExitCode, again.Deliveries.Count));
        Assert.Equal("108", await test.TotalAsync());
        var part = await test.IngestAsync(test.Path + "/in/part-1.csv");
        Assert.Equal((0, 0), (part.ExitCode, part.Deliveries.Count));
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_fall_of_more_than_five_percent_waits_for_a_person()
    {
        using var test = new BooksTest();
        test.DeclareOverwrite("aws");
        await test.BookAsync(test.Write("a.csv", SomeRow.Csv(new SomeRow("100"))));
        var less = test.Write("b.csv", SomeRow.Csv(new SomeRow("94.9")));
        var outcome = await test.IngestAsync(less);
        Assert.Equal((1, 0), (outcome.ExitCode, outcome.Deliveries.Count));
        Assert.Contains(
            "aws 2026-03 is held: EffectiveCost would fall from 100 USD to 94.9 USD. Until a person decides, ",
            outcome.Said
        );
        Assert.Equal("100", await test.TotalAsync());
        await test.BookAsync(less, "--yes");
        Assert.Equal("94.9", await test.TotalAsync());
        var billed = await test.IngestAsync(test.Write("c.csv", SomeRow.Csv(new SomeRow("94.9") { Billed = "1" })));
        Assert.Contains("BilledCost would fall from 94.9 USD to 1 USD", billed.Said);
        await test.BookAsync(test.Write("d.csv", SomeRow.Csv(new SomeRow("90.155"))));
        Assert.Equal("90.155", await test.TotalAsync());
    }

    [Fact]
    public async Task A_set_that_is_not_whole_replaces_nothing()
    {
        using var test = new BooksTest();
        test.DeclareOverwrite("aws");
        var part1 = test.Write("in/part-1.csv", SomeRow.Csv(new SomeRow("1")));
        test.Write("in/part-2.csv", SomeRow.Csv(new SomeRow("2")));
        test.Write("in/Manifest.json", """{"files":[{"key":"s3://b/x/part-1.csv"},{"key":"s3://b/x/part-2.csv"}]}""");
        await test.BookAsync(test.Path + "/in");
        test.Write("in/part-1.csv", SomeRow.Csv(new SomeRow("1.1")));
        File.Delete(test.Path + "/in/part-2.csv");
        var gone = await test.IngestAsync(test.Path + "/in");
        Assert.Equal((1, 0), (gone.ExitCode, gone.Deliveries.Count));
        Assert.Equal("The manifest names part-2.csv, and it is not here.", gone.Refused[0]);
        Assert.Contains("a file of this set is missing or was refused", gone.Refused[1]);
        test.Write("in/part-2.csv", SomeRow.Csv(new SomeRow("2.1")));
        var named = await test.IngestAsync(part1);
        Assert.Equal("The manifest names part-2.csv, and this command does not deliver it.", named.Refused[0]);
        Assert.Equal("3", await test.TotalAsync());
        await test.BookAsync(test.Path + "/in");
        Assert.Equal("3.2", await test.TotalAsync());
    }

    [Fact]
    public async Task Earlier_moments_show_the_earlier_figures()
    {
        using var test = new BooksTest();
        test.DeclareOverwrite("aws");
        await test.BookAsync(test.Write("a.csv", SomeRow.Csv(new SomeRow("100"))));
        var second = await test.BookAsync(test.Write("b.csv", SomeRow.Csv(new SomeRow("101"))));
        var withdrawal = await test.JsonAsync("withdraw", second[0], "--reason", "wrong account");
        Assert.Equal("100", await test.TotalAsync());
        Assert.Equal(
            ["none", "100", "101", "100"],
            await Task.WhenAll(Enumerable.Range(0, 4).Select(entry => test.TotalAsync("--as-of", $"#{entry}")))
        );
        var change = withdrawal.GetProperty("totals")[0];
        Assert.Equal(
            ("101", "100"),
            (change.GetProperty("oldEffectiveCost").GetRawText(), change.GetProperty("newEffectiveCost").GetRawText())
        );
        Assert.Equal("none", await test.TotalAsync("--as-of", "2001-01-01"));
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_withdrawn_delivery_stays_on_the_list_of_all_and_can_be_delivered_again()
    {
        using var test = new BooksTest();
        var file = test.Write("a.csv", SomeRow.Csv(new SomeRow("5")));
        var id = (await test.BookAsync(file))[0];
        Assert.Equal(2, (await test.RunAsync("withdraw", id)).ExitCode);
        Assert.Equal(2, (await test.RunAsync("withdraw", id, "--reason", " ")).ExitCode);
        Assert.Equal(0, (await test.RunAsync("withdraw", id, "--reason", "test")).ExitCode);
        Assert.StartsWith(
            "error books/already-withdrawn",
            (await test.RunAsync("withdraw", id, "--reason", "test")).Error
        );
        Assert.StartsWith(
            "error books/unknown-delivery",
            (await test.RunAsync("withdraw", "nonsense", "--reason", "test")).Error
        );
        Assert.Equal("none", await test.TotalAsync());
        Assert.Equal(0, (await test.JsonAsync("deliveries")).GetProperty("deliveries").GetArrayLength());
        var all = (await test.JsonAsync("deliveries", "--all")).GetProperty("deliveries")[0];
        Assert.Equal(
            ("withdrawn", "test"),
            (all.GetProperty("state").GetString(), all.GetProperty("withdrawnReason").GetString())
        );
        Assert.Equal([id + "-2"], await test.BookAsync(file));
        Assert.Equal("5", await test.TotalAsync());
        Assert.StartsWith("error deliveries/ambiguous-id", (await test.RunAsync("deliveries", "aws")).Error);
    }

    [Fact]
    public async Task Working_rules_print_DRAFT_until_they_are_in_force()
    {
        using var test = new BooksTest();
        await test.BookAsync(test.Write("a.csv", SomeRow.Csv(new SomeRow("5"))));
        Assert.DoesNotContain("DRAFT", (await test.RunAsync("costs")).Error);
        test.Write(
            "rulebook/rules.yaml",
            "kind: AllocationRule\nname: all-to-claims\norder: 1\n"
                + "when: {ServiceName: EC2}\nset: {x_Product: Claims}\n"
        );
        var draft = await test.RunAsync("costs", "--by", "x_Product,x_ProductRule", "--format", "json");
        Assert.Contains("DRAFT", draft.Error);
        Assert.Contains("""["Claims","all-to-claims",5]""", draft.Out);
    }

    [Fact]
    public async Task Currencies_are_kept_apart_and_never_added()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(
            test.Write(
                "a.csv",
                SomeRow.Csv(
                    new SomeRow("5"),
                    new SomeRow("7") { Currency = "EUR" },
                    new SomeRow("1") { Currency = "EUR", Resource = "x" }
                )
            )
        );
        Assert.Equal(JsonValueKind.Null, outcome.Deliveries[0].GetProperty("effectiveCost").ValueKind);
        Assert.Equal(
            [
                ["EUR", "8"],
                ["USD", "5"],
            ],
            await test.RowsAsync()
        );
        Assert.Equal(
            [
                ["EC2", "EUR", "8"],
                ["EC2", "USD", "5"],
            ],
            await test.RowsAsync("--by", "ServiceName", "--top", "1")
        );
        await test.VerifyPassesAsync();
    }
}
