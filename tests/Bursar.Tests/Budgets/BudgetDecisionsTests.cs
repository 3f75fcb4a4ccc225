using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Quantify.Budgets;
using Bursar.Tests.Support;

namespace Bursar.Tests.Budgets;

/// <summary>
/// What people decide about budgets, and how spreadsheets come in and go out (BUD-02, BUD-04, BUD-05, BUD-08).
/// </summary>
public sealed class BudgetDecisionsTests
{
    private const string Rules = """
        kind: Organisation
        name: us
        owners: [{id: head}, {id: cfo}]
        ---
        kind: Budget
        name: all
        currency: USD
        owner: head
        amounts: {2026-02: 300, 2026-03: 100, 2026-04: 100}
        holdbacks:
          - {level: owner, percent: 10, releasedBy: head}
          - {level: finance, percent: 5, releasedBy: cfo}
        """;

    [Fact]
    public async Task Held_money_is_released_and_reclaimed_by_entries_of_the_journal()
    {
        using var books = new BookedCharges(Rules, BookedCharges.EachDay("2026-03", "2"));
        Assert.Equal(Amount.From(85), Spendable(books));
        await RunAsync(books, 0, Words("release|all|--period|2026-03|--amount|8|--by|head|--reason|campaign"));
        Assert.Equal(Amount.From(93), Spendable(books));
        var again = await RunAsync(books, 2, Words("release|all|--period|2026-03|--amount|3|--by|head|--reason|more"));
        Assert.Contains("budgets/not-so-much", again.Error);
        await RunAsync(
            books,
            0,
            Words("release|all|--level|finance|--period|2026-03|--amount|5|--by|cfo|--reason|cfo agreed")
        );
        await RunAsync(books, 0, Words("reclaim|all|--period|2026-03|--amount|20.50|--reason|not needed"));
        Assert.Equal(Amount.From(77.5m), Spendable(books));
        Assert.Contains(
            "budgets/unknown-level",
            (await RunAsync(books, 2, Words("release|all|--level|board|--period|2026-03|--amount|1|--reason|x"))).Error
        );
        Assert.Contains(
            "budgets/bad-period",
            (await RunAsync(books, 2, Words("release|all|--period|March|--amount|1|--reason|x"))).Error
        );
        Assert.Contains(
            "budgets/bad-amount",
            (await RunAsync(books, 2, Words("release|all|--period|2026-03|--amount|1,5|--reason|x"))).Error
        );
        var row = (await PaceTests.JsonAsync(books, "budgets", "--month", "2026-03"))[0];
        Assert.Equal(("77.5", "22.5"), (PaceTests.Text(row, 4), PaceTests.Text(row, 8)));
    }

