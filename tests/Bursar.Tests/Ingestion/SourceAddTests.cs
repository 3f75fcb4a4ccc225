using Bursar.Core.Amounts;
using Bursar.Tests.Support;

namespace Bursar.Tests.Ingestion;

/// <summary>
/// Any table can become charges: by a mapping of the rulebook, or by one that Bursar proposes (DAT-01, DAT-18).
/// </summary>
public sealed class SourceAddTests
{
    private const string German = """
        Muster Hosting GmbH
        Rechnung September 2026

        Rechnungsdatum;Kundennummer;Artikel;Menge;Einzelpreis;Nettobetrag;MwSt;Brutto
        01.09.2026;K-17;Server M;3;1.200,50;3.601,50 €;684,29;4.285,79
        15.09.2026;K-17;Backup;1;99,00;99,00 €;18,81;117,81
        30.09.2026;K-17;Gutschrift;1;-12,25;-12,25 €;-2,33;-14,58
        Summe;;;;;3.688,25 €;700,77;4.389,02

        """;

    private const string American = """
        "Vendor","Service","Month","Total charge","Tax","Account number"
        "Zoom","Meetings","Sep 1, 2026","$1,249.00","$99.92","A-1"
        "Zoom","Phone","Sep 1, 2026","($49.50)","$0.00","A-1"

        """;

    private const string Json = """
        {"meta": {"page": 1}, "data": [
          {"vendor": "Figma", "plan": "Org", "period": {"from": "2026-08-01", "to": "2026-08-31"}, "seats": 12,
           "amount": {"value": 540.123456789012345678, "currency": "USD"}, "labels": {"team": "design"}},
          {"vendor": "Miro", "plan": "Business", "period": {"from": "2026-08-01", "to": "2026-08-31"}, "seats": 3,
           "amount": {"value": "48", "currency": "USD"}, "labels": {"team": "product"}}]}
        """;

    [Theory]
    [InlineData("rechnung_2026-09.csv", German, "3688.25")]
    [InlineData("zoom 2026-09.csv", American, "1199.5")]
    [InlineData("saas.json", Json, "588.123456789012345678")]
    public async Task A_file_never_seen_before_loads_to_its_right_total(string name, string content, string total)
    {
        using var test = new BooksTest();
        var file = test.Write(name, content);
        var added = await test.RunAsync("source", "add", file);
        Assert.True(added.ExitCode == 0, added.ToString());
        Assert.Equal(0, (await test.RunAsync("check")).ExitCode);
        var outcome = await test.IngestAsync(file);
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(0, outcome.Quarantined);
        Assert.Equal(total, await test.TotalAsync("--measure", "BilledCost"));
        Assert.Equal(total, await test.TotalAsync("--measure", "EffectiveCost"));
    }

