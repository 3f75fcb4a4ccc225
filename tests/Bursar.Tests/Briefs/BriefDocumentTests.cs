using System.Text;
using System.Text.RegularExpressions;
using Bursar.Manage.Briefs;
using Bursar.Tests.Support;
using Bursar.Tests.Web;

namespace Bursar.Tests.Briefs;

/// <summary>The file of a brief: it stands alone, explains itself, and prints on one page.</summary>
public sealed partial class BriefDocumentTests(Browser browser)
{
    [Theory]
    [InlineData("A4")]
    [InlineData("Letter")]
    public async Task The_most_words_that_the_rules_allow_print_on_one_page(string format)
    {
        var words = Enumerable.Repeat("infrastructure", 440).ToList();
        var brief = MostThatFits(() => SomeBrief.Saying(string.Join(' ', words) + "."), () => words.RemoveAt(0));
        Assert.True(words.Count > 200);
        Assert.Equal(1, await PagesAsync(brief, format));
    }

    [Theory]
    [InlineData("A4")]
    [InlineData("Letter")]
    public async Task The_most_lines_that_the_rules_allow_print_on_one_page(string format)
    {
        var lines = Enumerable.Range(1, 80).Select(n => SomeBrief.Option($"Line {n}")).ToList();
        var brief = MostThatFits(
            () => SomeBrief.Good with { Sections = [new BriefSection("Money", [], [.. lines])] },
            () => lines.RemoveAt(0)
        );
        Assert.True(lines.Count > 20);
        Assert.Equal(1, await PagesAsync(brief, format));
    }

    [Theory]
    [InlineData("A4")]
    [InlineData("Letter")]
    public async Task A_short_brief_prints_on_one_page(string format) =>
        Assert.Equal(1, await PagesAsync(SomeBrief.Good, format));

    [Fact]
    public async Task The_file_asks_the_network_for_nothing_and_is_open_to_everybody()
    {
        var html = Encoding.UTF8.GetString(await BriefHtml.WriteAsync(SomeBrief.Good));
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<link", html);
        Assert.DoesNotContain("src=", html);
        Assert.Contains(SomeBrief.Good.JournalHead, html);
        using var folder = new TempFolder();
        await using var opened = await browser.OpenAsync("file://" + folder.Write("brief.html", html), width: 900);
        Assert.Empty(opened.Complaints);
        Assert.Empty(await Accessibility.ViolationsAsync(opened.Page));
    }

    [Fact]
    public async Task Every_figure_leads_to_its_explanation_in_the_same_file()
    {
        using var books = new BookedCharges(
            "",
            [.. BookedCharges.EachDay("2026-08", "90"), .. BookedCharges.EachDay("2026-09", "100")]
        );
        var brief = WriteBriefTests.Write(books);
        var html = Encoding.UTF8.GetString(await BriefHtml.WriteAsync(brief));
        Assert.All(
            brief.References.Values,
            reference =>
            {
                Assert.Contains($"href=\"#{reference.ToLowerInvariant()}\"", html);
                Assert.Contains($"id=\"{reference.ToLowerInvariant()}\"", html);
            }
        );
        Assert.Contains("bursar explain --from 2026-09 --to 2026-09 --as-of &#x27;#1&#x27;", html);
    }

    [Fact]
    public async Task What_comes_from_outside_is_text_and_never_markup()
    {
        var html = Encoding.UTF8.GetString(
            await BriefHtml.WriteAsync(SomeBrief.Saying("<b onclick=x>bold</b> & more."))
        );
        Assert.DoesNotContain("<b onclick", html);
    }

    private static Brief MostThatFits(Func<Brief> make, Action less)
    {
        var brief = make();
        while (BriefRules.Check(brief).Count > 0)
        {
            less();
            brief = make();
        }
        return brief;
    }

    private async Task<int> PagesAsync(Brief brief, string format)
    {
        using var folder = new TempFolder();
        var file = folder.Write("brief.html", Encoding.UTF8.GetString(await BriefHtml.WriteAsync(brief)));
        await using var opened = await browser.OpenAsync("file://" + file, width: 900);
        var pdf = await opened.Page.PdfAsync(
            new()
            {
                Format = format,
                PreferCSSPageSize = false,
                PrintBackground = true,
            }
        );
        return PdfPage().Count(Encoding.Latin1.GetString(pdf));
    }

    [GeneratedRegex(@"/Type\s*/Page[^s]")]
    private static partial Regex PdfPage();
}
