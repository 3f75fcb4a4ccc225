using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.Reporting;

/// <summary>Every figure opens down to the rows of the provider's files, and they sum to it (PLT-07).</summary>
public sealed class ExplainTests
{
    [Fact]
    // ALC-12
    public async Task A_figure_opens_to_deliveries_rules_and_rows_that_sum_to_it()
    {
        using var test = new BooksTest();
        Rules(test);
        await test.BookAsync(
            test.Write(
                "march.csv",
                SomeRow.Csv(
                    new SomeRow("1.1"),
                    new SomeRow("2.2") { Service = "S3" },
                    new SomeRow("4.4") { Resource = "i-9" }
                )
            )
        );
        await test.BookAsync(
            test.Write(
                "april.csv",
                SomeRow.Csv(
                    new SomeRow("8.8")
                    {
                        Month = "2026-04",
                        Start = "2026-03-31T12:00:00Z",
                        End = "2026-04-01T12:00:00Z",
                    }
                )
            )
        );
        var opened = await test.JsonAsync(
            "explain",
            "--to",
            "2026-03",
            "--by",
            "x_Product",
            "--where",
            "ServiceName=EC2"
        );
        Assert.Equal("9.9", opened.GetProperty("totals")[0].GetProperty("amount").GetRawText());
        Assert.Equal(3, opened.GetProperty("rowCount").GetInt64());
        var rows = opened.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(
            ["march.csv 3 4.4 Claims", "april.csv 1 4.4 Claims", "march.csv 1 1.1 Claims"],
            rows.Select(row => Line(row, "file", "record", "amount", "x_Product"))
        );
        Assert.Equal(
            ["aws-2026-03 5.5 2 march.csv", "aws-2026-04 4.4 0 april.csv"],
            opened
                .GetProperty("deliveries")
                .EnumerateArray()
                .Select(delivery =>
                    Line(delivery, "id")[..11]
                    + " "
                    + Line(delivery, "amount", "charges")
                    + " "
                    + Line(delivery.GetProperty("files")[0], "name")
                )
        );
        Assert.Equal(
            ["x_Product until-april 9.9"],
            opened.GetProperty("rules").EnumerateArray().Select(rule => Line(rule, "field", "rule", "amount"))
        );
    }

    [Fact]
    public async Task A_rule_that_ends_within_a_charge_divides_it_to_the_last_digit()
    {
        using var test = new BooksTest();
        Rules(test);
        await test.BookAsync(
            test.Write(
                "a.csv",
                SomeRow.Csv(new SomeRow("1") { Start = "2026-03-30T00:00:00Z", End = "2026-04-02T00:00:00Z" })
            )
        );
        Assert.Equal(
            [
                ["Claims", "0.666666666666666667"],
                ["null", "0.333333333333333333"],
            ],
            await test.RowsAsync("--by", "x_Product")
        );
        foreach (var (value, part) in new[] { ("Claims", "0.666666666666666667"), ("", "0.333333333333333333") })
        {
            var opened = await test.JsonAsync("explain", "--where", $"x_Product={value}");
            Assert.Equal(
                part,
                Assert.Single(opened.GetProperty("rows").EnumerateArray()).GetProperty("amount").GetRawText()
            );
        }
        var whole = await test.JsonAsync("explain", "--where", "ServiceName=EC2");
        Assert.Equal("1", Assert.Single(whole.GetProperty("rows").EnumerateArray()).GetProperty("amount").GetRawText());
    }

    [Fact]
    public async Task People_read_the_same_in_eighty_columns()
    {
        using var test = new BooksTest();
        await test.BookAsync(
            test.Write("march.csv", SomeRow.Csv(Enumerable.Range(1, 30).Select(i => new SomeRow($"{i}.5"))))
        );
        var result = await test.RunAsync("explain", "--rows", "2");
        Assert.Equal(0, result.ExitCode);
        Assert.All(result.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("2 of 30 rows are shown; all of them sum to the figure.", result.Error);
        Assert.Contains("march.csv", result.Out);
        Assert.Equal(2, (await test.RunAsync("explain", "--rows", "-1")).ExitCode);
    }

    [Fact]
    public async Task The_code_of_a_message_is_explained()
    {
        var result = await ShellTest.RunAsync("explain", "books/busy");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("books/busy\n\nAnother command writes to the same books", result.Out);
        Assert.Contains("Mend: Let it finish", result.Out);
        Assert.StartsWith("error explain/unknown-code", (await ShellTest.RunAsync("explain", "no/such")).Error);
    }

    private static void Rules(BooksTest test) =>
        test.Write(
            "rulebook/rules.yaml",
            "kind: AllocationRule\nname: until-april\norder: 1\nto: 2026-04-01\n"
                + "when: {ServiceName: EC2}\nset: {x_Product: Claims}\n"
        );

    private static string Line(System.Text.Json.JsonElement item, params string[] names) =>
        string.Join(' ', names.Select(name => item.GetProperty(name).ToString()));
}
