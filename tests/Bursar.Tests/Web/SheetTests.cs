using System.Text.RegularExpressions;
using Bursar.Web;
using Bursar.Web.Components;
using Microsoft.AspNetCore.Components;

namespace Bursar.Tests.Web;

/// <summary>A document that must stand alone: one file, no script, one printed page.</summary>
public sealed partial class SheetTests(Browser browser)
{
    private const string Content = """
        <h1>Approve $0.6M by 30 October to leave Frankfurt on time</h1>
        <p class="byline">For the COO. September 2026, data to 11 October</p>
        <h2>Money</h2>
        <p>$18.4M, $0.8M (4.5 %) over budget. Next four quarters: $226M likely, planned $219M.</p>
        <footer>Journal 3f9a1c07b2de</footer>
        """;

    [Fact]
    public async Task A_document_carries_its_look_inside_and_asks_the_network_for_nothing()
    {
        var html = await DocumentAsync(Content);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("src=", html);
        Assert.DoesNotContain("<link", html);
        Assert.All(Address().Matches(html), match => Assert.StartsWith("url(\"data:", match.Value));
    }

    [Theory]
    [InlineData("A4")]
    [InlineData("Letter")]
    public async Task Four_hundred_and_fifty_words_print_on_one_page(string format)
    {
        const string Sentence =
            "Spend rose because two sites ran side by side, a volume discount lapsed "
            + "and the euro gained against the dollar. ";
        var words = string.Concat(
            Enumerable.Range(0, 8).Select(_ => "<h2>What changed</h2><p>" + Sentence + Sentence + "It ends soon.</p>")
        );
        var file = Path.Combine(Path.GetTempPath(), $"bursar-sheet-{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(file, await DocumentAsync(Content + words), TestContext.Current.CancellationToken);
        try
        {
            await using var opened = await browser.OpenAsync("file://" + file, width: 900);
            var pdf = await opened.Page.PdfAsync(
                new()
                {
                    Format = format,
                    PreferCSSPageSize = false,
                    PrintBackground = true,
                }
            );
            await File.WriteAllBytesAsync(
                Path.Combine(Accessibility.RepositoryRoot(), "artifacts", $"sheet-{format}.pdf"),
                pdf,
                TestContext.Current.CancellationToken
            );
            Assert.Single(PdfPage().Matches(System.Text.Encoding.Latin1.GetString(pdf)));
            Assert.Empty(opened.Complaints);
            Assert.Empty(await Accessibility.ViolationsAsync(opened.Page));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task<string> DocumentAsync(string content) =>
        DocumentWriter.WriteAsync<Sheet>(
            new Dictionary<string, object?>
            {
                ["Title"] = "Brief",
                ["ChildContent"] = (RenderFragment)(builder => builder.AddMarkupContent(0, content)),
            }
        );

    [GeneratedRegex("url\\([^)]{0,30}")]
    private static partial Regex Address();

    [GeneratedRegex("/Type\\s*/Page[^s]")]
    private static partial Regex PdfPage();
}
