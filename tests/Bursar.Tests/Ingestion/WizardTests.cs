using System.Security;
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
            Workbook(
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

    private static async Task LoadsAsync(BooksTest test, string file, string total, params string[] options)
    {
        var added = await test.RunAsync(["source", "add", file, .. options]);
        Assert.True(added.ExitCode == 0, added.ToString());
        var outcome = await test.IngestAsync(file);
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(total, await test.TotalAsync("--measure", "BilledCost"));
    }

    private static byte[] Workbook(params string[][] rows) =>
        SomeWorkbook.Of(string.Concat(rows.Select((row, i) => Row(row, i + 1))));

    private static string Row(string[] cells, int row) =>
        $"<row r=\"{row}\">{string.Concat(cells.Select((cell, i) => cell.Length == 0 ? "" : Cell(cell, $"{(char)('A' + i)}{row}")))}</row>";

    private static string Cell(string text, string place) =>
        text.All(letter => char.IsAsciiDigit(letter) || letter == '.')
            ? $"<c r=\"{place}\"><v>{text}</v></c>"
            : $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";
}
