using System.Text.Json;
using System.Xml.Linq;
using Bursar.Cli;
using Bursar.Core.Focus;
using Bursar.Tests.Support;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Validation;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Output;

namespace Bursar.Tests.Validation;

/// <summary>Rules that lie across two datasets: invoices, months and contracts of charges.</summary>
public sealed class AcrossDatasetsTests : IDisposable
{
    private const string March = "2026-03-01T00:00:00Z,2026-04-01T00:00:00Z";

    private const string ChargeHeader =
        "ServiceProviderName,InvoiceIssuerName,BillingAccountId,InvoiceId,InvoiceDetailId,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,BillingCurrency,BilledCost";

    private const string LineHeader =
        "InvoiceIssuerName,BillingAccountId,InvoiceId,InvoiceDetailId,BillingPeriodStart,BillingPeriodEnd,"
        + "ChargeCategory,InvoiceIssueStatus,InvoiceDetailCreated,BillingCurrency,BilledCost";

    private const string PeriodHeader =
        "InvoiceIssuerName,BillingPeriodStart,BillingPeriodEnd,BillingPeriodStatus,BillingPeriodLastUpdated";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_charge_names_an_invoice_and_a_line_that_exist()
    {
        Charges(Charge("A", "1", "10"), Charge("B", "1", "20"), Charge("A", "2", "5"), Charge("", "", "7"));
        Lines(Line("A", "1", "10"));

        var charges = Judge("charges.csv");

        var invoice = charges.Rule("CAU-InvoiceId-C-007-M");
        Assert.Equal((RuleStatus.Fail, 1), (invoice.Status, invoice.Violations));
        Assert.Equal(["Row 2: InvoiceId B, BillingAccountId acc"], SayReport.FirstRows(invoice));
        Assert.Equal("20", Assert.Single(invoice.Affected).BilledCost.ToString());
        Assert.Equal([2L, 3L], charges.Rule("CAU-InvoiceDetailId-C-007-M").FirstRows.Select(row => row.Row!.Value));
        Assert.True(charges.HasErrors);
        Assert.Equal(RuleStatus.Fail, charges.Rule("CAU-InvoiceId-C-000-M").Status);
    }

    [Fact]
    public void An_invoice_comes_to_the_sum_of_its_charges_but_for_rounding_tax_and_open_ones()
    {
        Charges(
            Charge("A", "1", "10"),
            Charge("A", "1", "90.5"),
            Charge("B", "1", "20"),
            Charge("C", "1", "20"),
            Charge("A", "9", "8", "Tax")
        );
        Lines(
            Line("A", "1", "101.5"),
            Line("B", "1", "21.01"),
            Line("C", "1", "99", status: "Open"),
            Line("A", "9", "80", category: "Tax")
        );

        var lines = Judge("lines.csv");

        var sums = lines.Rule("IND-BilledCost-C-010-M");
        Assert.Equal(1, sums.Violations);
        Assert.Equal(
            ["Row 2: InvoiceId B, InvoiceIssuerName AWS, BilledCost 21.01, BilledCost of Cost and Usage 20"],
            SayReport.FirstRows(sums)
        );
        Assert.Equal("1.01", Assert.Single(sums.Affected).BilledCost.ToString());
        Assert.Equal([2L, 4L], lines.Rule("IND-BilledCost-C-013-M").FirstRows.Select(row => row.Row!.Value));
        Assert.Equal(1, Judge("charges.csv").Rule("CAU-BilledCost-C-010-M").Violations);
    }

    [Fact]
    public void A_sum_takes_every_file_of_the_dataset_and_the_tolerance_of_its_currency()
    {
        Charges(Charge("A", "1", "1000", currency: "JPY"));
        folder.Write("d/more.csv", ChargeHeader + "\n" + Charge("A", "1", "500", currency: "JPY") + "\n");
        Lines(Line("A", "1", "1600", currency: "JPY"));

        Assert.Equal(RuleStatus.Pass, Judge("lines.csv").Rule("IND-BilledCost-C-010-M").Status);
        Lines(Line("A", "1", "1601", currency: "JPY"));
        Assert.Equal(RuleStatus.Fail, Judge("lines.csv").Rule("IND-BilledCost-C-010-M").Status);
    }

