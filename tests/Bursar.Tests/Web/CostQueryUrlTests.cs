using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Web;

public sealed class CostQueryUrlTests
{
    private static readonly string[] Texts =
    [
        "AWS",
        "a,b",
        "a=b",
        "!",
        "\\",
        "x!=y",
        " space ",
        "50 %",
        "ü&ö",
        "\"quoted\"",
        "*",
        "100+1",
        "#5",
        "a;b",
        "a/b",
    ];

    [Fact]
    public void Every_question_comes_back_from_its_address_as_it_was()
    {
        var columns = Gen.Elements("ServiceName", "x_CostCentre", "Tags/a=b", "Tags/a,b", "Tags/!", "Tags/a\\b");
        var filters = Gen.Elements(Texts.Append(null).ToArray())
            .NonEmptyListOf()
            .SelectMany(values =>
                columns.SelectMany(column =>
                    Gen.Elements(true, false).Select(negated => new CostFilter(column, [.. values], negated))
                )
            );
        var days = Gen.Choose(0, 2000).Select(offset => new DateOnly(2023, 1, 1).AddDays(offset));
        var months = Gen.Choose(0, 60).Select(offset => new DateOnly(2023, 1, 1).AddMonths(offset));
        var day = Gen.OneOf(days, months);
        var questions =
            from measure in Gen.Elements(Enum.GetValues<CostMeasure>())
            from grouping in columns.ListOf()
            from over in Gen.Elements<TimeGrain?>(null, TimeGrain.Day, TimeGrain.Week, TimeGrain.Month, TimeGrain.Year)
            from time in Gen.Elements(Enum.GetValues<TimeBasis>())
            from one in day
            from other in day
            from ends in Gen.Choose(0, 3)
            from conditions in filters.ListOf()
            from split in Gen.Choose(0, 3)
            from compare in Gen.Elements(Enum.GetValues<Comparison>())
            from top in Gen.Elements<int?>(null, 1, 10)
            from currency in Gen.Elements<Conversion?>(null, new(new("USD")), new(new("EUR"), RateUse.Plan))
            select new CostQuestion
            {
                Query = new CostQuery
                {
                    Measure = measure,
                    By = [.. grouping.Distinct()],
                    Over = over,
                    Time = time,
                    From =
                        (ends & 1) == 0 ? null
                        : one < other ? one
                        : other,
                    To = (ends & 2) == 0 ? null : (one < other ? other : one).AddDays(one == other ? 1 : 0),
                    Where = [.. conditions],
                    Top = top,
                    Split = (CostSplit)split,
                    Conversion = currency,
                },
                Compare = compare,
                Chart = (ChartForm)(split & 1),
                AsOf = split == 2 ? "2026-10-11T12:00:00Z" : null,
                Page = split + 1,
            };
        Prop.ForAll(
                Arb.From(questions),
                question =>
                {
                    var (back, diagnostics) = CostQueryUrl.Read(CostQueryUrl.Write(question));
                    Assert.Empty(diagnostics);
                    Assert.Equivalent(question, back, strict: true);
                    Assert.Equal(CostQueryUrl.Write(question), CostQueryUrl.Write(back));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20261011, 1));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("by=ServiceName&by=x_CostCentre", "by=ServiceName,x_CostCentre")]
    [InlineData("from=2026&to=2026", "from=2026-01&to=2026-12")]
    [InlineData("from=2026-01-15&to=2026-02-28", "from=2026-01-15&to=2026-02-28")]
    [InlineData("measure=billedcost&time=BILLING", "measure=BilledCost&time=billing")]
    [InlineData("split=credits&split=tax", "split=tax,credits")]
    [InlineData("top=&where=&by=&over=", "")]
    [InlineData("where=x_CostCentre!%3D", "where=x_CostCentre!=")]
    public void Equal_questions_have_one_address(string written, string expected)
    {
        var (question, diagnostics) = CostQueryUrl.Read("?" + written);
        Assert.Empty(diagnostics);
        Assert.Equal(expected, CostQueryUrl.Write(question).Replace("%21", "!"));
    }

    [Fact]
    public void To_names_the_last_month_that_is_included()
    {
        var (question, _) = CostQueryUrl.Read("from=2026-01&to=2026-04");
        Assert.Equal(new DateOnly(2026, 5, 1), question.Query.To);
    }

    [Fact]
    public void A_condition_without_a_value_asks_for_rows_that_have_none()
    {
        var (question, _) = CostQueryUrl.Read("where=x_CostCentre=");
        Assert.Equal([null], Assert.Single(question.Query.Where).Values);
    }

    [Theory]
    [InlineData("from=soon", "address/from")]
    [InlineData("from=1999-01", "address/from")]
    [InlineData("to=2026-13", "address/to")]
    [InlineData("from=2026-05&to=2026-04", "address/from")]
    [InlineData("over=fortnight", "address/over")]
    [InlineData("over=7", "address/over")]
    [InlineData("measure=Cost", "address/measure")]
    [InlineData("top=0", "address/top")]
    [InlineData("top=many", "address/top")]
    [InlineData("split=discount", "address/split")]
    [InlineData("where=ServiceName", "address/where")]
    [InlineData("where==AWS", "address/where")]
    [InlineData("asof=a&asof=b", "address/asof")]
    [InlineData("grain=month", "address/unknown-part")]
    public void A_bad_value_is_told_with_its_remedy_and_left_at_its_default(string written, string code)
    {
        var (question, diagnostics) = CostQueryUrl.Read(written);
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal(code, diagnostic.Code);
        Assert.NotEmpty(diagnostic.Remedy);
        Assert.Equal("", CostQueryUrl.Write(question));
    }
}
