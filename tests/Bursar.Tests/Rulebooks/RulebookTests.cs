using System.Text.Json.Nodes;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Quantify.Budgets;
using Bursar.Rulebooks;
using Bursar.Tests.Support;
using Bursar.Understand.Ingestion;

namespace Bursar.Tests.Rulebooks;

public sealed class RulebookTests
{
    [Fact]
    public void A_folder_that_is_not_there_is_an_empty_rulebook()
    {
        using var folder = new TempFolder();
        var (rulebook, findings) = Rulebook.LoadFolder(folder["none"]);
        Assert.Empty(rulebook.Declarations);
        Assert.Empty(findings);
        Assert.Equal(Rulebook.Empty.Hash, rulebook.Hash);
    }

    [Fact]
    public void The_template_passes_check_and_so_does_every_example_in_its_comments()
    {
        var (template, findings) = Rulebook.Load(RulebookTemplate.Files);
        Assert.Empty(findings.Select(finding => finding.ToString()));
        Assert.NotEmpty(template.Declarations);

        var (examples, mistakes) = Rulebook.Load(
            RulebookTemplate.Files.Select(file => file with { Text = Uncommented(file.Text) })
        );
        Assert.Empty(mistakes.Select(finding => finding.ToString()));
        Assert.Equal(
            RulebookKinds.All.Select(kind => kind.Name).Order(),
            examples.Declarations.Select(one => one.Kind).Distinct().Order()
        );
    }

    [Fact]
    public void Init_writes_the_template_once_and_leaves_what_is_there()
    {
        using var folder = new TempFolder();
        folder.Write("tags.yaml", "# mine\n");
        var written = RulebookTemplate.Write(folder.Path, "Aldermoor \"Insurance\"");
        Assert.Equal(RulebookTemplate.Files.Count - 1, written.Count);
        Assert.Equal("Aldermoor \"Insurance\"", Rulebook.LoadFolder(folder.Path).Rulebook.OrganisationName);
        Assert.Empty(RulebookTemplate.Write(folder.Path, null));
    }

    [Fact]
    public void The_order_in_which_files_are_found_does_not_matter()
    {
        var forwards = Rulebook.Load(RulebookTemplate.Files).Rulebook;
        var backwards = Rulebook.Load(RulebookTemplate.Files.Reverse()).Rulebook;
        Assert.Equal(forwards.Hash, backwards.Hash);
        Assert.Equal(forwards.Declarations.Select(one => one.Name), backwards.Declarations.Select(one => one.Name));
    }

    [Fact]
    public void Line_ends_and_a_byte_order_mark_do_not_change_the_hash_and_a_letter_does()
    {
        var unix = Rulebook.Load([new("a.yaml", "kind: Priority\nname: p\nclass: run\n")]).Rulebook;
        var windows = Rulebook.Load([new("a.yaml", "\uFEFFkind: Priority\r\nname: p\r\nclass: run\r\n")]).Rulebook;
        Assert.Equal(unix.Hash, windows.Hash);
        Assert.Single(windows.Declarations);
        Assert.NotEqual(
            unix.Hash,
            Rulebook.Load([new("a.yaml", "kind: Priority\nname: q\nclass: run\n")]).Rulebook.Hash
        );
        Assert.NotEqual(
            unix.Hash,
            Rulebook.Load([new("b.yaml", "kind: Priority\nname: p\nclass: run\n")]).Rulebook.Hash
        );
    }

    [Fact]
    public void A_published_rulebook_comes_back_and_a_change_to_it_is_noticed()
    {
        using var folder = new TempFolder();
        var (rulebook, _) = Rulebook.Load([new("a/b.yaml", "kind: Priority\nname: p\nclass: run\n")]);
        foreach (var file in rulebook.Files)
            folder.Write($"{rulebook.Hash}/{file.Path}", file.Text);
        Assert.Single(RulebookPublication.Read(folder.Path, rulebook.Hash).Declarations);
        File.AppendAllText(Path.Combine(folder[rulebook.Hash], "a/b.yaml"), "#");
        Assert.Equal(
            "rulebook/published-damaged",
            Assert.Throws<RefusedException>(() => RulebookPublication.Read(folder.Path, rulebook.Hash)).Diagnostic.Code
        );
        Assert.Throws<RefusedException>(() => RulebookPublication.Read(folder.Path, "none"));
    }

