using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Tests.Support;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;

namespace Bursar.Tests.Briefs;

public sealed class CompletenessTests
{
    private const string Rules = """
        kind: AllocationRule
        name: from-tags
        order: 1
        when: {}
        set:
          x_CostCentre: "{Tags/cc}"
          x_Product: "{Tags/all}"
          x_Application: "{Tags/all}"
          x_LegalEntity: "{Tags/all}"
          x_Environment: "{Tags/all}"
          x_Project: "{Tags/all}"
          x_Owner: "{Tags/all}"
        """;

    private static readonly DateOnly Day = new(2026, 9, 30);

    [Fact]
    public void Completeness_is_measured_by_cost_and_by_rows_from_a_providers_file_EX_DAT_1()
    {
        using var books = new BookedCharges(
            Rules,
            new SomeCharge(Day, "500") { Tags = ["cc", "1", "all", "x"] },
            new SomeCharge(Day, "300") { Tags = ["all", "x"] },
            new SomeCharge(Day, "150") { Tags = ["cc", "2", "all", "x"] },
            new SomeCharge(Day, "50"),
            new SomeCharge(Day, "90") { Category = "Tax" },
            new SomeCharge(Day, "-40") { Category = "Credit" }
        );
        var ask = new AskCosts(books.View);
        var completeness = new MeasureCompleteness(query => ask.Answer(query, default), default).Of(
            DateRange.Of(new BillingPeriod(2026, 9))
        )[new Currency("USD")];
        Assert.Equal(0.65m, completeness.ByCost);
        Assert.Equal(0.50m, completeness.ByRows);
    }
}
