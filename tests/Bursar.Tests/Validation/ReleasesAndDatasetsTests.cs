using Bursar.Core.Focus;
using Bursar.Tests.Support;
using Bursar.Understand.Validation;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Output;
using Bursar.Understand.Validation.Rules;

namespace Bursar.Tests.Validation;

/// <summary>Every release and dataset has its rules, and finds its files.</summary>
public sealed class ReleasesAndDatasetsTests
{
    private static readonly ValidationRequest Anything = new();

    [Fact]
    public void Every_release_has_rules_for_its_datasets_and_says_what_each_expects()
    {
        foreach (var version in Enum.GetValues<FocusVersion>())
        {
            foreach (var dataset in Enum.GetValues<FocusDataset>())
            {
                var introduced = FocusColumns
                    .All.Where(column => column.Dataset == dataset)
                    .Min(column => column.Introduced);
                var rules = RuleTable.Of(version, dataset, asPublished: false).Rules;
                Assert.Equal(version >= introduced, rules.Count > 0);
                Assert.All(rules, rule => Assert.EndsWith(".", SayCheck.Expected(rule)));
            }
        }
    }

    [Fact]
    public void Every_column_of_a_release_that_must_be_there_is_asked_for()
    {
        foreach (var version in Enum.GetValues<FocusVersion>())
        {
            var asked = RuleTable
                .Of(version, FocusDataset.CostAndUsage, asPublished: false)
                .Rules.Where(rule => rule.Kind == RuleKind.Presence)
                .Select(rule => rule.Column)
                .ToHashSet();
            Assert.DoesNotContain(
                FocusColumns.CostAndUsage.Values.Where(column => column.IsIn(version) && column.Level == "Mandatory"),
                column => !asked.Contains(column.Id)
            );
        }
    }

    [Fact]
    public void Rules_of_1_2_do_not_reach_back_beyond_their_columns() =>
        Assert.DoesNotContain(
            RuleTable.Of(FocusVersion.V1_0, FocusDataset.CostAndUsage, asPublished: false).Rules,
            rule => rule.Column is "InvoiceId" or "ServiceSubcategory" or "SkuMeter"
        );

    [Theory]
    [InlineData("BillingPeriodStatus,BillingPeriodCreated", FocusDataset.BillingPeriod, "1.4")]
    [InlineData("InvoiceDetailId,InvoiceIssueStatus,BilledCost", FocusDataset.InvoiceDetail, "1.4")]
    [InlineData("ContractCommitmentId,ContractId", FocusDataset.ContractCommitment, "1.3")]
    [InlineData("ContractCommitmentId,ContractCommitmentModel", FocusDataset.ContractCommitment, "1.4")]
    [InlineData("BilledCost,ChargeCategory", FocusDataset.CostAndUsage, "1.0")]
    [InlineData("BilledCost,ChargeCategory,ServiceProviderName,ProviderName", FocusDataset.CostAndUsage, "1.3")]
    [InlineData("BilledCost,ChargeCategory,ServiceProviderName", FocusDataset.CostAndUsage, "1.4")]
    public void A_dataset_and_its_release_are_found_from_the_columns(
        string header,
        FocusDataset dataset,
        string version
    )
    {
        var report = Validated.Lines(Anything, header, string.Join(',', header.Split(',').Select(_ => "x")));
        Assert.Equal((dataset.ToString(), version), (report.Dataset, report.FocusVersion));
    }

    [Fact]
    public void An_invoice_line_occurs_once_per_invoice_and_is_not_updated_before_it_is_made()
    {
        var report = Validated.Lines(
            Anything,
            "InvoiceDetailId,InvoiceId,InvoiceDetailCreated,InvoiceDetailLastUpdated,InvoiceIssueStatus",
            "1,A,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,Issued",
            "1,B,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,Issued",
            "1,A,2026-01-03T00:00:00Z,2026-01-02T00:00:00Z,Paid"
        );

        Assert.Equal(
            ["1 / A"],
            Broken(report, CheckKind.Unique, "InvoiceDetailId").FirstRows.Select(row => row.Values[0].Value)
        );
        Assert.Equal(3, Assert.Single(Broken(report, CheckKind.NotEarlier, "InvoiceDetailLastUpdated").FirstRows).Row);
        Assert.Equal(3, Assert.Single(Broken(report, CheckKind.In, "InvoiceIssueStatus").FirstRows).Row);
    }

    [Fact]
    public void What_stands_inside_a_JSON_cell_is_judged_element_by_element()
    {
        var report = Validated.Lines(
            new ValidationRequest { Version = FocusVersion.V1_3 },
            "AllocatedMethodDetails,ChargeCategory",
            Cell("""{"Elements":[{"AllocatedRatio":0.5,"UsageUnit":"GB","UsageQuantity":2}]}"""),
            Cell("""{"Elements":[{"AllocatedRatio":0.5,"UsageQuantity":2},{"AllocatedRatio":0.5}]}"""),
            Cell("""{"Elements":[{"AllocatedRatio":"half","Weight":1}]}"""),
            Cell("""{"Elements":{}}""")
        );

        Assert.Equal([2], Rows("CAU-AllocatedMethodDetailsObject-O-016-C"));
        Assert.Equal([3], Rows("CAU-AllocatedMethodDetailsObject-O-013-M"));
        Assert.Equal([3], Rows("CAU-AllocatedMethodDetailsObject-O-009-C"));
        Assert.Equal([4], Rows("CAU-AllocatedMethodDetailsObject-O-001-M"));

        IEnumerable<long> Rows(string id) => report.Rule(id).FirstRows.Select(row => row.Row!.Value);
        static string Cell(string json) => $"\"{json.Replace("\"", "\"\"", StringComparison.Ordinal)}\",Usage";
    }

    [Fact]
    public void Files_that_were_made_to_conform_have_no_findings()
    {
        foreach (var provider in new[] { "aws", "azure", "gcp" })
        {
            var file = SharedFolder.Need(
                "focus",
                "samples",
                "synthetic",
                $"{provider}_1_2_cost_and_usage_rows100_seed42.csv"
            );
            Assert.Empty(Validated.One(file, Anything).Findings);
        }
    }

    private static RuleResult Broken(ConformanceReport report, CheckKind kind, string column) =>
        Assert.Single(report.Findings, finding => finding.Rule.Check!.Kind == kind && finding.Rule.Column == column);
}
