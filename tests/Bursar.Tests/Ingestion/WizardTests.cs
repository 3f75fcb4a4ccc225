using Bursar.Tests.Support;

namespace Bursar.Tests.Ingestion;

/// <summary>Odd files that nobody has seen before load to their right total without the manual (DAT-18).</summary>
public sealed class WizardTests
{
    [Fact]
    public async Task A_csv_with_semicolons_decimal_commas_and_titles()
    {
        using var test = new BooksTest();
        var file = test.Write(
            "kosten-2026-09.csv",
            """
            Stadtwerke Rechenzentrum;;;;;
            Abrechnung nach Kostenstellen, September 2026;;;;;

            Leistungsdatum;Kostenstelle;Leistung;Menge;Einzelpreis netto;Betrag netto EUR
            01.09.2026;4711;Stellplatz;2;1.250,00;2.500,00
            02.09.2026;4711;Strom;1.234,5;0,2876;355,04
            30.09.2026;4712;Gutschrift;1;-99,99;-99,99
            Gesamt;;;;;2.755,05

            """
        );
        await LoadsAsync(test, file, "2755.05");
    }

    [Fact]
    public async Task A_workbook_with_two_rows_of_headers_and_a_row_of_totals()
    {
        using var test = new BooksTest();
        var file = test.WriteBytes(
            "contracts.xlsx",
            SomeWorkbook.Of(
                ["Contracts of the group"],
                ["", "", "Period", "", "Net amount (EUR)", ""],
                ["Vendor", "Product", "Start", "End", "Invoice", "Cost"],
                ["Globex", "Mail", "2026-09-01", "2026-09-30", "R-1", "1200.10"],
                ["Initech", "Office", "2026-09-01", "2026-09-30", "R-2", "499.950000000000001"],
                ["Total", "", "", "", "", "1700.050000000000001"]
            )
        );
        await LoadsAsync(test, file, "1700.050000000000001", "--currency", "EUR");
    }

    [Fact]
    public async Task A_nested_export_in_json()
    {
        using var test = new BooksTest();
        var file = test.Write(
            "usage-export.json",
            """
            {"status": "ok", "page": {"next": null}, "result": {"account": {"id": "A-7"}, "charges": [
              {"product": {"name": "Search", "tier": "gold"}, "when": {"from": "2026-09-01T00:00:00Z", "to": "2026-10-01T00:00:00Z"},
               "money": {"amount": 12.500000000000000001, "currency": "EUR"}, "labels": {"team": "web"}},
              {"product": {"name": "Maps", "tier": "free"}, "when": {"from": "2026-09-01T00:00:00Z", "to": "2026-10-01T00:00:00Z"},
               "money": {"amount": -0.5, "currency": "EUR"}, "labels": {"team": "app"}}]}}
            """
        );
        await LoadsAsync(test, file, "12.000000000000000001");
        Assert.Equal("12.500000000000000001", await test.TotalAsync("--where", "Tags/team=web"));
    }

    [Fact]
    public async Task Lines_of_invoices_inside_json_are_the_charges()
    {
        using var test = new BooksTest();
        var file = test.Write(
            "invoices.json",
            """
            {"invoices": [
              {"number": "R-1", "date": "2026-09-05", "currency": "EUR", "total": 30, "lines": [{"item": "Seats", "amount": 20}, {"item": "Storage", "amount": 10}]},
              {"number": "R-2", "date": "2026-09-06", "currency": "EUR", "total": 5.5, "lines": [{"item": "Seats", "amount": 5.5}]}]}
            """
        );
        // The total of each invoice is its lines: one of both is counted, never both.
        await LoadsAsync(test, file, "35.5");
    }

    [Fact]
    public async Task The_only_column_of_days_says_when_whatever_its_name()
    {
        using var test = new BooksTest();
        var file = test.Write(
            "api.json",
            """
            {"items": [{"when": "2026-09-01", "amount": "1.25", "svc": "queue"},
              {"when": "2026-09-02", "amount": "2.50", "svc": "queue"}, {"when": "2026-09-03", "amount": "3.00", "svc": "mail"}]}
            """
        );
        await LoadsAsync(test, file, "6.75", "--currency", "GBP");
        Assert.Equal("2.5", await test.TotalAsync("--from", "2026-09-02", "--to", "2026-09-02"));
    }

