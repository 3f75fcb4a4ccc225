using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Tests.Support;
using Bursar.Understand.Reporting;
using Bursar.Understand.Reporting.WhatIf;
using Bursar.Warehouse.Queries;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Reporting;

/// <summary>A change of rules is shown in money before it is made, and takes nothing from the total (ALC-10).</summary>
public sealed partial class WhatIfTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const string ByTeam = """
        kind: AllocationRule
        name: by-team
        order: 2
        when: {}
        set: {x_CostCentre: "{Tags/team}", x_Product: "{Tags/product}"}

        """;

    [Fact]
    public async Task The_worked_example_of_the_documentation_is_what_the_command_says()
    {
        var text = await File.ReadAllTextAsync(
            RepositoryRoot.File("src", "Bursar", "Understand", "Reporting", "WhatIf", "README.md"),
            Cancel
        );
        text = text.ReplaceLineEndings("\n");
        var rules = Yaml().Matches(text).Select(match => match.Groups[1].Value).ToList();
        var charges = Row()
            .Matches(text)
            .Select(match => new SomeCharge(Day(match.Groups[1].Value), match.Groups[2].Value)
            {
                Tags = match.Groups[3].Value.Trim() is { Length: > 0 } team ? ["team", team] : [],
            });
        using var books = new BookedCharges(rules[0], charges);
        Assert.Equal(0, (await books.RunAsync("publish", "--reason", "Teams pay for themselves.")).ExitCode);
        await File.WriteAllTextAsync(Path.Combine(books.RulebookFolder, "rules.yaml"), rules[1], Cancel);
        var shown = await books.RunAsync("diff", "--quiet");
        Assert.Equal(0, shown.ExitCode);
        Assert.Equal(Said().Match(text).Groups[1].Value.Trim(), shown.Out.Trim());
    }

    [Fact]
    public async Task Every_form_holds_the_same_change_and_the_exit_code_tells_a_pipeline()
    {
        using var books = new BookedCharges(
            ByTeam,
            new SomeCharge(Day("2026-03-10"), "100.000000000000000001") { Tags = ["team", "a|b"] },
            new SomeCharge(Day("2026-03-11"), "50") { Currency = "EUR" }
        );
        await books.RunAsync("publish");
        Assert.Equal(0, (await books.RunAsync("diff", "--fail-on-change")).ExitCode);
        var same = await books.RunAsync("diff");
        Assert.Contains("Nothing moves between cost centres", same.Out);
        Assert.Contains("Both are the same rulebook", same.Error);

        await File.WriteAllTextAsync(
            Path.Combine(books.RulebookFolder, "more.yaml"),
            ByTeam.Replace("by-team", "all").Replace("order: 2", "order: 1").Replace("{Tags/team}", "x"),
            Cancel
        );
        using var json = JsonDocument.Parse((await books.RunAsync("diff", "--format", "json", "--quiet")).Out);
        var dollars = json
            .RootElement.GetProperty("currencies")
            .EnumerateArray()
            .Single(one => one.GetProperty("currency").GetString() == "USD");
        Assert.Equal("100.000000000000000001", dollars.GetProperty("moved").GetRawText());
        Assert.Equal("0", dollars.GetProperty("difference").GetRawText());
        Assert.Equal("by-team", dollars.GetProperty("moves")[0].GetProperty("rulesBefore")[0].GetString());
        Assert.Equal("all", dollars.GetProperty("moves")[0].GetProperty("rulesAfter")[0].GetString());

        var csv = await books.RunAsync("diff", "--format", "csv", "--quiet");
        Assert.Contains("a|b,USD,100.000000000000000001,0,-100.000000000000000001\n", csv.Out);
        var markdown = await books.RunAsync("diff", "--format", "markdown");
        Assert.Contains("| a\\|b | USD | 100.00 | 0.00 | -100.00 |", markdown.Out);
        Assert.Contains("unallocated 100.0 % → 0.0 %", markdown.Out);

        Assert.Equal(0, (await books.RunAsync("diff")).ExitCode);
        Assert.Equal(1, (await books.RunAsync("diff", "--fail-on-change")).ExitCode);
        Assert.Equal(0, (await books.RunAsync("diff", "--limit", "100.01")).ExitCode);
        var over = await books.RunAsync("diff", "--limit", "99.5", "--quiet");
        Assert.Equal(1, over.ExitCode);
        Assert.Equal("100.00 USD moves, more than the limit of 99.50.\n", over.Error);
    }

    [Fact]
    public async Task Rulebooks_are_named_by_folder_entry_and_hash_and_mistakes_are_told_with_their_place()
    {
        using var books = new BookedCharges(ByTeam, new SomeCharge(Day("2026-03-10"), "7") { Tags = ["team", "a"] });
        var draft = await books.RunAsync("diff");
        Assert.Contains("Nothing is published yet, so everything is unallocated before.", draft.Error);
        Assert.Contains("unallocated 100.0 % → 0.0 %", draft.Out);

        await books.RunAsync("publish");
        var published = books.Workspace.Books.Current().Rulebook!;
        var other = books["proposal"];
        Directory.CreateDirectory(other);
        await File.WriteAllTextAsync(Path.Combine(other, "rules.yaml"), ByTeam.Replace("{Tags/team}", "b"), Cancel);
        foreach (var old in new[] { "published", "working", $"#{published.PublishedSeq}", published.Hash[..8] })
        {
            var moved = await books.RunAsync("diff", old, other);
            Assert.Contains("Moves 7.00 USD of 7.00 (100.0 %)", moved.Out);
        }
        await File.WriteAllTextAsync(Path.Combine(other, "rules.yaml"), "kind: AllocationRul\nname: x\n", Cancel);
        foreach (var sides in new[] { new[] { "published", other }, [other, "working"] })
        {
            var mistake = await books.RunAsync(["diff", .. sides]);
            Assert.Equal(1, mistake.ExitCode);
            Assert.Contains("rules.yaml:1:7: error rulebook/unknown-kind", mistake.Error);
            Assert.Contains($"bursar check --rulebook {other}", mistake.Error);
        }
    }

    [Fact]
    public async Task Empty_books_name_the_next_step()
    {
        using var books = new BookedCharges(ByTeam, new SomeCharge(Day("2026-03-10"), "7"));
        var empty = books["empty"];
        using (Bursar.Workspaces.Workspace.Create(empty, books.RulebookFolder, TimeProvider.System)) { }
        var shown = await ShellTest.RunAsync("diff", "--books", empty, "--rulebook", books.RulebookFolder);
        Assert.Equal((0, ""), (shown.ExitCode, shown.Out));
        Assert.Contains("bursar ingest", shown.Error);
        var published = await ShellTest.RunAsync("publish", "--books", empty, "--rulebook", books.RulebookFolder);
        Assert.Equal(0, published.ExitCode);
    }

    /// <summary>
    /// Whatever the rules, pools, signs and currencies: on each day and in total nobody gains what nobody loses, and
    /// both sides are what a question about cost answers.
    /// </summary>
    [Fact]
    public void The_differences_sum_to_zero_on_every_day_whatever_changes() =>
        Always.Holds(
            from old in Rules
            from @new in Rules
            from charges in Charge.NonEmptyListOf().Where(charges => charges.Count < 25)
            select (Old: old, New: @new, Charges: charges.ToList()),
            change => Conserves(change.Old, change.New, change.Charges),
            cases: 12
        );

    private static Gen<SomeCharge> Charge { get; } =
        from day in Gen.Choose(0, 70)
        from cost in Gen.Elements("0", "1", "-1", "33.333333333333333333", "1234567.000000000000000001", "-99.99")
        from tag in Gen.Elements("team a", "team b", "product A", "product B", "other x")
        from currency in Gen.Elements("USD", "USD", "INR", "JPY")
        from service in Gen.Elements("Machines", "Storage")
        select new SomeCharge(new DateOnly(2026, 1, 1).AddDays(day), cost)
        {
            Tags = tag.Split(' '),
            Currency = currency,
            Service = service,
        };

    private static Gen<string> Rules { get; } =
        from rules in Gen.Elements(
                "when: {ServiceName: Storage}\nset: {x_CostCentre: store}",
                "from: 2026-01-20\nwhen: {Tags/team: a}\nset: {x_CostCentre: b}",
                "to: 2026-02-11\nwhen: {}\nset: {x_CostCentre: rest}",
                "when: {Tags/product: null}\nset: {x_Product: A}",
                "from: 2026-02-01\nto: 2026-02-28\nwhen: {}\nset: {x_CostCentre: \"{Tags/product}\"}"
            )
            .ListOf()
            .Where(rules => rules.Count < 4)
        from pools in Gen.Elements(
                "pool: {ServiceName: Storage}\nmethod: even\namong: [A, D]",
                "pool: {x_CostCentre: b}\nmethod: proportional",
                "pool: {x_CostCentre: null}\nmethod: fixed\nby: x_CostCentre\nshares: {a: 1, b: 2}"
            )
            .ListOf()
            .Where(pools => pools.Count < 3)
        select ByTeam
            + string.Concat(rules.Select((rule, i) => $"---\nkind: AllocationRule\nname: r{i}\norder: {i}\n{rule}\n"))
            + string.Concat(pools.Select((pool, i) => $"---\nkind: SharedCost\nname: p{i}\norder: {i}\n{pool}\n"));

    private static bool Conserves(string old, string @new, List<SomeCharge> charges)
    {
        using var books = new BookedCharges(@new, charges);
        Directory.CreateDirectory(books["old"]);
        File.WriteAllText(Path.Combine(books["old"], "rules.yaml"), old);
        var sides = (
            Old: NamedRules.Of(books.Workspace, books["old"], null, folders: true),
            New: NamedRules.Of(books.Workspace, NamedRules.Working, null, folders: true)
        );
        var days = charges.Select(charge => charge.Day).Distinct().Select(day => new DateRange(day, day.AddDays(1)));
        var whole = new DateRange(new DateOnly(2026, 1, 1), new DateOnly(2026, 4, 1));
        return days.Append(whole)
            .All(range =>
                Enum.GetValues<CostAllocation>()
                    .All(allocation =>
                        IsExact(sides.Old, sides.New, new ChangeQuestion(range) { Allocation = allocation })
                    )
            );
    }

    private static bool IsExact(NamedRules old, NamedRules @new, ChangeQuestion question)
    {
        var change = new CompareRulebooks(old, @new).Of(question, Cancel);
        return change.Currencies.All(one =>
            one.Difference.IsZero
            && CostGroups.Sum(one.Groups.Select(group => group.Difference)).IsZero
            && CostGroups.Sum(one.Rules.Select(rule => rule.Difference)).IsZero
            && one.Groups.All(group =>
                group.Before == Cost(old, question, one.Currency, group.Keys[0])
                && group.After == Cost(@new, question, one.Currency, group.Keys[0])
            )
        );
    }

    private static Amount Cost(NamedRules side, ChangeQuestion question, Currency currency, string? value) =>
        CostGroups.Sum(
            new AskCosts(side.View)
                .Answer(question.Query with { By = question.By }, Cancel)
                .Rows.Where(row => row.Currency == currency && row.Keys[0] == value)
                .Select(row => row.Total)
        );

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex("```\n(Moves .*?)```", RegexOptions.Singleline)]
    private static partial Regex Said();

    [GeneratedRegex(@"^\| (\d{4}-\d\d-\d\d) \| (\S+) \|([^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