    [Fact]
    public void A_file_that_is_not_text_is_told_and_the_others_are_read()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["bad.yaml"], [0xFF, 0xFE, 0x00]);
        folder.Write("sub/good.yml", "kind: Priority\nname: p\nclass: run\n");
        folder.Write(".hidden/x.yaml", "nonsense");
        folder.Write("notes.txt", "nonsense");
        var (rulebook, findings) = Rulebook.LoadFolder(folder.Path, "rulebook");
        Assert.Single(rulebook.Declarations);
        var finding = Assert.Single(findings);
        Assert.Equal(("rulebook/not-utf8", "rulebook/bad.yaml"), (finding.Code, finding.Position!.File));
    }

    [Fact]
    public void Odd_text_gives_findings_and_never_a_crash()
    {
        string[] odd =
        [
            "",
            "\0",
            "---\n---\n...\n",
            "[[[[",
            new string('[', 5000),
            "a: &a [*a]",
            "%YAML 9.9\n---\na",
            "{}",
            "? [a]\n: b",
            "\"",
            "- - - -",
            "kind: [",
            "kind:\n  kind: Scope",
            "kind: Scope\nname: {}\nwhere: 3",
            "kind: AllocationRule\nname: r\norder: 1\nwhen: {x_a: b}\nset: [a]\n",
            "|\n a",
            "\uFEFF",
        ];
        foreach (var text in odd)
            Rulebook.Load([new("a.yaml", text)]);
        var random = new Random(20260101);
        var template = string.Join("---\n", RulebookTemplate.Files.Select(file => Uncommented(file.Text)));
        for (var i = 0; i < 100; i++)
        {
            var at = random.Next(template.Length);
            Rulebook.Load([
                new(
                    "a.yaml",
                    template
                        .Remove(at, Math.Min(random.Next(40), template.Length - at))
                        .Insert(at, "\0{[:-*\t\"\n"[random.Next(9)].ToString())
                ),
            ]);
        }
    }

    [Fact]
    public void Every_kind_has_a_schema_whose_keys_are_those_that_are_read()
    {
        foreach (var kind in RulebookKinds.All)
        {
            var schema = JsonNode.Parse(RulebookSchemas.Of(kind))!;
            var keys = schema["properties"]!.AsObject().Select(property => property.Key).ToList();
            Assert.Equal(["kind", "version", .. RecordFields.Of(kind.Record).Select(field => field.Key)], keys);
            Assert.All(RecordFields.Of(kind.Record), field => Assert.NotEmpty(field.Description));
        }
        Golden.Match("rulebook.schema.json", RulebookSchemas.OfRulebook());
    }

    [Fact]
    public void A_budget_of_a_year_is_spread_over_its_months_to_the_cent()
    {
        var rulebook = SomeRulebook.Of(
            "kind: Budget\nname: b\ncurrency: EUR\namounts: {2026: 1000, 2027-Q1: 1e3, 2027-04: 0.01}\n"
        );
        var plan = BudgetMath.Plan(rulebook.Find<Budget>("b")!.Amounts, new FiscalPeriods(null, 1), 2);
        var months = plan.Months.ToDictionary(month => month, month => plan.In(DateRange.Of(month)));
        Assert.Equal(16, months.Count);
        Assert.Equal("83.34", months[new BillingPeriod(2026, 1)].ToString());
        Assert.Equal("83.33", months[new BillingPeriod(2026, 12)].ToString());
        Assert.Equal(Amount.From(2000.01m), months.Values.Aggregate(Amount.Zero, (sum, amount) => sum + amount));
    }

    [Theory]
    [InlineData("aws/*.csv", "in/aws/a.csv", true)]
    [InlineData("aws/*.csv", "aws/2026/a.csv", false)]
    [InlineData("aws/**/*.csv", "/data/aws/2026/03/a.csv", true)]
    [InlineData("aws/**/*.csv", "aws/a.csv", true)]
    [InlineData("a?.csv", "AB.CSV", true)]
    [InlineData("a.csv", "ba.csv", false)]
    [InlineData("aws\\*.csv", "x\\aws\\a.csv", true)]
    public void A_source_recognises_its_files(string pattern, string path, bool matches) =>
        Assert.Equal(matches, FilePattern.Matches(pattern, path));

    /// <summary>The examples: comment lines that are YAML, from the first that begins a document or an item.</summary>
    private static string Uncommented(string text)
    {
        var lines = text.Split('\n').ToList();
        var start = lines.FindIndex(line => line is "# ---" || line.StartsWith("# kind:", StringComparison.Ordinal));
        return string.Join(
            '\n',
            lines.Select(
                (line, i) =>
                    line switch
                    {
                        "#" => "",
                        _ when line.StartsWith("#  - ", StringComparison.Ordinal)
                                || line.StartsWith("#   ", StringComparison.Ordinal) && start < 0 => " " + line[1..],
                        _ when line.StartsWith("# reportingCurrency", StringComparison.Ordinal)
                                || line.StartsWith("# fiscalYear", StringComparison.Ordinal) => line[2..],
                        _ when start >= 0 && i >= start && line.StartsWith("# ", StringComparison.Ordinal) => line[2..],
                        _ => line,
                    }
            )
        );
    }
}
