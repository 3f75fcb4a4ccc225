using Bursar.Core.Focus;
using Bursar.Understand.Validation;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Output;

namespace Bursar.Tests.Validation;

/// <summary>Worked cases of what files are told.</summary>
public sealed class ConformanceTests
{
    private static readonly ValidationRequest Focus12 = new() { Version = FocusVersion.V1_2 };

    [Fact]
    public void An_allowed_value_is_written_exactly_and_an_empty_cost_is_found()
    {
        var report = Validated.Lines(
            Focus12,
            "ChargeCategory,BilledCost,BillingCurrency",
            "Usage,1.50,USD",
            "usage,2.25,USD",
            "Tax,,USD"
        );

        var category = report.Rule("ChargeCategory-C-003-M");
        Assert.Equal((RuleStatus.Fail, 1), (category.Status, category.Violations));
        Assert.Equal(2, Assert.Single(category.FirstRows).Row);
        Assert.Equal("2.25", Assert.Single(category.Affected).BilledCost.ToString());
        Assert.Equal(3, Assert.Single(report.Rule("BilledCost-C-003-M").FirstRows).Row);
        Assert.True(report.HasErrors);
    }

    [Fact]
    public void A_missing_column_is_one_finding_and_no_other_rule_repeats_it()
    {
        var report = Validated.Lines(Focus12, "ChargeCategory", "Usage");

        Assert.Contains(report.Findings, finding => finding.Rule.Id == "CostAndUsage-D-006-M");
        Assert.Equal(RuleStatus.Skip, report.Rule("BilledCost-C-003-M").Status);
        Assert.DoesNotContain(
            report.Findings,
            finding => finding.Rule.Column == "BilledCost" && finding.Rule.Entity == "column"
        );
    }

    [Theory]
    [InlineData(FocusVersion.V1_0)]
    [InlineData(FocusVersion.V1_2)]
    [InlineData(FocusVersion.V1_3)]
    [InlineData(FocusVersion.V1_4)]
    public void A_file_is_judged_whichever_columns_it_lacks(FocusVersion version)
    {
        var columns = FocusColumns.CostAndUsage.Values.Where(column => column.Introduced <= version).ToList();
        var random = new Random(20261121);
        for (var i = 0; i < 12; i++)
        {
            var some = columns.Where(_ => random.Next(6) > i % 5).DefaultIfEmpty(columns[0]).ToList();
            var report = Validated.Lines(
                new ValidationRequest { Version = version, Dataset = FocusDataset.CostAndUsage },
                string.Join(',', some.Select(column => column.Id)),
                string.Join(',', some.Select(column => column.Type == FocusType.Decimal ? "1" : "AWS"))
            );
            Assert.Equal(1, report.Evaluation.Rows);
        }
    }

    [Theory]
    [InlineData("1234.5", true)]
    [InlineData("6.1E-7", true)]
    [InlineData("-0.5", true)]
    [InlineData("+1", false)]
    [InlineData("1,234.5", false)]
    [InlineData("1e+5", false)]
    [InlineData("12 USD", false)]
    public void A_number_is_written_as_FOCUS_writes_numbers(string text, bool passes)
    {
        var report = Validated.Lines(Focus12, "BilledCost,ChargeCategory", $"\"{text}\",Usage");
        Assert.Equal(passes, report.Rule("BilledCost-C-002-M").Status == RuleStatus.Pass);
    }

    [Theory]
    [InlineData("GB", true)]
    [InlineData("GB-Hours", true)]
    [InlineData("Requests/Second", true)]
    [InlineData("1000 API Requests", true)]
    [InlineData("Requests/3 Months", true)]
    [InlineData("GB Hours", true)]
    [InlineData("Lambda-GB-Seconds", false)]
    [InlineData("GB/Hours", false)]
    [InlineData("1M tokens!", false)]
    public void A_unit_has_one_of_the_forms_of_FOCUS(string unit, bool passes)
    {
        var report = Validated.Lines(Focus12, "PricingUnit,ChargeCategory", $"{unit},Usage");
        Assert.Equal(passes, report.Rule("PricingUnit-C-003-O").Status == RuleStatus.Pass);
    }

    [Fact]
    public void A_rule_about_all_but_corrections_holds_for_rows_without_a_charge_class()
    {
        string[] lines = ["ChargeCategory,ChargeClass,PricingQuantity", "Usage,,", "Usage,Correction,"];

        Assert.Equal(1, Validated.Lines(Focus12, lines).Rule("PricingQuantity-C-005-C").Violations);
        Assert.Equal(
            0,
            Validated.Lines(Focus12 with { AsPublished = true }, lines).Rule("PricingQuantity-C-005-C").Violations
        );
    }

