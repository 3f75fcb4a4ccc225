using System.Text.Json;
using Bursar.Cli;
using Bursar.Tests.Support;

namespace Bursar.Tests.Benefits;

/// <summary>The value register (UNT-09): what spending brought besides a lower bill.</summary>
public sealed class BenefitTests
{
    private const string Rules = """
        kind: Organisation
        name: us
        owners: [{id: sales}]
        ---
        kind: Series
        name: cases
        unit: cases
        source: Case system
        time: Month
        value: Cases
        ---
        kind: Benefit
        name: solved-by-model
        what: Cases are solved without a person.
        type: speed
        owner: sales
        where: {ServiceName: Model}
        series: cases
        baseline: {value: 1000, on: 2025-12-31, source: Mean of 2025}
        from: 2026-01-05
        firstUse: 2026-02-16
        target: {value: 9000, by: 2026-06-30}
        worth: 9
        worthSource: Finance, an hour of a clerk
        currency: USD

        """;

    private static readonly SomeCharge[] Charges =
    [
        // Before it began: not part of what was spent for it.
        new(new(2026, 1, 2), "777") { Service = "Model" },
        new(new(2026, 1, 10), "50000") { Service = "Model" },
        new(new(2026, 3, 10), "70000") { Service = "Model" },
        new(new(2026, 3, 11), "24000") { Service = "Staff" },
        new(new(2026, 6, 30), "0") { Service = "Staff" },
    ];

    private const string Cases = "Month,Cases\n2026-01,1000\n2026-02,4000\n2026-03,6000\n2026-04,8000\n2026-05,9000\n";

    [Fact]
    public async Task Return_and_time_to_value_are_those_of_EX_UNT_3()
    {
        using var books = new BookedCharges(Rules, Charges);
        await LoadAsync(books, Cases);
        var found = await ShowAsync(books, "--month", "2026-05");
        // Gains 0 + 3,000 + 5,000 + 7,000 + 8,000 = 23,000 cases at 9.00.
        Assert.Equal("207000", Text(found, "realised"));
        Assert.Equal("120000", Text(found, "cost"));
        Assert.Equal("72.5", Text(found, "returnPercent"));
        Assert.Equal("2026-05-31", found.GetProperty("reachedOn").GetString());
        Assert.Equal("146", Text(found, "daysToValue"));
        Assert.Equal("42", Text(found, "daysToFirstUse"));

        // The example itself: 180,000 on 120,000.
        await LoadAsync(books, "Month,Cases\n2026-05,6000\n");
        found = await ShowAsync(books, "--month", "2026-05");
        Assert.Equal("180000", Text(found, "realised"));
        Assert.Equal("50", Text(found, "returnPercent"));
        Assert.Equal(
            150,
            Quantify.Benefits.BenefitMath.DaysToValue(new DateOnly(2026, 1, 5), new DateOnly(2026, 6, 4))
        );
    }

    [Fact]
    public async Task A_worse_month_takes_away_and_a_missing_one_claims_nothing_and_is_named()
    {
        using var books = new BookedCharges(Rules, Charges);
        await LoadAsync(books, "Month,Cases\n2026-01,400\n2026-03,2000\n");
        var found = await ShowAsync(books, "--month", "2026-03");
        // −600 + 1,000 = 400 cases at 9.00.
        Assert.Equal("3600", Text(found, "realised"));
        Assert.Equal("due", found.GetProperty("state").GetString());
        Assert.Contains(
            "The series cases has no figure for 2026-02: nothing is claimed for that.",
            found.GetProperty("notes").EnumerateArray().Select(note => note.GetString())
        );
    }

    [Fact]
    public async Task Without_a_worth_no_money_is_claimed_and_less_may_be_better()
    {
        var rules = Rules
            .Replace("worth: 9\nworthSource: Finance, an hour of a clerk\ncurrency: USD\n", "better: lower\n")
            .Replace("value: 9000", "value: 300");
        using var books = new BookedCharges(rules, Charges);
        await LoadAsync(books, "Month,Cases\n2026-01,400\n2026-03,250\n");
        var found = await ShowAsync(books, "--month", "2026-03");
        Assert.Equal("null", Text(found, "realised"));
        Assert.Equal("750", Text(found.GetProperty("months").EnumerateArray().Last(), "gain"));
        Assert.Equal("2026-03-31", found.GetProperty("reachedOn").GetString());
        Assert.Equal("reached", found.GetProperty("state").GetString());
        var late = await ShowAsync(books, "--month", "2026-02");
        Assert.Equal("due", late.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Wrong_declarations_are_told_at_their_place()
    {
        var rules = Rules
            .Replace("worthSource: Finance, an hour of a clerk\n", "")
            .Replace("on: 2025-12-31", "on: 2026-01-31")
            .Replace("series: cases\n", "series: cases\nonly: {team: a}\n");
        using var folder = new TempFolder();
        folder.Write("rules.yaml", rules);
        var check = await ShellTest.RunAsync("check", "--rulebook", folder.Path);
        Assert.Equal(ExitCode.Findings, check.ExitCode);
        var said = check.Out + check.Error;
        Assert.Contains("rulebook/benefit-worth", said);
        Assert.Contains("rulebook/benefit-baseline", said);
        Assert.Contains("rulebook/unknown-series-key", said);
        using var books = new BookedCharges(Rules, Charges);
        var unknown = await books.RunAsync("benefits", "show", "solved-by-modell", "--draft");
        Assert.Equal(ExitCode.WrongUsage, unknown.ExitCode);
        Assert.Contains("Did you mean \"solved-by-model\"?", unknown.Error);
    }

    private static async Task LoadAsync(BookedCharges books, string csv)
    {
        File.WriteAllText(books["cases.csv"], csv);
        var run = await books.RunAsync("series", "load", books["cases.csv"], "--name", "cases");
        Assert.True(run.ExitCode == ExitCode.Fine, run.ToString());
    }

    private static async Task<JsonElement> ShowAsync(BookedCharges books, params string[] more)
    {
        var run = await books.RunAsync(["benefits", "show", "solved-by-model", "--draft", "--format", "json", .. more]);
        Assert.True(run.ExitCode == ExitCode.Fine, run.ToString());
        return JsonElement.Parse(run.Out);
    }

    private static string Text(JsonElement record, string name) => record.GetProperty(name).GetRawText();
}
