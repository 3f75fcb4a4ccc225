using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Manage.Chargeback;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Bursar.Tests.Chargeback;

/// <summary>Statements inform, add up, and open down to their rows (SHW-01, SHW-09).</summary>
public sealed class ShowbackTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The worked example of the README.</summary>
    [Fact]
    public async Task A_statement_has_a_line_for_everything_that_a_product_cost_and_the_lines_sum_to_the_total()
    {
        using var test = await SomeStatements.BookAsync();
        var sheet = (
            await test.JsonAsync("showback", "--product", "shop", "--period", "2026-09", "--draft")
        ).GetProperty("sheets")[0];
        Assert.Equal(
            [
                "direct 370.005 370.01",
                "commitments 20.005 20",
                "unused-commitments 5 5",
                "purchases 12.5 12.5",
                "adjustments -0.004 0",
                "shared 30 30",
                "credits -3.005 -3.01",
                "tax 8 8",
            ],
            sheet
                .GetProperty("lines")
                .EnumerateArray()
                .Select(line => $"{line.GetProperty("part")} {line.GetProperty("cost")} {line.GetProperty("shown")}")
        );
        Assert.Equal("442.501 442.5", $"{sheet.GetProperty("total")} {sheet.GetProperty("shown")}");
        Assert.Equal(Exact(sheet, "total"), Sum(sheet, "lines", "cost"));
        Assert.Equal(Exact(sheet, "shown"), Sum(sheet, "lines", "shown"));
        Assert.Equal("222.5", sheet.GetProperty("before").GetRawText());
        Assert.Equal(Exact(sheet, "change"), Sum(sheet, "drivers", "change"));
        // 200 for 100 hours, then 270 for 150: 100 more by use at the old price, 30 less by price.
        Assert.Contains(
            "+$100.00 by use, −$30.00 by price",
            sheet
                .GetProperty("drivers")
                .EnumerateArray()
                .Select(driver => driver.GetProperty("explanation").GetString())
                .First(text => text!.StartsWith("Machines", StringComparison.Ordinal))
        );
        var unit = Assert.Single(sheet.GetProperty("units").EnumerateArray());
        Assert.Equal(
            "orders 50 8.85002 11.125",
            $"{unit.GetProperty("series").GetString()} {unit.GetProperty("quantity")} {unit.GetProperty("costPerUnit")} {unit.GetProperty("before")}"
        );
    }

    [Fact]
    public async Task Every_line_is_opened_by_its_own_question_and_the_command_beside_it()
    {
        using var test = await SomeStatements.BookAsync();
        using var workspace = Workspace.Open(test.Books, Path.Combine(test.Path, "rulebook"), TimeProvider.System);
        var view = workspace.View(draft: true);
        foreach (var product in (string?[])["shop", "till", "common", null])
        {
            var subject = Subjects.Of(view, null, [KeyValuePair.Create("x_Product", product)]);
            var statement = new WriteStatement(view).Of(subject, StatementPeriod.Read("2026-09"), Cancel);
            foreach (var line in statement.Sheets[0].Lines)
            {
                var total = new AskCosts(view).Answer(line.Behind, Cancel).Totals is [var one, ..]
                    ? one.Amount
                    : Amount.Zero;
                Assert.True(line.Cost == total, $"{product} {line.Title}: {line.Cost} and {total}");
            }
        }
        var json = await test.JsonAsync("showback", "--product", "shop", "--period", "2026-09", "--draft");
        var shared = json.GetProperty("sheets")[0]
            .GetProperty("lines")
            .EnumerateArray()
            .First(line => line.GetProperty("part").GetString() == "shared");
        Assert.StartsWith("/rows?", shared.GetProperty("rows").GetString(), StringComparison.Ordinal);
        string[] typed =
        [
            .. shared.GetProperty("command").GetString()!.Split(' ').Skip(1).Select(word => word.Trim('\'', '"')),
        ];
        var explained = await test.RunAsync([.. typed, "--draft"]);
        Assert.True(explained.ExitCode == 0, explained.ToString());
        Assert.Contains("30.00", explained.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statements_of_everybody_sum_to_all_cost_and_are_written_into_a_folder()
    {
        using var test = await SomeStatements.BookAsync();
        foreach (var field in (string[])["x_Product", "x_Owner", "x_CostCentre"])
        {
            var folder = Path.Combine(test.Path, "digests-" + field);
            var result = await test.RunAsync(
                "showback",
                "--all",
                "--by",
                field,
                "--period",
                "2026-09",
                "--form",
                "json",
                "--to",
                folder,
                "--draft"
            );
            Assert.True(result.ExitCode == 0, result.ToString());
            var totals = Directory
                .EnumerateFiles(folder, "statement-*.json")
                .Select(file =>
                    Exact(JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("sheets")[0], "total")
                );
            Assert.Equal("471.501", Sum(totals).ToString());
            var index = await File.ReadAllLinesAsync(Path.Combine(folder, "index.csv"), Cancel);
            Assert.Equal("471.501", Sum(index.Skip(1).Select(line => Amount.Parse(line.Split(',')[^2]))).ToString());
        }
    }

    [Fact]
    public async Task A_scopes_statement_says_when_it_moved_further_than_agreed_and_what_a_unit_cost()
    {
        using var test = await SomeStatements.BookAsync();
        var json = await test.JsonAsync("showback", "--scope", "shop-front", "--period", "2026-09", "--draft");
        Assert.Equal("Shop front", json.GetProperty("statement").GetString());
        Assert.True(json.GetProperty("draft").GetBoolean());
        Assert.Contains(
            json.GetProperty("notes").EnumerateArray(),
            note => note.GetString()!.Contains("beyond the 5 %")
        );
        Assert.Equal("59", json.GetProperty("sheets")[0].GetProperty("units")[0].GetProperty("quantity").GetRawText());
    }

    [Fact]
    public async Task The_page_and_the_workbook_say_the_same_and_the_same_bytes_twice()
    {
        using var test = await SomeStatements.BookAsync();
        string[] asked = ["showback", "--product", "shop", "--period", "2026-09", "--draft", "--to"];
        foreach (var name in (string[])["one.html", "two.html", "one.xlsx", "two.xlsx", "one.csv", "two.csv"])
            Assert.Equal(0, (await test.RunAsync([.. asked, Path.Combine(test.Path, name)])).ExitCode);
        foreach (var form in (string[])["html", "xlsx", "csv"])
            Assert.Equal(Bytes("one." + form), Bytes("two." + form));
        var html = System.Text.Encoding.UTF8.GetString(Bytes("one.html"));
        Assert.Contains("Shared: network", html, StringComparison.Ordinal);
        Assert.Contains("442.50", html, StringComparison.Ordinal);
        Assert.Contains("DRAFT", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        using var book = SpreadsheetDocument.Open(Path.Combine(test.Path, "one.xlsx"), isEditable: false);
        var parts = book.WorkbookPart!;
        Assert.Equal(
            ["Statement", "What changed", "Units", "About"],
            parts.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name!.Value)
        );
        var first = (WorksheetPart)parts.GetPartById(parts.Workbook.Descendants<Sheet>().First().Id!.Value!);
        var rows = first
            .Worksheet.Descendants<Row>()
            .Select(row => row.Elements<Cell>().Select(cell => cell.InnerText).ToList())
            .ToList();
        Assert.Equal(["line", "part", "pool", "currency", "cost", "shown", "before", "explanation", "rows"], rows[0]);
        Assert.Equal("442.5", Sum(rows.Skip(1).Select(row => Amount.Parse(row[5]))).ToString());

        byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(test.Path, name));
    }

    [Fact]
    public async Task An_issued_statement_is_kept_once_byte_for_byte_and_shows_that_its_scope_is_used()
    {
        using var test = await SomeStatements.BookAsync();
        Assert.Equal(0, (await test.RunAsync("publish")).ExitCode);
        string[] asked = ["showback", "--scope", "shop-front", "--period", "2026-08", "--issue"];
        var first = await test.RunAsync(asked);
        Assert.Contains("Issued as statement-", first.Error, StringComparison.Ordinal);
        await test.VerifyPassesAsync();
        var file = Assert.Single(
            Directory.EnumerateFiles(Path.Combine(test.Books, "issued"), "*.html", SearchOption.AllDirectories)
        );
        Assert.Equal("statement-scope-shop-front-2026-08.html", Path.GetFileName(file));
        var scope = (await test.JsonAsync("scopes", "--period", "2026-09")).GetProperty("scopes")[0];
        Assert.StartsWith("statement-", scope.GetProperty("usedBy")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("showback/unknown-subject", "--owner", "nobody-knows")]
    [InlineData("showback/unknown-scope", "--scope", "shop")]
    [InlineData("showback/bad-period", "--owner", "anna", "--period", "soon")]
    [InlineData("showback/unknown-field", "--by", "x_Ownr")]
    [InlineData("showback/unknown-form", "--owner", "anna", "--to", "statement.pdf")]
    [InlineData("showback/no-folder", "--all")]
    [InlineData("showback/cannot-write", "--owner", "anna", "--to", "charges.csv/statement.html")]
    public async Task Wrong_usage_is_refused_by_its_code(string code, params string[] typed)
    {
        using var test = await SomeStatements.BookAsync();
        var result = await test.RunAsync([
            "showback",
            .. typed.Select(word => word.Replace("charges.csv", Path.Combine(test.Path, "charges.csv"))),
        ]);
        Assert.True(result.ExitCode is 1 or 2, result.ToString());
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    private static Amount Exact(JsonElement record, string field) =>
        Amount.Parse(record.GetProperty(field).GetRawText());

    private static Amount Sum(JsonElement record, string list, string field) =>
        Sum(record.GetProperty(list).EnumerateArray().Select(item => Exact(item, field)));

    private static Amount Sum(IEnumerable<Amount> amounts) => amounts.Aggregate(Amount.Zero, (sum, one) => sum + one);
}