    [Fact]
    public void An_invoice_and_its_charges_stand_in_one_month_however_it_is_written()
    {
        Charges(Charge("A", "1", "10"), Charge("B", "1", "10"));
        Lines(
            Line("A", "1", "10").Replace(March, "2026-03-01,2026-04-01", StringComparison.Ordinal),
            Line("B", "1", "10").Replace(March, "2026-02-01T00:00:00Z,2026-04-01T00:00:00Z", StringComparison.Ordinal)
        );

        var start = Judge("lines.csv").Rule("IND-BillingPeriodStart-C-005-M");
        Assert.Equal(2, Assert.Single(start.FirstRows).Row);
        Assert.Equal(RuleStatus.Pass, Judge("lines.csv").Rule("IND-BillingPeriodEnd-C-005-M").Status);
    }

    [Fact]
    public void A_month_is_one_of_the_issuers_and_an_invoice_does_not_grow_once_it_is_closed()
    {
        Charges(
            Charge("A", "1", "10"),
            Charge("B", "1", "10").Replace(March, "2026-04-01T00:00:00Z,2026-05-01T00:00:00Z", StringComparison.Ordinal)
        );
        Lines(Line("A", "1", "10"), Line("A", "2", "1", created: "2026-04-06T00:00:00Z"));
        folder.Write("d/periods.csv", $"{PeriodHeader}\nAWS,{March},Closed,2026-04-05T00:00:00Z\n");

        var month = Judge("charges.csv").Rule("CAU-BillingPeriodStart-C-004-M");
        Assert.Equal(2, Assert.Single(month.FirstRows).Row);
        var created = Judge("lines.csv").Rule("IND-InvoiceDetailCreated-C-005-M");
        Assert.Equal(2, Assert.Single(created.FirstRows).Row);
    }