    [Fact]
    public async Task A_workbook_loads_with_the_digits_that_it_stores()
    {
        using var test = new BooksTest();
        var file = test.WriteBytes("licences.xlsx", Workbook());
        var added = await test.RunAsync("source", "add", file);
        Assert.True(added.ExitCode == 0, added.ToString());
        var outcome = await test.IngestAsync(file);
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal("1700.050000000000001", await test.TotalAsync("--measure", "BilledCost"));
        Assert.Equal(
            ["Globex|1200.1", "Initech|499.950000000000001"],
            (await test.RowsAsync("--by", "ServiceProviderName", "--measure", "BilledCost"))
                .Select(row => $"{row[0]}|{row[^1]}")
                .Order(StringComparer.Ordinal)
        );
        // From 2026-01-01 to 2026-12-31, both included: a year's licence is no spike.
        Assert.Equal(12, (await test.RowsAsync("--over", "month")).Count);
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_wrong_guess_is_corrected_in_the_command_and_nothing_is_written_before()
    {
        using var test = new BooksTest();
        var file = test.Write("x.csv", "day,alpha,beta\n2026-09-01,1,2\n2026-09-02,3,4\n");
        var refused = await test.RunAsync("source", "add", file, "--currency", "EUR");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("source/no-cost", refused.Error);
        var tried = await test.RunAsync(
            "source",
            "add",
            file,
            "--currency",
            "EUR",
            "--set",
            "BilledCost=[beta] * 0.5",
            "--preview"
        );
        Assert.True(tried.ExitCode == 0, tried.ToString());
        Assert.Contains("in all 3 EUR", tried.Error);
        Assert.False(Directory.Exists(test.Path + "/rulebook"));
        await test.RunAsync("source", "add", file, "--currency", "EUR", "--set", "BilledCost=[beta] * 0.5");
        Assert.Contains(
            "source/exists",
            (await test.RunAsync("source", "add", file, "--currency", "EUR", "--set", "BilledCost=[beta]")).Error
        );
        Assert.Contains(
            "source/bad-column",
            (await test.RunAsync("source", "add", file, "--set", "BilledCost=[beta")).Error
        );
        await test.BookAsync(file);
        Assert.Equal("3", await test.TotalAsync("--measure", "BilledCost"));
    }

    [Fact]
    public async Task A_mapping_of_the_rulebook_reads_what_it_names()
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/staff.yaml",
            """
            kind: Source
            name: staff
            category: other
            currency: CHF
            ---
            kind: Mapping
            name: staff-cost
            recognise: [Person, Hours, Hourly rate]
            where: "[Person] <> 'Total' and [Hours] > 0"
            columns:
              BilledCost: "[Hours] * [Hourly rate]"
              ChargePeriodStart: "[Week] & '-01'"
              ServiceProviderName: "'Own staff'"
              ServiceName: if [Person] contains 'arch' then 'Architecture' else 'Engineering'
              x_Person: upper([Person])
            """
        );
        var file = test.Write(
            "hours.csv",
            "Person,Week,Hours,Hourly rate\nArchibald,2026-09,0.1,33.33\nBea,2026-09,40,120\nCy,2026-09,0,99\nTotal,2026-09,40.1,\n"
        );
        var outcome = await test.IngestAsync(file, "--source", "staff");
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Contains(
            "2 rows are no charges ([Person] <> 'Total' and [Hours] > 0) and were left out.",
            outcome.Notes
        );
        Assert.Equal(
            ["Architecture|ARCHIBALD|3.333", "Engineering|BEA|4800"],
            (await test.RowsAsync("--by", "ServiceName,x_Person", "--measure", "EffectiveCost"))
                .Select(row => string.Join('|', row))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_file_that_is_known_needs_no_mapping()
    {
        using var test = new BooksTest();
        var file = test.Write("focus.csv", SomeRow.Csv([new SomeRow("1.5")]));
        var result = await test.RunAsync("source", "add", file);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("Nothing has to be written", result.Error);
        Assert.False(Directory.Exists(test.Path + "/rulebook"));
    }

    [Fact]
    public async Task Chargeback_files_load_without_a_written_line()
    {
        var folder = SharedFolder.Need("inputs", "chargeback");
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(folder, "--currency", "USD");
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        // Independent: the column BilledCost of every file, read by the test's own CSV reader and added as
        // integers. One
        // file has no EffectiveCost: there BilledCost stands for it.
        var files = Directory.GetFiles(folder, "*.csv").Select(RawFile.Read).ToList();
        var effective = files.Aggregate(
            Amount.Zero,
            (sum, file) => sum + file.Sum(file.Header.Contains("EffectiveCost") ? "EffectiveCost" : "BilledCost")
        );
        Assert.Equal(
            files.Aggregate(Amount.Zero, (sum, file) => sum + file.Sum("BilledCost")),
            Amount.Parse(await test.TotalAsync("--measure", "BilledCost"))
        );
        Assert.Equal(effective, Amount.Parse(await test.TotalAsync("--measure", "EffectiveCost")));
    }

    private static byte[] Workbook()
    {
        string[] headers = ["Vendor", "Product", "Start", "End", "Seats", "Unit price", "Annual cost (EUR)"];
        var rows =
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
            + $"<row r=\"3\">{string.Concat(headers.Select((name, i) => $"<c r=\"{(char)('A' + i)}3\" t=\"inlineStr\"><is><t>{name}</t></is></c>"))}</row>"
            + Row(4, "Globex", "CAD", "120.01", "1200.1")
            + Row(5, "Initech", "Office", "99.99", "499.950000000000001");
        return SomeWorkbook.OfXml([rows], "<si><r><t>Licence </t></r><r><t>entitlements</t></r></si>", [0, 14]);

        static string Row(int row, string vendor, string product, string price, string cost) =>
            $"<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{vendor}</t></is></c><c r=\"B{row}\" t=\"str\"><v>{product}</v></c>"
            + $"<c r=\"C{row}\" s=\"1\"><v>46023</v></c><c r=\"D{row}\" s=\"1\"><v>46387</v></c><c r=\"E{row}\"><v>10</v></c>"
            + $"<c r=\"F{row}\"><v>{price}</v></c><c r=\"G{row}\"><v>{cost}</v></c></row>";
    }
}