    [Fact]
    public async Task Days_of_one_column_may_be_written_in_different_forms()
    {
        using var test = new BooksTest();
        string[] days =
        [
            "2026-09-01",
            "2026-09-02T10:00:00Z",
            "2026-09-03 00:00:00 +0000 UTC",
            "2026-09-04 00:00:00 UTC",
            "9/5/2026",
            "09/06/26",
            "Sep 7, 2026",
            "8 Sep 2026",
            "20260909",
        ];
        var file = test.Write("days.csv", "When;Amount\n" + string.Concat(days.Select((day, i) => $"{day};{i + 1}\n")));
        await LoadsAsync(test, file, "45", "--currency", "USD", "--set", "ChargePeriodStart=date([When])");
        for (var i = 1; i <= days.Length; i++)
        {
            var day = $"2026-09-{i:00}";
            Assert.Equal($"{i}", await test.TotalAsync("--from", day, "--to", day));
        }
    }

    [Theory]
    [InlineData("Sep 2026", "2026-09-01", "2026-09-30")]
    [InlineData("September 2026", "2026-09-01", "2026-09-30")]
    [InlineData("Sept-26", "2026-09-01", "2026-09-30")]
    [InlineData("Sep 26", "2026-09-01", "2026-09-30")]
    [InlineData("septembre 2026", "2026-09-01", "2026-09-30")]
    [InlineData("09/2026", "2026-09-01", "2026-09-30")]
    [InlineData("2026年9月", "2026-09-01", "2026-09-30")]
    [InlineData("2026-W36", "2026-08-31", "2026-09-06")]
    [InlineData("KW 36/2026", "2026-08-31", "2026-09-06")]
    [InlineData("Q3 2026", "2026-07-01", "2026-09-30")]
    public async Task A_month_a_week_or_a_quarter_in_words_is_spread_over_its_days(string when, string from, string to)
    {
        using var test = new BooksTest();
        var file = test.Write("costs.tsv", $"When\tItem\tTotal, EUR\n{when}\tdesk\t10.50\n{when}\tchair\t4.50\n");
        await LoadsAsync(test, file, "15");
        Assert.Equal("15", await test.TotalAsync("--from", from, "--to", to));
        Assert.NotEqual("15", await test.TotalAsync("--from", from, "--to", from));
    }

    [Fact]
    public async Task A_month_in_each_column_becomes_a_row_in_each_month()
    {
        using var test = new BooksTest();
        var file = test.Write(
            "budgetstatus.csv",
            """
            Vendor,Service,Jan 2026,Feb 2026,Mar 2026,Total
            Acme,Mail,"$1,000.00",1100,1200,3300
            Acme,"Disk ""S"", fast",10.5,,(3.50),7
            Total,,1010.5,1100,1196.5,3307

            """
        );
        await LoadsAsync(test, file, "3307");
        Assert.Equal(
            ["1010.5", "1100", "1196.5"],
            (await test.RowsAsync("--over", "month", "--measure", "BilledCost")).Select(row => row[^1])
        );
        Assert.Contains(
            "Disk \"S\", fast|7",
            (await test.RowsAsync("--by", "ServiceName", "--measure", "BilledCost")).Select(row =>
                string.Join('|', row)
            )
        );
    }

    [Fact]
    public async Task A_japanese_invoice_in_yen()
    {
        using var test = new BooksTest();
        var file = test.Write(
            "seikyu.csv",
            """
            請求書

            請求月,サービス名,数量,単価,金額（円）
            2026年9月,サーバー,2,"5,000","¥10,000"
            2026年9月,ストレージ,1,"2,500","¥2,500"
            合計,,,,"¥12,500"

            """
        );
        await LoadsAsync(test, file, "12500");
        Assert.Equal(
            ["サーバー", "ストレージ"],
            (await test.RowsAsync("--by", "ServiceName")).Select(row => row[0]).Order()
        );
    }

