using System.Text.Json;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Tests.Reconciliation;

/// <summary>What invoices say about a delivery that comes (DAT-10), and about the trust in a month (DAT-15).</summary>
public sealed class InvoiceTrustTests
{
    private const string Invoice = "Vendor,Invoice No,Amount,Currency,Period\nCloud One,INV-1,1000.00,USD,2026-03\n";

    private static readonly string[] March =
    [
        FinanceBooks.Charge("2026-03", "2026-03-01", "2026-03-02", "600", "600"),
        FinanceBooks.Charge("2026-03", "2026-03-31", "2026-04-01", "400", "400", "Purchase"),
    ];

    [Fact]
    public async Task A_bill_that_ties_to_its_invoice_is_no_finding()
    {
        using var books = new FinanceBooks();
        await books.ImportAsync("ap.csv", Invoice);
        Assert.Equal([], Checks(await TakeAsync(books, March)));
    }

    [Fact]
    public async Task A_bill_that_does_not_tie_to_its_invoice_is_told_with_what_is_unknown()
    {
        using var books = new FinanceBooks();
        await books.ImportAsync("ap.csv", Invoice.Replace("1000.00", "1050.00"));

        var taken = await TakeAsync(books, March);

        var found = Assert.Single(Findings(taken));
        Assert.Equal("total-against-invoice", found.GetProperty("check").GetString());
        Assert.Equal("warning", found.GetProperty("severity").GetString());
        Assert.Equal(50m, found.GetProperty("atStake")[0].GetProperty("cost").GetDecimal());
        Assert.Equal(
            "With it, the charges of invoice INV-1 of Cloud One come to 1,000.00 USD; invoiced are 1,050.00: "
                + "50.00 USD have no reason.",
            found.GetProperty("message").GetString()
        );
        Assert.Equal("INV-1: invoiced 1050 USD, charged 1000", found.GetProperty("first")[0].GetString());
    }

    [Fact]
    public async Task A_bill_that_does_not_tie_is_held_where_the_policy_says_so()
    {
        using var books = new FinanceBooks();
        books.Write(
            "rulebook/quality.yaml",
            "kind: QualityPolicy\nname: strict\nchecks: {total-against-invoice: hold}\n"
        );
        await books.ImportAsync("ap.csv", Invoice.Replace("1000.00", "1050.00"));
        Assert.Single(Findings(await TakeAsync(books, March)));
        var answer = await books.RunAsync("deliveries", "--format", "json");
        Assert.Contains("\"held\"", answer.Out);
    }

    [Fact]
    public async Task What_the_books_hold_of_the_invoice_counts_with_the_delivery()
    {
        using var books = new FinanceBooks();
        await books.ImportAsync("ap.csv", Invoice);
        Assert.Equal(["total-against-invoice"], Checks(await TakeAsync(books, March[0])));
        Assert.Equal([], Checks(await TakeAsync(books, March[1])));
    }

    [Fact]
    public async Task A_difference_with_a_stated_reason_is_no_finding()
    {
        using var books = new FinanceBooks();
        books.Write(
            "rulebook/invoice.yaml",
            """
            kind: Invoice
            name: inv-1
            number: INV-1
            issuer: Cloud One
            period: 2026-03
            currency: USD
            total: 1050
            differences:
              - {type: timing, amount: 50, reason: A day of February}
            """
        );
        Assert.Equal([], Checks(await TakeAsync(books, March)));
    }

    [Fact]
    public async Task DAT_15_a_gap_of_one_percent_scores_four_fifths()
    {
        using var books = new FinanceBooks();
        await books.TakeAsync(March);
        await books.TakeAsync(
            FinanceBooks.Charge("2026-03", "2026-03-05", "2026-03-06", "1000", "1000", issuer: "Other", invoice: "")
        );
        await books.ImportAsync("ap.csv", Invoice.Replace("1000.00", "1010.10"));

        var part = await ReconciliationAsync(books);

        // 10.10 of 1,010.10 is 0.9999 %: 1 − 0.009999 ÷ 0.05.
        Assert.Equal(0.8m, decimal.Round(part.GetProperty("score").GetDecimal(), 4, MidpointRounding.AwayFromZero));
        Assert.Equal(
            "Of 1,010.10 USD invoiced, 10.10 USD have no reason (1 invoice). 50 % of the billed cost has no invoice to "
                + "compare with yet.",
            part.GetProperty("basis").GetString()
        );
    }

    [Fact]
    public async Task DAT_15_without_an_invoice_reconciliation_is_not_measured()
    {
        using var books = new FinanceBooks();
        await books.TakeAsync(March);
        await books.ImportAsync("ap.csv", Invoice.Replace("INV-1", "INV-2").Replace("2026-03", "2026-05"));
        var part = await ReconciliationAsync(books);
        Assert.Equal(JsonValueKind.Null, part.GetProperty("score").ValueKind);
        Assert.StartsWith("Not measured", part.GetProperty("basis").GetString());
    }

    [Fact]
    public async Task An_estimate_is_no_invoice_that_somebody_waits_for()
    {
        using var books = new FinanceBooks();
        books.Write("rulebook/cloud.yaml", "kind: Source\nname: cloud\ncounts: estimate\n");
        await books.TakeAsync(March);
        var invoices = await books.AskAsync("invoices");
        Assert.Equal(0, invoices.GetProperty("invoices").GetArrayLength());
    }

    [Fact]
    public async Task Invoices_come_from_parquet_as_from_csv()
    {
        using var books = new FinanceBooks();
        var path = books.Write("parquet/ap.parquet", "");
        using (
            var engine = DuckDbEngine.Open(
                new DuckDbOptions { MemoryLimitBytes = 200_000_000, TempDirectory = Path.GetDirectoryName(path)! }
            )
        )
        using (var session = engine.Connect())
            session.Execute(
                $"""
                COPY (SELECT 'Cloud One' AS "Vendor", 'INV-1' AS "Invoice No", 1000.10::DECIMAL(12,2) AS "Amount",
                  'USD' AS "Currency", DATE '2026-03-01' AS "Period") TO '{path}' (FORMAT parquet)
                """
            );
        var result = await books.RunAsync("records", "import", path);
        Assert.True(result.ExitCode == 0, result.ToString());
        var invoices = await books.AskAsync("invoices");
        Assert.Contains("1000.1", invoices.GetRawText());
    }

    private static async Task<JsonElement> ReconciliationAsync(FinanceBooks books)
    {
        var answer = await books.AskAsync("trust", "--month", "2026-03");
        return answer
            .GetProperty("scores")[0]
            .GetProperty("parts")
            .EnumerateArray()
            .Single(part => part.GetProperty("part").GetString() == "reconciliation");
    }

    private static async Task<JsonElement> TakeAsync(FinanceBooks books, params string[] charges)
    {
        var file = books.Write(
            $"{Guid.NewGuid():N}.csv",
            FinanceBooks.Header + "\n" + string.Join('\n', charges) + "\n"
        );
        return await books.AskAsync("ingest", file, "--source", "cloud");
    }

    private static List<string?> Checks(JsonElement report) =>
        [.. Findings(report).Select(found => found.GetProperty("check").GetString())];

    private static List<JsonElement> Findings(JsonElement report) => [.. Find(report)];

    private static IEnumerable<JsonElement> Find(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(one =>
                    one.Name == "findings" && one.Value.ValueKind == JsonValueKind.Array
                        ? one.Value.EnumerateArray()
                        : Find(one.Value)
                ),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Find),
            _ => [],
        };
}
