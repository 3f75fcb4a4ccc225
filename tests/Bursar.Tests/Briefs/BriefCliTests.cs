using System.Text.Json;
using Bursar.Tests.Support;

namespace Bursar.Tests.Briefs;

public sealed class BriefCliTests
{
    [Fact]
    public async Task A_brief_is_read_in_eighty_columns()
    {
        using var books = Books();
        var result = await books.RunAsync("brief");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("September cost $3,000", result.Out);
        Assert.All(
            result.Out.Split('\n').Where(line => !line.StartsWith("Journal")),
            line => Assert.True(line.Length <= 80, line)
        );
    }

    [Fact]
    public async Task The_name_of_the_file_decides_the_form()
    {
        using var books = Books();
        Assert.Equal(0, (await books.RunAsync("brief", "--to", books["brief.html"])).ExitCode);
        Assert.Equal(0, (await books.RunAsync("brief", "--to", books["brief.json"])).ExitCode);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(books["brief.html"]));
        using var json = JsonDocument.Parse(File.ReadAllText(books["brief.json"]));
        var figure = json
            .RootElement.GetProperty("figures")
            .EnumerateArray()
            .First(figure => figure.GetProperty("text").GetString() == "$3,000");
        Assert.Equal(3000m, figure.GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task An_issued_brief_is_kept_byte_for_byte_and_issued_once()
    {
        using var books = Books();
        var first = await books.RunAsync("brief", "--issue", "--to", books["first.html"]);
        Assert.Equal(0, first.ExitCode);
        var document = Assert.Single(books.Workspace.Books.Current().IssuedDocuments).Document;
        Assert.Contains(document.Id, first.Error);
        Assert.Contains(books.Workspace.Books.Current().HeadHash, first.Error);
        Assert.Equal(
            File.ReadAllBytes(books["first.html"]),
            File.ReadAllBytes(books.Workspace.Books.Folder.FullPath(document.Path))
        );

        var again = await books.RunAsync("brief", "--issue", "--to", books["again.html"]);
        Assert.Contains("was issued before", again.Error);
        Assert.Equal(File.ReadAllBytes(books["first.html"]), File.ReadAllBytes(books["again.html"]));
        Assert.Single(books.Workspace.Books.Fresh().IssuedDocuments);
    }

    [Fact]
    public async Task A_brief_that_breaks_the_rules_is_shown_and_not_issued()
    {
        const string decision = """
            kind: Decision
            name: rates
            title: Raise the ESR
            ask: Buy more.
            dueBy: 2026-10-30
            """;
        using var books = Books(decision);
        var shown = await books.RunAsync("brief");
        Assert.Equal(1, shown.ExitCode);
        Assert.Contains("brief/undefined-term", shown.Error);
        Assert.Contains("brief/too-few-options", shown.Error);
        Assert.Equal(1, (await books.RunAsync("brief", "--issue")).ExitCode);
        Assert.Empty(books.Workspace.Books.Fresh().IssuedDocuments);
    }

    [Fact]
    public async Task A_figure_on_paper_is_explained_by_its_reference()
    {
        using var books = Books();
        var result = await books.RunAsync("brief", "--explain", "f1");
        Assert.Contains("Exactly 3,000 USD", result.Out);
        Assert.Contains("bursar explain", result.Out);
        Assert.Equal(2, (await books.RunAsync("brief", "--explain", "F99")).ExitCode);
    }

    [Fact]
    public async Task An_earlier_moment_gives_the_brief_of_that_moment()
    {
        using var books = Books();
        books.Take(BookedCharges.EachDay("2026-09", "5").Select(charge => charge with { Service = "Late" }));
        Assert.Contains("cost $3,150", (await books.RunAsync("brief")).Out);
        Assert.Contains("cost $3,000", (await books.RunAsync("brief", "--as-of", "#1")).Out);
    }

    private static BookedCharges Books(string rules = "") => new(rules, BookedCharges.EachDay("2026-09", "100"));
}
