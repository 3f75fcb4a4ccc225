namespace Bursar.Tests.Reconciliation;

/// <summary>Invoices, the bridge and prepayments through the commands that people use.</summary>
public sealed class ReconciliationTests
{
    private const string Invoices = """
        Vendor,Invoice No,Amount,Currency,Period
        Cloud One,INV-1,121000.00,USD,2026-03
        Partner,MP-1,12400.00,USD,2026-03
        """;

    private const string Ledger = """
        Entry No,Account Code,Posting Date,Amount,Currency,Type,Reference,Vendor,Exchange Rate
        1,6400,2026-03-31,"10,000,000.00",INR,Accrual,,Cloud One,
        2,6400,2026-04-10,"10,176,100.00",INR,Invoice,INV-1,Cloud One,84.10
        3,2100,2026-04-10,"-10,176,100.00",INR,Invoice,INV-1,Cloud One,84.10
        """;

    private static readonly string[] March =
    [
        FinanceBooks.Charge("2026-03", "2026-03-01", "2026-04-01", "84500", "84500"),
        FinanceBooks.Charge("2026-03", "2026-03-01", "2026-04-01", "0", "3100", commitment: "ri-1"),
        FinanceBooks.Charge("2026-03", "2026-03-31", "2026-04-01", "36500", "0", "Purchase", commitment: "ri-2"),
        FinanceBooks.Charge(
            "2026-03",
            "2026-03-01",
            "2026-04-01",
            "12400",
            "12400",
            invoice: "MP-1",
            issuer: "Partner"
        ),
    ];

    [Fact]
    public async Task The_list_of_invoices_fits_a_line_and_breaks_no_name()
    {
        using var books = new FinanceBooks();
        await books.TakeAsync([
            .. March,
            FinanceBooks.Charge(
                "2026-03",
                "2026-03-01",
                "2026-04-01",
                "12345678.90",
                "12345678.90",
                invoice: "EUINGB26-202603",
                issuer: "Stillwater"
            ),
        ]);
        await books.ImportAsync("ap.csv", Invoices);
        var result = await books.RunAsync("invoices");
        var table = result.Out.Split('\n').SkipWhile(line => !line.StartsWith("period", StringComparison.Ordinal));
        Assert.All(table, line => Assert.True(line.Length <= 80, line));
        Assert.Contains("Stillwater", result.Out);
    }

    [Fact]
    public async Task EX_ITF_1_the_bridge_closes_from_effective_cost_to_the_ledger()
    {
        using var books = new FinanceBooks();
        await books.TakeAsync(March);
        await books.ImportAsync("ap.csv", Invoices);
        await books.ImportAsync("gl.csv", Ledger);
        await books.ImportAsync(
            "coa.csv",
            "Account Code,Account Name,Type\n6400,Cloud,Expense\n2100,Suppliers,Payable\n"
        );

        var answer = await books.AskAsync("reconcile", "--period", "2026-03", "--issuer", "Cloud One");

        var bridge = answer.GetProperty("bridges")[0];
        Assert.Equal(100_000m, bridge.GetProperty("effectiveCost").GetDecimal());
        Assert.Equal(133_400m, bridge.GetProperty("billedCost").GetDecimal());
        Assert.Equal(121_000m, bridge.GetProperty("invoicedBeforeTax").GetDecimal());
        Assert.Equal(0m, bridge.GetProperty("unknown").GetDecimal());
        Assert.Equal(
            ["amortisation -3100", "upfront-purchase 36500"],
            bridge
                .GetProperty("toBilled")
                .EnumerateArray()
                .Select(part => $"{part.GetProperty("type")} {part.GetProperty("amount")}")
        );
        Assert.Equal("marketplace", bridge.GetProperty("toInvoiced")[0].GetProperty("type").GetString());
        var ledger = bridge.GetProperty("ledger");
        Assert.Equal(10_176_100m, ledger.GetProperty("booked").GetDecimal());
        Assert.Equal(10_176_100m, ledger.GetProperty("expected").GetDecimal());
        Assert.Equal(176_100m, ledger.GetProperty("trueUp").GetDecimal());
        Assert.Equal(
            0.982695m,
            decimal.Round(
                ledger.GetProperty("rechargeRatioBeforeTrueUp").GetDecimal(),
                6,
                MidpointRounding.AwayFromZero
            )
        );
        Assert.Equal(0m, ledger.GetProperty("unknown").GetDecimal());
    }

    [Fact]
    public async Task ITF_02_an_unknown_difference_beyond_rounding_is_a_finding()
    {
        using var books = new FinanceBooks();
        await books.TakeAsync(March);
        await books.ImportAsync("ap.csv", Invoices.Replace("121000.00", "121250.00"));

        var bridge = await books.RunAsync("reconcile", "--period", "2026-03");
        var invoices = await books.RunAsync("invoices");

        Assert.Equal(1, bridge.ExitCode);
        Assert.Contains("reconciliation/unknown-difference", bridge.Error);
        Assert.Equal(1, invoices.ExitCode);
        Assert.Contains("unexplained", invoices.Out);
    }