    [Fact]
    public void Used_and_unused_are_the_states_of_a_commitment_whatever_was_published()
    {
        string[] lines =
        [
            "CommitmentDiscountId,CommitmentDiscountStatus,ChargeCategory",
            "sp-1,Used,Usage",
            ",Used,Usage",
        ];
        var all = Focus12 with { Features = new DeclaredFeatures(["all"], []) };

        var corrected = Validated.Lines(all, lines);
        Assert.Equal(RuleStatus.Pass, corrected.Rule("CommitmentDiscountStatus-C-005-M").Status);
        Assert.Equal(2, Assert.Single(corrected.Rule("CommitmentDiscountStatus-C-003-C").FirstRows).Row);
        Assert.Equal(
            RuleStatus.Fail,
            Validated.Lines(all with { AsPublished = true }, lines).Rule("CommitmentDiscountStatus-C-005-M").Status
        );
    }

    [Fact]
    public void A_feature_is_seen_in_the_data_and_can_be_denied()
    {
        string[] lines = ["CommitmentDiscountId,ChargeCategory", "sp-1,Usage"];

        Assert.Contains(
            Validated.Lines(Focus12, lines).Findings,
            finding => finding.Rule.Column == "CommitmentDiscountType" && finding.Rule.Entity == "dataset"
        );
        var denied = Focus12 with { Features = new DeclaredFeatures([], ["commitment-discount"]) };
        Assert.DoesNotContain(
            Validated.Lines(denied, lines).Findings,
            finding => finding.Rule.Supports.Contains("commitment-discount")
        );
    }

    [Fact]
    public void Price_times_quantity_is_the_cost_but_for_rounding()
    {
        var report = Validated.Lines(
            Focus12,
            "ListUnitPrice,PricingQuantity,ListCost,ChargeClass",
            "0.0116,1.23456,0.0143209,",
            "0.0116,1.23456,0.015,",
            "0.0116,1.23456,99,Correction"
        );

        var product = report.Rule("ListCost-C-009-C");
        Assert.Equal(2, Assert.Single(product.FirstRows).Row);
        Assert.Equal(1, product.Violations);
    }

    [Fact]
    public void A_price_that_belongs_to_two_meters_is_shown_with_both()
    {
        var report = Validated.Lines(Focus12, "SkuPriceId,SkuId", "p1,a", "p1,b", "p2,a", ",c");

        var broken = report.Rule("SkuPriceId-C-008-M");
        Assert.Equal(1, broken.Violations);
        Assert.Equal(["SkuPriceId p1, SkuId a; b"], SayReport.FirstRows(broken));
    }

    [Theory]
    [InlineData("AWS", "Amazon Web Services, Inc.", true)]
    [InlineData("AWS", "Amazon Web Services Canada, Inc.", true)]
    [InlineData("Microsoft", "Microsoft Ireland Operations Limited", true)]
    [InlineData("AWS", "Contoso Marketplace Ltd", false)]
    public void Two_names_of_one_company_are_no_third_party(string seller, string issuer, bool same) =>
        Assert.Equal(same, SameEntity.Are(seller, issuer));

    [Fact]
    public void Tags_are_a_flat_object_with_keys_that_occur_once()
    {
        string[] cells =
        [
            "{\"\"a\"\": \"\"b\"\", \"\"c\"\": null}",
            "{\"\"a\"\": {\"\"b\"\": 1}}",
            "{\"\"a\"\": 1, \"\"a\"\": 2}",
            "a=b",
        ];
        var report = Validated.Lines(Focus12, ["Tags,ChargeCategory", .. cells.Select(cell => $"\"{cell}\",Usage")]);

        Assert.Equal(3, report.Rule("Tags-C-001-M").Violations);
    }

    [Fact]
    public void Rows_far_behind_are_found_and_numbered()
    {
        var lines = Enumerable.Repeat("Usage,1", 30_000).Append("Usage,").Append("Usage,");
        var report = Validated.Lines(Focus12, ["ChargeCategory,BilledCost", .. lines]);

        Assert.Equal([30_001L, 30_002L], report.Rule("BilledCost-C-003-M").FirstRows.Select(row => row.Row!.Value));
    }
}
