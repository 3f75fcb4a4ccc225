using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Tests.Reporting;

/// <summary>A reorganisation never changes what was spent, only where it is shown (DAT-17).</summary>
public sealed class RestateTests
{
    /// <summary>On 1 April the till moves from cost centre 4100 to 4200, and 4100's tag means 4300.</summary>
    private const string Rules = """
        kind: Organisation
        name: company
        costCentres:
          - {id: "4100", owner: anna}
          - {id: "4200", owner: bert}
          - {id: "4300", owner: cleo}
        applications:
          - {id: till, costCentre: "4100", to: 2026-04-01}
          - {id: till, costCentre: "4200", from: 2026-04-01}
        owners:
          - {id: anna}
          - {id: bert}
          - {id: cleo}
        ---
        kind: AllocationRule
        name: moved
        order: 1
        from: 2026-04-01
        when: {Tags/cc: "4100"}
        set: {x_CostCentre: "4300"}
        ---
        kind: AllocationRule
        name: from-tags
        order: 2
        when: {}
        set: {x_CostCentre: "{Tags/cc}", x_Application: "{Tags/app}"}
        """;

    [Fact]
    public void All_questions_of_a_page_prove_their_files_once_however_it_is_read()
    {
        using var books = new BookedCharges(Rules, Charges);
        var view = books.View;
        var read = view.Through(new Lens(null, new Structure(null)));
        var (asWas, restated) = (view.Star(default), read.Star(default, read.Lens.Structure));
        Assert.Same(asWas, read.Star(default));
        Assert.Same(restated, view.Star(default, read.Lens.Structure));
        Assert.NotSame(asWas, restated);
        Assert.NotSame(asWas, books.View.Star(default));
    }

    private static readonly SomeCharge[] Charges =
    [
        new(new DateOnly(2026, 3, 10), "100.01") { Tags = ["app", "till"] },
        new(new DateOnly(2026, 3, 11), "20.000000000000000003") { Tags = ["cc", "4100"] },
        new(new DateOnly(2026, 3, 12), "-7.5") { Tags = ["cc", "4200"], Category = "Credit" },
        new(new DateOnly(2026, 3, 13), "3"),
        new(new DateOnly(2026, 4, 2), "50") { Tags = ["app", "till"] },
        new(new DateOnly(2026, 4, 3), "11") { Tags = ["cc", "4100"], Currency = "EUR" },
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Restated_cost_moves_between_cost_centres_and_the_differences_sum_to_zero()
    {
        using var books = new BookedCharges(Rules, Charges);
        var restated = Restate(books, new Structure(new DateOnly(2026, 7, 1)));
        Assert.Equal(
            [
                "USD 4100 120.010000000000000003 0 -120.010000000000000003",
                "USD 4200 42.5 142.51 100.01",
                "USD 4300 0 20.000000000000000003 20.000000000000000003",
                "USD - 3 3 0",
                "EUR 4300 11 11 0",
            ],
            restated.Rows.Select(Text)
        );
        Assert.All(restated.Totals, total => Assert.Equal(Amount.Zero, total.Difference));
        Assert.Equal(
            ["11", "165.510000000000000003"],
            restated.Totals.Select(total => total.Restated.ToString()).Order()
        );
    }

    [Fact]
    public void A_day_before_the_reorganisation_shows_all_cost_as_it_would_have_been_without_it()
    {
        using var books = new BookedCharges(Rules, Charges);
        var restated = Restate(books, new Structure(new DateOnly(2026, 3, 31)));
        Assert.Contains("EUR 4100 0 11 11", restated.Rows.Select(Text));
        Assert.Contains("USD 4100 120.010000000000000003 170.010000000000000003 50", restated.Rows.Select(Text));
    }

    [Fact]
    public void Today_is_the_day_on_which_the_question_is_asked()
    {
        using var books = new BookedCharges(Rules, Charges);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        Assert.Equal(today, Restate(books, Structure.Today).Answer.Query.Structure?.Day);
    }

    [Fact]
    public void Days_between_which_nothing_changes_share_what_was_computed()
    {
        using var books = new BookedCharges(Rules, Charges);
        var (view, april, later) = (books.View, new DateOnly(2026, 4, 1), new DateOnly(2026, 9, 30));
        Assert.Equal(
            view.Star(Cancel, new Structure(april)).Profiles,
            view.Star(Cancel, new Structure(later)).Profiles
        );
        Assert.NotEqual(view.Star(Cancel).Profiles, view.Star(Cancel, new Structure(april)).Profiles);
        Assert.Equal(view.Star(Cancel).Daily, view.Star(Cancel, new Structure(april)).Daily);
    }

    [Fact]
    public async Task The_command_shows_both_and_the_difference_and_says_so_when_a_condition_moves_cost()
    {
        using var books = new BookedCharges(Rules, Charges);
        var shown = await books.RunAsync(
            "restate",
            "--by",
            "x_CostCentre",
            "--structure",
            "2026-07-01",
            "--format",
            "json",
            "--draft"
        );
        using var answer = JsonDocument.Parse(shown.Out);
        Assert.Equal("as-was", answer.RootElement.GetProperty("against").GetString());
        Assert.All(
            answer.RootElement.GetProperty("totals").EnumerateArray(),
            total => Assert.Equal("0", total.GetProperty("difference").GetRawText())
        );
        var filtered = await books.RunAsync(
            "restate",
            "--where",
            "x_CostCentre=4300",
            "--structure",
            "2026-07-01",
            "--draft"
        );
        Assert.Contains("need not be zero", filtered.Error);
        var wrong = await books.RunAsync("costs", "--structure", "yesterday");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("costs/bad-structure", wrong.Error);
    }

    [Fact]
    public async Task Every_report_can_be_restated()
    {
        using var books = new BookedCharges(Rules, Charges);
        foreach (var command in new[] { "costs", "explain", "strategy", "budgets", "brief", "orphans" })
        {
            var shown = await books.RunAsync(command, "--structure", "2026-07-01", "--draft");
            Assert.True(shown.ExitCode == 0, $"{command}: {shown.Error}");
        }
    }

    private static RestatedCosts Restate(BookedCharges books, Structure structure) =>
        new RestateCosts(books.View).Of(new CostQuery { By = ["x_CostCentre"] }, structure, against: null, Cancel);

    private static string Text(RestatedRow row) =>
        $"{row.Currency} {row.Keys[0] ?? "-"} {row.Before} {row.Restated} {row.Difference}";
}