    [Fact]
    public async Task EX_ITF_2_an_annual_invoice_is_no_spike_and_its_balance_is_known_at_any_day()
    {
        using var books = new FinanceBooks();
        await books.TakeAsync(FinanceBooks.Charge("2026-01", "2026-01-15", "2027-01-15", "36500", "36500", "Purchase"));

        var months = await books.AskAsync("costs", "--over", "month", "--to", "2026-03");
        var billed = await books.AskAsync("costs", "--over", "month", "--measure", "BilledCost");

        Assert.Equal(
            ["2026-01 1700", "2026-02 2800", "2026-03 3100"],
            months.GetProperty("rows").EnumerateArray().Select(row => $"{row[0]} {row[1]}")
        );
        Assert.Equal(
            "2026-01 36500",
            billed.GetProperty("rows").EnumerateArray().Select(row => $"{row[0]} {row[1]}").Single()
        );
        Assert.Equal(28_900m, await BalanceAsync(books, "2026-03-31"));
        Assert.Equal(35_900m, await BalanceAsync(books, "2026-01-20"));
        Assert.Equal(28_800m, await BalanceAsync(books, "2026-04-01"));
        var releases = (await books.AskAsync("prepaid", "--at", "2026-03-31")).GetProperty("releases");
        Assert.Equal(28_900m, releases.EnumerateArray().Sum(one => one.GetProperty("effectiveCost").GetDecimal()));
    }

    [Fact]
    public async Task ITF_04_a_commitment_is_paid_ahead_by_what_was_billed_and_not_used()
    {
        using var books = new FinanceBooks();
        await books.TakeAsync(
            FinanceBooks.Charge("2026-01", "2026-01-15", "2027-01-15", "36500", "0", "Purchase", commitment: "ri-1"),
            FinanceBooks.Charge("2026-01", "2026-01-15", "2026-02-01", "0", "1700", commitment: "ri-1"),
            FinanceBooks.Charge("2026-02", "2026-02-01", "2026-03-01", "0", "2800", commitment: "ri-1"),
            FinanceBooks.Charge("2026-03", "2026-03-01", "2026-04-01", "0", "3100", commitment: "ri-1")
        );

        Assert.Equal(28_900m, await BalanceAsync(books, "2026-03-31"));
    }

    [Fact]
    public async Task Charges_without_a_number_belong_to_the_only_invoice_of_their_issuer_and_month()
    {
        using var books = new FinanceBooks();
        await books.TakeAsync(FinanceBooks.Charge("2026-03", "2026-03-01", "2026-04-01", "100", "100", invoice: ""));
        await books.ImportAsync("ap.csv", "Vendor,Invoice No,Amount,Currency,Period\nCLOUD ONE,X-7,100,USD,2026-03\n");

        var invoice = (await books.AskAsync("invoices")).GetProperty("invoices")[0];

        Assert.Equal("X-7", invoice.GetProperty("number").GetString());
        Assert.Equal("tied", invoice.GetProperty("state").GetString());
    }

    [Fact]
    public async Task FOCUS_invoice_detail_ties_and_adds_no_cost()
    {
        using var books = new FinanceBooks();
        await books.TakeAsync(March);
        var detail = books.Write(
            "detail.csv",
            """
            InvoiceId,InvoiceDetailId,InvoiceIssuerName,BillingCurrency,BilledCost,BillingPeriodStart,ChargeCategory,InvoiceDetailGrain,InvoiceIssueStatus,PaymentTerms
            INV-1,1,Cloud One,USD,84500.00,2026-03-01T00:00:00Z,Usage,"{""ServiceName"": ""Machines""}",Issued,Net 30
            INV-1,2,Cloud One,USD,36500.00,2026-03-01T00:00:00Z,Purchase,"{""ServiceName"": ""Machines""}",Issued,Net 30
            INV-1,3,Cloud One,USD,24200.00,2026-03-01T00:00:00Z,Tax,"{}",Issued,Net 30
            """
        );

        var taken = await books.RunAsync("ingest", detail);
        var invoice = await books.AskAsync("invoices", "show", "INV-1");

        Assert.True(taken.ExitCode == 0, taken.Error);
        Assert.Contains("3 records of invoice-detail", taken.Error);
        Assert.Equal("tied", invoice.GetProperty("state").GetString());
        Assert.Equal(145_200m, invoice.GetProperty("total").GetDecimal());
        Assert.Equal("tax", invoice.GetProperty("parts")[0].GetProperty("type").GetString());
        Assert.Equal(3, invoice.GetProperty("chargeCount").GetInt32());
        Assert.Equal(
            133_400m,
            (await books.AskAsync("costs", "--measure", "BilledCost")).GetProperty("rows")[0][0].GetDecimal()
        );
    }

