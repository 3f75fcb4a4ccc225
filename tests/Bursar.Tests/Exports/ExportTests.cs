using System.IO.Compression;
using Bursar.Tests.Ingestion;
using Microsoft.VisualBasic.FileIO;

namespace Bursar.Tests.Exports;

/// <summary>PLT-04: charges leave the books as FOCUS, whole, with their owners, and sum to the books.</summary>
public sealed class ExportTests
{
    private const string Rules = """
        kind: AllocationRule
        name: by-tag
        order: 10
        when: {Tags/team: "*"}
        set: {x_CostCentre: "{Tags/team}"}
        """;

    [Theory]
    [InlineData("out.csv")]
    [InlineData("out.csv.gz")]
    [InlineData("out.parquet")]
    public async Task What_is_exported_and_taken_into_other_books_is_the_same_cost_to_the_last_digit(string name)
    {
        using var mine = await CompanyAsync();
        using var others = new BooksTest();

        var said = await mine.RunAsync("export", Path.Combine(mine.Path, name), "--draft");
        Assert.True(said.ExitCode == 0, said.ToString());
        Assert.Contains("sums to the books, to the last digit", said.Error);
        await others.BookAsync(Path.Combine(mine.Path, name), "--source", "bursar");

        foreach (var measure in new[] { "BilledCost", "EffectiveCost", "ListCost", "ContractedCost" })
        {
            string[] asked = ["--measure", measure, "--by", "ServiceName,ResourceId,Tags/team", "--time", "billing"];
            Assert.Equal(await mine.RowsAsync(asked), await others.RowsAsync(asked));
        }
        Assert.Equal(
            await mine.RowsAsync("--by", "x_CostCentre", "--draft"),
            await others.RowsAsync("--by", "x_DeliveredCostCentre")
        );
    }

    [Fact]
    public async Task Rows_say_whose_they_are_and_where_they_came_from()
    {
        using var test = await CompanyAsync();
        var rows = await ExportAsync(test, "--from", "2026-03", "--to", "2026-03");
        var first = rows[0];
        Assert.Equal("12.345678901234567", first["BilledCost"]);
        Assert.Equal("2026-03-01T00:00:00Z", first["BillingPeriodStart"]);
        Assert.Equal("web", first["x_CostCentre"]);
        Assert.Equal("Direct", first["x_AllocationType"]);
        Assert.Equal("1", first["x_SourceRow"]);
        Assert.StartsWith("aws-2026-03-", first["x_DeliveryId"]);
        Assert.Equal("{\"team\": \"web\"}", first["Tags"]);
        Assert.Equal("AWS", first["ServiceProviderName"]);
        Assert.False(first.ContainsKey("ProviderName"));
        Assert.Equal("", first["HostProviderName"]);
    }

    [Fact]
    public async Task An_older_release_has_its_own_columns()
    {
        using var test = await CompanyAsync();
        var first = (await ExportAsync(test, "--focus", "1.2"))[0];
        Assert.Equal("AWS", first["ProviderName"]);
        Assert.False(first.ContainsKey("ServiceProviderName"));
        Assert.False(first.ContainsKey("HostProviderName"));
    }

    [Fact]
    public async Task Only_what_is_asked_for_leaves_the_books()
    {
        using var test = await CompanyAsync();
        var rows = await ExportAsync(test, "--where", "x_CostCentre=web", "--to", "2026-03");
        Assert.Equal(["12.345678901234567"], rows.Select(row => row["BilledCost"]));
    }

    [Fact]
    public async Task A_charge_whose_rules_change_within_it_is_one_row_with_the_owner_of_its_first_day()
    {
        using var test = new BooksTest();
        var month = new SomeRow("31") { Start = "2026-03-01T00:00:00Z", End = "2026-04-01T00:00:00Z" };
        await test.BookAsync(test.Write("one.csv", SomeRow.Csv(month)));
        test.Write(
            "rulebook/rules.yaml",
            """
            kind: AllocationRule
            name: before
            order: 10
            to: 2026-03-10
            when: {}
            set: {x_CostCentre: old}
            ---
            kind: AllocationRule
            name: after
            order: 10
            from: 2026-03-10
            when: {}
            set: {x_CostCentre: new}
            """
        );
        Assert.Equal(2, (await test.RowsAsync("--by", "x_CostCentre", "--draft")).Count);
        var row = Assert.Single(await ExportAsync(test));
        Assert.Equal(("31", "old"), (row["EffectiveCost"], row["x_CostCentre"]));
    }

    [Fact]
    public async Task A_file_is_never_left_half_written()
    {
        using var test = await CompanyAsync();
        var path = test.Write("kept.csv", "what was there");
        var refused = await test.RunAsync("export", path, "--from", "2031-01");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("export/no-charges", refused.Error);
        Assert.Equal("what was there", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(["kept.csv", "one.csv"], Directory.GetFiles(test.Path).Select(Path.GetFileName).Order());
    }

    private static async Task<BooksTest> CompanyAsync()
    {
        var test = new BooksTest();
        test.Write("rulebook/rules.yaml", Rules);
        await test.BookAsync(
            test.Write(
                "one.csv",
                SomeRow.Csv(
                    new SomeRow("12.345678901234567") { Tags = """{"team": "web"}""" },
                    new SomeRow("-3.1")
                    {
                        Resource = "i, \"2\"",
                        Tags = """{"team": "data"}""",
                        Category = "Credit",
                    },
                    new SomeRow("7") { Service = "S3", Billed = "8" },
                    new SomeRow("0.000000000000000001") { Month = "2026-04", Tags = """{"team": "web"}""" }
                )
            )
        );
        return test;
    }

    private static async Task<IReadOnlyList<Dictionary<string, string>>> ExportAsync(
        BooksTest test,
        params string[] args
    )
    {
        var path = Path.Combine(test.Path, "out.csv.gz");
        var said = await test.RunAsync(["export", path, "--draft", .. args]);
        Assert.True(said.ExitCode == 0, said.ToString());
        await using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var csv = new TextFieldParser(packed) { Delimiters = [","], HasFieldsEnclosedInQuotes = true };
        var header = csv.ReadFields()!;
        var rows = new List<Dictionary<string, string>>();
        while (csv.ReadFields() is { } fields)
            rows.Add(header.Zip(fields).ToDictionary(cell => cell.First, cell => cell.Second));
        return rows;
    }
}
