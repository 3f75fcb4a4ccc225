using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using Bursar.Understand.Allocation;

namespace Bursar.Tests.Allocation;

public sealed class SuggestRulesTests
{
    private const string Rules = """
        kind: Organisation
        name: us
        costCentres: [{id: "4100"}, {id: "4200"}]
        ---
        kind: AllocationRule
        name: from-tags
        order: 500
        when: {}
        set: {x_CostCentre: "{Tags/cost-centre}"}
        """;

    private static readonly DateOnly Day = new(2026, 9, 30);

    [Fact]
    public void Spellings_of_a_tag_that_rules_read_are_found()
    {
        using var books = new BookedCharges(
            Rules,
            new SomeCharge(Day, "900") { Tags = ["cost-centre", "4100"] },
            new SomeCharge(Day, "900") { Tags = ["cost-centre", "4200"] },
            new SomeCharge(Day, "300") { Tags = ["CostCenter", "4100"] },
            new SomeCharge(Day, "120") { Tags = ["cost_center", "4200"] },
            new SomeCharge(Day, "10") { Tags = ["colour", "blue"] }
        );
        var best = Find(books)[0];
        Assert.Equal(Amount.From(420), best.In(new Currency("USD")));
        Assert.Equal("the tags CostCenter, cost_center mean cost-centre", best.Sentence);
    }

    [Fact]
    public void An_account_whose_cost_belongs_to_one_cost_centre_wherever_it_says_so_is_found()
    {
        using var books = new BookedCharges(
            Rules,
            new SomeCharge(Day, "900") { Account = "shop", Tags = ["cost-centre", "4100"] },
            new SomeCharge(Day, "70") { Account = "shop" }
        );
        var best = Find(books)[0];
        Assert.Equal("account shop belongs to cost centre 4100", best.Sentence);
        Assert.Equal(Amount.From(70), best.In(new Currency("USD")));
        Assert.True(best.IsReady);
    }

    [Fact]
    public void An_account_of_two_cost_centres_is_nobodys_guess()
    {
        using var books = new BookedCharges(
            Rules,
            new SomeCharge(Day, "900") { Account = "shop", Tags = ["cost-centre", "4100"] },
            new SomeCharge(Day, "800") { Account = "shop", Tags = ["cost-centre", "4200"] },
            new SomeCharge(Day, "70") { Account = "shop" }
        );
        Assert.Empty(Find(books));
    }

    [Fact]
    public void Resources_named_alike_are_found()
    {
        using var books = new BookedCharges(
            Rules,
            new SomeCharge(Day, "900")
            {
                Resource = "claims-1",
                Account = "a",
                Tags = ["cost-centre", "4200"],
            },
            new SomeCharge(Day, "70") { Resource = "claims-2", Account = "b" }
        );
        Assert.Equal("resources whose names begin with claims- belong to cost centre 4200", Find(books)[0].Sentence);
    }

    [Fact]
    public void An_account_of_which_nothing_is_known_waits_for_a_person()
    {
        using var books = new BookedCharges(Rules, new SomeCharge(Day, "70") { Account = "sandbox" });
        var best = Assert.Single(Find(books));
        Assert.False(best.IsReady);
        Assert.All(best.Yaml.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("# ", line));
    }

    [Fact]
    public async Task What_is_written_passes_check_and_explains_what_was_promised()
    {
        using var books = new BookedCharges(
            Rules,
            new SomeCharge(Day, "900") { Account = "shop", Tags = ["cost-centre", "4100"] },
            new SomeCharge(Day, "70") { Account = "shop", Tags = ["CostCenter", "4200"] },
            new SomeCharge(Day, "30") { Account = "shop" }
        );
        Assert.Equal(0, (await books.RunAsync("suggest", "--write")).ExitCode);
        Assert.Equal(0, (await books.RunAsync("suggest", "--write")).ExitCode);
        var check = await books.RunAsync("check");
        Assert.Equal(0, check.ExitCode);
        var costs = await books.RunAsync("costs", "--by", "x_CostCentre", "--format", "json", "--draft");
        using var json = JsonDocument.Parse(costs.Out);
        var byCentre = json
            .RootElement.GetProperty("rows")
            .EnumerateArray()
            .ToDictionary(row => row[0].GetString() ?? "", row => row[1].GetDecimal());
        Assert.Equal(0m, byCentre.GetValueOrDefault(""));
        Assert.Equal(1000m, byCentre.Values.Sum());
    }

    [Fact]
    public async Task Writing_the_same_again_changes_nothing()
    {
        using var books = new BookedCharges(
            "",
            [.. BookedCharges.EachDay("2026-09", "1").Select(charge => charge with { Account = "a" })]
        );
        var suggestion = Find(books)[0];
        var writer = new WriteSuggestion(books.RulebookFolder);
        Assert.True(writer.Write(suggestion).IsNew);
        Assert.False(writer.Write(suggestion).IsNew);
        Assert.Equal(0, (await books.RunAsync("check")).ExitCode);
    }

    private static IReadOnlyList<RuleSuggestion> Find(BookedCharges books)
    {
        var (period, main, measure) = SuggestionSubject.Of(books.View, null, TestContext.Current.CancellationToken);
        return new SuggestRules(books.View, measure).Find(period, main, TestContext.Current.CancellationToken);
    }
}