    [Fact]
    public async Task An_invoice_in_another_currency_differs_by_the_two_rates()
    {
        using var books = new FinanceBooks();
        books.Write(
            "rulebook/rates.yaml",
            """
            kind: ExchangeRates
            name: treasury
            source: Treasury
            use: actual
            base: USD
            rates:
              2026-03-01: {GBP: 0.74}
            ---
            kind: Invoice
            name: march
            number: INV-1
            issuer: Cloud One
            currency: GBP
            exchangeRate: 0.75
            total: 75000
            issuedOn: 2026-04-03
            """
        );
        await books.TakeAsync(FinanceBooks.Charge("2026-03", "2026-03-01", "2026-04-01", "100000", "100000"));

        var invoice = (await books.AskAsync("invoices", "--draft")).GetProperty("invoices")[0];

        Assert.Equal("tied", invoice.GetProperty("state").GetString());
        var part = invoice.GetProperty("parts")[0];
        Assert.Equal("fx 1000", $"{part.GetProperty("type")} {part.GetProperty("amount")}");
    }

    [Fact]
    public async Task DAT_08_records_keep_their_ids_and_the_later_counts()
    {
        using var books = new FinanceBooks();
        await books.ImportAsync(
            "orders.csv",
            "PO Number,Supplier,Amount,Currency\nPO-1,Cloud One,100,USD\nPO-2,Cloud One,5,USD\n"
        );
        await books.ImportAsync(
            "later.json",
            """[{"PO Number": "PO-1", "Supplier": "Cloud One", "Amount": 120.50, "Currency": "USD"}]"""
        );

        var now = await books.AskAsync("records", "purchase-orders");
        var before = await books.AskAsync("records", "purchase-orders", "--as-of", "#1");
        var verified = await books.RunAsync("verify");

        Assert.Contains("120.5", now.GetRawText());
        Assert.Equal(2, now.GetProperty("rows").GetArrayLength());
        Assert.Contains("100", before.GetRawText());
        Assert.Equal(0, verified.ExitCode);
    }

    [Fact]
    public async Task A_bad_value_is_told_with_its_line_and_nothing_of_the_file_is_taken()
    {
        using var books = new FinanceBooks();
        var file = books.Write(
            "ap.csv",
            "Vendor,Invoice No,Amount,Currency,Date\nA,1,twelve,USD,2026-03-01\nA,2,5,USD,03/04/2026\n"
        );

        var result = await books.RunAsync("records", "import", file);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ap.csv:2:1: error records/bad-value", result.Error);
        Assert.Contains("ap.csv:3:1: error records/bad-value", result.Error);
        Assert.Contains("--days day-first", result.Error);
    }

    [Fact]
    public async Task Headings_of_their_own_are_mapped()
    {
        using var books = new FinanceBooks();
        await books.ImportAsync(
            "gl.csv",
            "Beleg;Konto;Datum;Betrag\n1;6400;31.03.2026;1.234,50\n",
            "--as",
            "ledger",
            "--map",
            "JournalLineId=Beleg",
            "--map",
            "Account=Konto",
            "--map",
            "PostingDate=Datum",
            "--map",
            "Amount=Betrag",
            "--set",
            "Currency=EUR"
        );

        Assert.Contains("1234.5", (await books.AskAsync("records", "ledger")).GetRawText());
    }

    [Fact]
    public async Task The_state_of_the_invoices_stands_beside_every_total()
    {
        using var books = new FinanceBooks();
        await books.TakeAsync(March);
        var before = await books.AskAsync("costs");
        await books.ImportAsync("ap.csv", Invoices.Replace("\nPartner,MP-1,12400.00,USD,2026-03", ""));

        var costs = await books.AskAsync("costs");
        var told = await books.RunAsync("costs");
        var explained = await books.AskAsync("explain", "--measure", "BilledCost");

        Assert.False(before.TryGetProperty("invoices", out _));
        Assert.Equal(["tied 87600", "open 12400"], States(costs));
        Assert.Contains("By the suppliers' invoices: 87,600.00 USD tied, 12,400.00 USD open.", told.Error);
        Assert.Equal(["tied 121000", "open 12400"], States(explained));
    }

    private static IEnumerable<string> States(System.Text.Json.JsonElement answer) =>
        answer
            .GetProperty("invoices")
            .EnumerateArray()
            .Select(one => $"{one.GetProperty("state")} {one.GetProperty("amount")}");

    private static async Task<decimal> BalanceAsync(FinanceBooks books, string day) =>
        (await books.AskAsync("prepaid", "--at", day)).GetProperty("balance")[0].GetProperty("amount").GetDecimal();
}