    [Fact]
    public async Task An_overage_takes_five_steps_in_order_each_with_its_time_and_outcome()
    {
        using var books = new BookedCharges(Rules, BookedCharges.EachDay("2026-03", "5"));
        var breaches = await books.RunAsync("budgets", "breaches", "--draft", "--format", "json");
        Assert.Contains("\"kind\":\"actual\"", breaches.Out);
        Assert.Contains("\"next\":\"investigate\"", breaches.Out);
        Assert.Contains("all is exceeded in 2026-03: $70.00 (82.4", breaches.Error);
        await RunAsync(books, 0, "overage", "all", "--period", "2026-03", "--reason", "looked at it");
        var early = await RunAsync(
            books,
            2,
            "overage",
            "all",
            "--period",
            "2026-03",
            "--step",
            "holdback",
            "--reason",
            "x"
        );
        Assert.Contains("budgets/step-too-early", early.Error);
        foreach (
            var (step, money) in new[]
            {
                ("investigate", null),
                ("optimise", null),
                ("holdback", "10 head"),
                ("higher-holdback", "5 cfo"),
            }
        )
        {
            string[] amount = money is null ? [] : ["--amount", money.Split(' ')[0], "--by", money.Split(' ')[1]];
            await RunAsync(
                books,
                0,
                [
                    "overage",
                    "all",
                    "--period",
                    "2026-03",
                    "--step",
                    step,
                    "--outcome",
                    "not-enough",
                    "--reason",
                    "went on",
                    .. amount,
                ]
            );
        }
        Assert.Equal(Amount.From(100), Spendable(books));
        string[] decision =
        [
            "overage",
            "all",
            "--period",
            "2026-03",
            "--outcome",
            "settled",
            "--reason",
            "the board paid",
        ];
        Assert.Contains("budgets/not-the-decider", (await RunAsync(books, 2, decision)).Error);
        Assert.Contains("not taken by cfo", (await RunAsync(books, 2, [.. decision, "--by", "cfo"])).Error);
        var last = await RunAsync(books, 0, [.. decision, "--by", "head"]);
        Assert.Contains("settled in", last.Error);
        Assert.Contains(
            "budgets/overage-settled",
            (await RunAsync(books, 2, "overage", "all", "--period", "2026-03", "--reason", "again")).Error
        );
        var cases = OverageCases.Of(
            new BudgetBook(books.View),
            BudgetBreaches.Of(books.View, TestContext.Current.CancellationToken)
        );
        var done = cases.Single(one => one.Period == "2026-03");
        Assert.Equal(6, done.Steps.Count);
        Assert.All(done.Steps, step => Assert.NotEqual(default, step.At));
        Assert.Null(done.Next);
    }

    [Fact]
    public async Task A_spreadsheet_comes_in_as_a_change_that_counts_once_it_is_approved_and_goes_out_again()
    {
        using var books = new BookedCharges(Rules, BookedCharges.EachDay("2026-03", "2"));
        File.WriteAllBytes(
            books["plan.xlsx"],
            SomeWorkbook.Of(
                ["Budget", "Month", "Amount", "Currency"],
                ["all", "2026-03", "250", "USD"],
                ["all", "2026-04", "99.90", "USD"]
            )
        );
        var taken = await RunAsync(
            books,
            0,
            "import",
            books["plan.xlsx"],
            "--reason",
            "annual plan",
            "--assume",
            "no new site"
        );
        Assert.Equal(Amount.From(100), Planned(books));
        var entry = books.View.State.HeadSeq.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"Entry {entry} waits", taken.Error);
        Assert.Contains(
            "budgets/unknown-owner",
            (await RunAsync(books, 2, "approve", entry, "--by", "nobody", "--reason", "ok")).Error
        );
        await RunAsync(books, 0, "approve", entry, "--by", "cfo", "--reason", "board of 2 March");
        Assert.Equal(Amount.From(250), Planned(books));
        Assert.Contains(
            "budgets/nothing-waits",
            (await RunAsync(books, 2, "reject", entry, "--by", "cfo", "--reason", "no")).Error
        );
        var log = await books.RunAsync("budgets", "log", "--draft", "--format", "csv");
        Assert.Contains("plan", log.Out);
        Assert.Contains("no new site", log.Out);