    [Fact]
    public void What_a_charge_uses_of_a_contract_is_a_commitment_that_exists()
    {
        string[] applied =
        [
            """{"Elements":[{"ContractId":"K","ContractCommitmentId":"k1"}]}""",
            """{"Elements":[{"ContractId":"K","ContractCommitmentId":"k1"},{"ContractId":"K","ContractCommitmentId":"k9"}]}""",
            """{"Elements":[{"ContractId":"L","ContractCommitmentId":"k1"}]}""",
            "no json",
            "",
        ];
        folder.Write(
            "d/charges.csv",
            "ServiceProviderName,ChargeCategory,BilledCost,ContractApplied\n"
                + string.Concat(applied.Select(cell => $"AWS,Usage,1,\"{cell.Replace("\"", "\"\"")}\"\n"))
        );
        folder.Write("d/contracts.csv", "ContractId,ContractCommitmentId,ContractCommitmentModel\nK,k1,x\n");

        var charges = Judge("charges.csv");
        Assert.Equal(
            [2L, 3L],
            charges.Rule("CAU-ContractAppliedObject-O-004-M").FirstRows.Select(row => row.Row!.Value)
        );
        var parent = charges.Rule("CAU-ContractAppliedObject-O-006-M");
        Assert.Equal(["ContractCommitmentId k1, ContractId K; L"], SayReport.FirstRows(parent));
    }

    [Fact]
    public void One_commitment_of_two_contracts_is_found_in_a_file_by_itself_in_1_3_too()
    {
        var report = Validated.Lines(
            new ValidationRequest { Version = FocusVersion.V1_3 },
            "ContractApplied,ChargeCategory",
            "\"{\"\"Elements\"\":[{\"\"ContractId\"\":\"\"K\"\",\"\"ContractCommitmentID\"\":\"\"k1\"\"}]}\",Usage",
            "\"{\"\"Elements\"\":[{\"\"ContractId\"\":\"\"L\"\",\"\"ContractCommitmentID\"\":\"\"k1\"\"}]}\",Usage"
        );
        Assert.Equal(
            (RuleStatus.Fail, 1L),
            (
                report.Rule("CAU-ContractAppliedObject-O-038-M").Status,
                report.Rule("CAU-ContractAppliedObject-O-038-M").Violations
            )
        );
    }

    [Fact]
    public void Without_the_other_dataset_or_its_month_the_rule_says_why_it_was_skipped()
    {
        Charges(Charge("A", "1", "10"));
        var alone = Judge("charges.csv").Rule("CAU-InvoiceId-C-007-M");
        Assert.Equal(
            (RuleStatus.Skip, "Lies across two datasets: no Invoice Detail was judged together with this file."),
            (alone.Status, alone.Reason)
        );

        Lines(Line("Z", "1", "10").Replace("AWS", "Other", StringComparison.Ordinal));
        var stranger = Judge("charges.csv").Rule("CAU-InvoiceId-C-007-M");
        Assert.Equal(
            (RuleStatus.Skip, "Invoice Detail beside it holds no invoice, month or contract of this file."),
            (stranger.Status, stranger.Reason)
        );
        folder.Write("d/lines.csv", "InvoiceDetailId,InvoiceId,InvoiceIssueStatus\n1,A,Issued\n");
        Assert.Equal(
            "Invoice Detail beside it has no column BillingAccountId.",
            Judge("charges.csv").Rule("CAU-InvoiceId-C-007-M").Reason
        );
    }

    [Fact]
    public async Task Every_form_of_the_report_shows_what_lies_across_datasets()
    {
        Charges(Charge("A", "1", "10"));
        Lines(Line("A", "1", "25"));
        var arguments = new[] { "validate", folder["d"] };

        var table = await ShellTest.RunAsync(arguments);
        Assert.Equal(ExitCode.Findings, table.ExitCode);
        Assert.Contains("IND-BilledCost-C-010-M", table.Out);
        Assert.Contains("The invoice and its charges differ by", table.Out);
        using var json = JsonDocument.Parse((await ShellTest.RunAsync([.. arguments, "--format", "json"])).Out);
        var lines = json.RootElement.GetProperty("files").EnumerateArray().Single(One("InvoiceDetail"));
        var rule = lines
            .GetProperty("rules")
            .EnumerateArray()
            .Single(one => one.GetProperty("id").GetString() == "IND-BilledCost-C-010-M");
        Assert.Equal("fail", rule.GetProperty("status").GetString());
        await ShellTest.RunAsync([.. arguments, "--junit", folder["out.xml"], "--report", folder["out.html"]]);
        Assert.Contains(
            XDocument.Load(folder["out.xml"]).Descendants("testcase"),
            one => one.Attribute("name")!.Value == "IND-BilledCost-C-010-M" && one.Element("failure") is not null
        );
        Assert.Contains(
            "BilledCost of Cost and Usage",
            await File.ReadAllTextAsync(folder["out.html"], TestContext.Current.CancellationToken)
        );
    }

    private static Func<JsonElement, bool> One(string dataset) =>
        file => file.GetProperty("dataset").GetString() == dataset;

    private void Charges(params string[] rows) =>
        folder.Write("d/charges.csv", $"{ChargeHeader}\n{string.Join('\n', rows)}\n");

    private void Lines(params string[] rows) =>
        folder.Write("d/lines.csv", $"{LineHeader}\n{string.Join('\n', rows)}\n");

    private static string Charge(
        string invoice,
        string line,
        string cost,
        string category = "Usage",
        string currency = "USD"
    ) => $"AWS,AWS,acc,{invoice},{line},{March},{category},{currency},{cost}";

    private static string Line(
        string invoice,
        string line,
        string cost,
        string category = "Usage",
        string status = "Issued",
        string created = "2026-04-02T00:00:00Z",
        string currency = "USD"
    ) => $"AWS,acc,{invoice},{line},{March},{category},{status},{created},{currency},{cost}";

    private ConformanceReport Judge(string name) =>
        new ValidateFiles()
            .Validate(
                FindSourceFiles.In([folder["d"]], folder["books"]),
                new ValidationRequest(),
                Progress.Silent,
                TestContext.Current.CancellationToken
            )
            .Single(report => report.File == name);
}
