using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;

namespace Bursar.Tests.Web;

public sealed class ExploreTests
{
    private static readonly Currency Dollar = new("USD");
    private static readonly Currency Euro = new("EUR");

    [Theory]
    [InlineData("2026-07-01", "2026-10-01", Comparison.Previous, "[2026-04-01, 2026-07-01)")]
    [InlineData("2026-03-01", "2026-04-01", Comparison.Previous, "[2026-02-01, 2026-03-01)")]
    [InlineData("2026-03-05", "2026-03-15", Comparison.Previous, "[2026-02-23, 2026-03-05)")]
    [InlineData("2026-07-01", "2026-10-01", Comparison.Year, "[2025-07-01, 2025-10-01)")]
    public void The_earlier_period_has_the_same_length_in_months_where_it_is_made_of_months(
        string start,
        string end,
        Comparison by,
        string expected
    ) =>
        Assert.Equal(
            expected,
            ExploreCosts.Earlier(new DateRange(DateOnly.Parse(start), DateOnly.Parse(end)), by).ToString()
        );

    [Fact]
    public async Task A_group_is_compared_even_when_it_was_small_before()
    {
        var view = await ExploreAsync(
            "by=ServiceName&from=2026-09&to=2026-09&top=1&compare=previous",
            now: [Row("b", 70), Row("(other)", 30)],
            before: [Row("a", 50), Row("b", 10)]
        );
        var groups = Assert.Single(CostGroups.Of(view));
        Assert.Equal(Amount.Parse("10"), groups.Groups[0].Before);
        Assert.Equal(Amount.Parse("50"), groups.Groups[1].Before);
        Assert.Equal(
            "In September 2026 effective cost was $100, 66.7\u00a0% ($40.00) more than in August 2026.",
            ExploreSentence.Of(view, groups)
        );
    }

    [Fact]
    public async Task Two_currencies_are_two_tables()
    {
        var view = await ExploreAsync(
            "by=ServiceName&from=2026-09&to=2026-09",
            now: [Row("a", 5), Row("a", 7, Euro)],
            before: []
        );
        Assert.Equal(
            ["5.00", "7.00"],
            CostGroups.Of(view).Select(groups => ExploreTables.Table(view, groups).Foot[0].Cells[0].Text)
        );
    }

    [Fact]
    public async Task Rows_of_any_table_sum_to_its_total()
    {
        foreach (var over in new[] { "", "&over=month", "&over=day", "&over=month&split=tax", "&over=month&top=3" })
        {
            var (question, _) = CostQueryUrl.Read("by=ServiceProviderName&from=2026-01&to=2026-09" + over);
            var view = await new ExploreCosts((query, _, _) => Task.FromResult(Samples.Answer(query))).AnswerAsync(
                question,
                default
            );
            var groups = Assert.Single(CostGroups.Of(view));
            var table = ExploreTables.Table(view, groups);
            var totals = table.Headings.Select((heading, i) => (heading, i)).Where(pair => pair.heading.Unit == "USD");
            foreach (var (_, i) in totals)
                Assert.Equal(
                    table.Foot[0].Cells[i].Exact,
                    CostGroups.Sum(table.Rows.Select(row => row.Cells[i].Exact ?? Amount.Zero))
                );
        }
    }

    [Fact]
    public void A_name_leads_to_the_next_column_on_the_way_down()
    {
        var (question, _) = CostQueryUrl.Read("by=ServiceProviderName&over=month");
        var links = new ExploreLinks(question, question.Query);
        Assert.Equal("/explore?by=ServiceCategory&over=month&where=ServiceProviderName=AWS", links.Drill(0, "AWS"));
        Assert.Equal("/explore?by=ServiceCategory&over=month&where=ServiceProviderName=", links.Drill(0, null));
    }

    [Fact]
    public void A_period_leads_to_its_days_and_never_past_the_ends_of_the_question()
    {
        var (question, _) = CostQueryUrl.Read("over=month&from=2026-09-10&to=2026-10-11");
        Assert.Equal(
            "/explore?over=day&from=2026-09-10&to=2026-09-30",
            new ExploreLinks(question, question.Query).Zoom(new DateOnly(2026, 9, 1))
        );
    }

    [Fact]
    public void Json_of_a_chart_cannot_end_its_element()
    {
        var chart = new ChartData("lines", "$", ["</script><script>alert(1)</script>"], []);
        Assert.DoesNotContain("<", ExploreChart.Json(chart));
    }

    private static async Task<ExploreView> ExploreAsync(string address, CostRow[] now, CostRow[] before)
    {
        var (question, _) = CostQueryUrl.Read(address);
        var explore = new ExploreCosts(
            (query, _, _) => Task.FromResult(Answer(query, query.From == question.Query.From ? now : before))
        );
        return await explore.AnswerAsync(question, TestContext.Current.CancellationToken);
    }

    private static CostAnswer Answer(CostQuery query, CostRow[] rows) =>
        new(
            query,
            rows,
            [.. rows.Select(row => row.Currency).Distinct().Select(currency => new Money(Amount.Zero, currency))],
            [],
            false,
            false,
            null,
            1
        );

    private static CostRow Row(string key, int cost, Currency? currency = null) =>
        new([key], null, currency ?? Dollar, Amount.From(cost), Amount.Zero, Amount.Zero);
}