    [Fact]
    public async Task A_ledger_with_a_column_of_credits()
    {
        using var test = new BooksTest();
        var file = test.Write(
            "ledger.csv",
            "Date,Description,Debit,Credit,Currency\n2026-09-01,Fee,100.00,,USD\n2026-09-05,Refund,,20.00,USD\n2026-09-09,Fee,50.00,,USD\n"
        );
        await LoadsAsync(test, file, "130");
    }

    [Fact]
    public async Task The_month_in_the_name_of_a_file_is_that_of_its_rows_also_next_month()
    {
        using var test = new BooksTest();
        var file = test.Write(
            "kst-2026-09.csv",
            "\"Kosten je Kostenstelle\"\n\n\"Kst\";\"Bezeichnung\";\"Ist-Kosten EUR\"\n\"100\";\"IT\";\"1.000,10\"\n\"200\";\"HR\";\"2.000,20\"\n\"Summe\";\"\";\"3.000,30\"\n"
        );
        await LoadsAsync(test, file, "3000.3");
        await test.BookAsync(test.Write("kst-2026-10.csv", "Kst;Bezeichnung;Ist-Kosten EUR\n100;IT;1,50\n"));
        Assert.Equal("3000.3", await test.TotalAsync("--from", "2026-09-01", "--to", "2026-09-30"));
        Assert.Equal("1.5", await test.TotalAsync("--from", "2026-10-01", "--to", "2026-10-31"));
    }

    [Fact]
    public async Task A_workbook_with_a_cover_sheet()
    {
        using var test = new BooksTest();
        var file = test.WriteBytes(
            "report.xlsx",
            SomeWorkbook.OfSheets(
                [
                    ["Report of costs"],
                    ["Prepared by", "Finance"],
                    ["Status", "final"],
                ],
                [
                    ["Day", "Vendor", "Net cost EUR"],
                    ["2026-09-01", "Globex", "12.5"],
                    ["2026-09-02", "Globex", "7.5"],
                ]
            )
        );
        await LoadsAsync(test, file, "20");
    }

    [Fact]
    public async Task All_that_a_file_does_not_say_is_asked_at_once_with_the_command_that_says_it()
    {
        using var test = new BooksTest();
        var file = test.Write("mystery.csv", "alpha,beta\nx,1\ny,2\n");
        var asked = await test.RunAsync("source", "add", file);
        Assert.Contains("source/no-cost", asked.Error);
        Assert.Contains(
            $"`bursar source add {file} --set \"BilledCost=[Column]\" --set \"ChargePeriodStart='2026-09-01'\" --currency EUR`",
            asked.Error.ReplaceLineEndings(" ")
        );
        await LoadsAsync(
            test,
            file,
            "3",
            "--set",
            "BilledCost=[beta]",
            "--set",
            "ChargePeriodStart='2026-09-01'",
            "--currency",
            "EUR"
        );
    }

    [Fact]
    public async Task An_export_without_day_and_currency_is_refused_once_and_the_command_it_names_mends_it()
    {
        using var test = new BooksTest();
        var file = test.Write(
            "allocation.csv",
            "Name,CPUCost,RAMCost,PVCost,NetworkCost,LoadBalancerCost,TotalCost\nweb,1,2,0,0,0,3\ndb,2,2,1,0,0,5\n"
        );
        var refused = await test.RunAsync("ingest", file);
        Assert.Contains("ingestion/mapping-without-day", refused.Error);
        Assert.Contains(
            $"`bursar source add {file} --set \"ChargePeriodStart='2026-09-01'\" --currency USD`",
            refused.Error.ReplaceLineEndings(" ")
        );
        await LoadsAsync(test, file, "8", "--set", "ChargePeriodStart='2026-09-01'", "--currency", "USD");
    }

    private static async Task LoadsAsync(BooksTest test, string file, string total, params string[] options)
    {
        var added = await test.RunAsync(["source", "add", file, .. options]);
        Assert.True(added.ExitCode == 0, added.ToString());
        var outcome = await test.IngestAsync(file);
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(total, await test.TotalAsync("--measure", "BilledCost"));
    }
}