        await RunAsync(books, 0, "export", "--to", books["out.xlsx"]);
        var back = await RunAsync(books, 0, "import", books["out.xlsx"], "--reason", "as it was", "--approver", "cfo");
        Assert.Contains("Nothing changed", back.Error);
        Assert.Equal(Amount.From(250), Planned(books));
        await RunAsync(books, 0, "export", "--to", books["out.csv"], "--version-name", "original");
        Assert.Contains("all,2026-03,100,USD,head", File.ReadAllText(books["out.csv"]));
        var old = await RunAsync(books, 0, "import", books["out.csv"], "--name", "out", "--reason", "back");
        // Only the two lines that differ from the plan of today wait.
        Assert.Contains("2026-03", old.Out);
        Assert.DoesNotContain("2026-02", old.Out);
        Assert.Contains(
            "budgets/version-twice",
            (await RunAsync(books, 2, "import", books["out.csv"], "--name", "out", "--reason", "x")).Error
        );
    }

    [Fact]
    public async Task A_bad_row_is_named_by_its_line_and_nothing_of_the_file_is_taken()
    {
        using var books = new BookedCharges(Rules, BookedCharges.EachDay("2026-03", "2"));
        File.WriteAllText(
            books["bad.csv"],
            "BudgetId,Period,Amount,Currency\nall,2026-03,250,USD\nal,2026-03,1,USD\nall,March,1,USD\nall,2026-04,1,EUR\nall,2026-03,5,USD\nall,2026-Q1,5,USD\n"
        );
        var before = books.View.State.HeadSeq;
        var taken = await RunAsync(books, 1, "import", books["bad.csv"], "--reason", "plan");
        foreach (
            var (line, code) in new[]
            {
                (3, "unknown"),
                (4, "bad-period"),
                (5, "other-currency"),
                (6, "period-twice"),
                (7, "period-twice"),
            }
        )
            Assert.Contains($"bad.csv:{line}:1: error budgets/{code}", taken.Error);
        Assert.Contains("Did you mean \"all\"?", taken.Error);
        Assert.Equal(before, books.View.State.HeadSeq);
    }

    [Fact]
    public async Task BUD_02_what_a_level_holds_back_is_released_by_whom_it_names()
    {
        using var books = new BookedCharges(Rules, BookedCharges.EachDay("2026-03", "2"));
        string[] release =
        [
            "release",
            "all",
            "--level",
            "finance",
            "--period",
            "2026-03",
            "--amount",
            "5",
            "--reason",
            "x",
        ];
        var nobody = await RunAsync(books, 2, release);
        Assert.Contains("budgets/not-the-releaser", nobody.Error);
        Assert.Contains("--by cfo", nobody.Error);
        Assert.Contains("not by head", (await RunAsync(books, 2, [.. release, "--by", "head"])).Error);
        Assert.Contains("budgets/unknown-owner", (await RunAsync(books, 2, [.. release, "--by", "anna"])).Error);
        Assert.Equal(Amount.From(85), Spendable(books));
        await RunAsync(books, 0, [.. release, "--by", "cfo"]);
        Assert.Equal(Amount.From(90), Spendable(books));
        var shown = await books.RunAsync("budgets", "show", "all", "--draft", "--format", "json");
        Assert.Contains("\"by\":\"cfo\"", shown.Out);
    }

    [Fact]
    public async Task BUD_08_budgets_that_follow_from_others_go_out_and_in_unchanged_and_warn_before_they_are_fixed()
    {
        const string rules = """
            kind: Budget
            name: whole
            currency: USD
            amounts: {2026-Q1: 1000}
            ---
            kind: Budget
            name: share
            currency: USD
            parent: whole
            sharePercent: 9.4
            ---
            kind: Budget
            name: driven
            currency: USD
            driver: {rate: 1.07, volumes: {2026-Q1: 100}}
            """;
        using var books = new BookedCharges(rules, BookedCharges.EachDay("2026-03", "2"));
        await RunAsync(books, 0, "export", "--to", books["plan.csv"]);
        var before = books.View.State.HeadSeq;
        var same = await RunAsync(books, 0, "import", books["plan.csv"], "--reason", "as it was");
        Assert.Contains("Nothing changed", same.Error);
        Assert.Equal(before, books.View.State.HeadSeq);
        var text = await File.ReadAllTextAsync(books["plan.csv"], TestContext.Current.CancellationToken);
        Assert.Contains("share,2026-01,31.33,USD", text);
        await File.WriteAllTextAsync(
            books["plan.csv"],
            text.Replace("share,2026-01,31.33,USD", "share,2026-01,40,USD", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
        var taken = await RunAsync(books, 0, "import", books["plan.csv"], "--reason", "more of it");
        Assert.Contains("share is 9.4 % of whole: once approved, 2026-01 would be fixed", taken.Error);
        Assert.DoesNotContain("driven", taken.Out);
    }

    [Fact]
    public async Task A_spreadsheet_that_cannot_be_read_is_told_in_words_of_its_own_command()
    {
        using var books = new BookedCharges(Rules, BookedCharges.EachDay("2026-03", "2"));
        File.WriteAllText(books["gap.csv"], "BudgetId,Period,Amount\nall,2026-03,1\n");
        var gap = await RunAsync(books, 1, "import", books["gap.csv"], "--reason", "x");
        Assert.Contains("No column holds Currency.", gap.Error);
        Assert.Contains("Head the columns BudgetId, Period, Amount, Currency", gap.Error);
        Assert.DoesNotContain("--map", gap.Error);
        File.WriteAllText(books["word.csv"], "BudgetId,Period,Amount,Currency\nall,2026-03,lots,USD\n");
        var word = await RunAsync(books, 1, "import", books["word.csv"], "--reason", "x");
        Assert.Contains("Amount is \"lots\"", word.Error);
        Assert.Contains("digits with a point", word.Error);
        Assert.DoesNotContain("is empty", word.Error);
        Assert.DoesNotContain("budgets/bad-amount", word.Error);
        File.WriteAllText(books["empty.csv"], "");
        var empty = await RunAsync(books, 1, "import", books["empty.csv"], "--reason", "x");
        Assert.Contains("Write BudgetId, Period, Amount, Currency into its first row", empty.Error);
    }

    [Fact]
    public void BUD_02_levels_and_what_is_left_sum_to_the_cent_in_every_month_and_in_the_year()
    {
        const string rules = """
            kind: Budget
            name: claims
            currency: USD
            amounts: {2026-Q1: 1200000, 2026-Q2: 2340000, 2026-07: 1150000, 2026-08: 1320000, 2026-09: 1480000, 2026-Q4: 4700000}
            holdbacks: [{level: owner, percent: 5}, {level: finance, percent: 5}]
            """;
        using var books = new BookedCharges(rules, BookedCharges.EachDay("2026-03", "2"));
        var book = new BudgetBook(books.View);
        var claims = book.Require("claims");
        var year = new DateRange(new(2026, 1, 1), new(2027, 1, 1));
        Assert.Equal(Amount.From(10_971_000), book.Spendable(claims, year));
        Assert.Equal(
            [Amount.From(609_500), Amount.From(609_500)],
            book.HeldBack(claims, year).Select(one => one.Amount)
        );
        var months = Enumerable.Range(1, 12).Select(month => DateRange.Of(new BillingPeriod(2026, month))).ToList();
        Assert.All(months.Skip(9), month => Assert.Equal(Amount.From(1_410_000), book.Spendable(claims, month)));
        Assert.Equal(
            Amount.From(10_971_000),
            months.Aggregate(Amount.Zero, (sum, month) => sum + book.Spendable(claims, month))
        );
        foreach (var level in new[] { 0, 1 })
            Assert.Equal(
                Amount.From(609_500),
                months.Aggregate(Amount.Zero, (sum, month) => sum + book.HeldBack(claims, month)[level].Amount)
            );
    }

    private static async Task<BursarResult> RunAsync(BookedCharges books, int exitCode, params string[] args)
    {
        var result = await books.RunAsync(["budgets", .. args, "--draft"]);
        Assert.True(result.ExitCode == exitCode, $"{string.Join(' ', args)}: {result.ExitCode}\n{result.Error}");
        return result;
    }

    private static DateRange March => DateRange.Of(new BillingPeriod(2026, 3));

    private static Amount Spendable(BookedCharges books)
    {
        var book = new BudgetBook(books.View);
        return book.Spendable(book.Require("all"), March);
    }

    private static Amount Planned(BookedCharges books)
    {
        var book = new BudgetBook(books.View);
        return book.PlanOf(book.Require("all")).In(March);
    }

    private static string[] Words(string line) => line.Split('|');
}
