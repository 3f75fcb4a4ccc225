using System.Text.RegularExpressions;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using Bursar.Tests.Web;
using Microsoft.Playwright;

namespace Bursar.Tests.EndToEnd;

/// <summary>A leader opens the brief and follows a figure down to the rows of the providers' files.</summary>
public sealed partial class BriefJourneyTests(Browser browser, DemoCompany demo)
{
    [Fact]
    public async Task A_figure_of_the_brief_leads_to_the_rows_that_sum_to_it()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/"));
        var page = opened.Page;
        Assert.Equal("Brief for September 2026", await page.Locator("h1").First.InnerTextAsync());
        var figure = page.Locator(".brief .brief-figure:has(a[href^='/explore'])").First;
        var reference = await figure.Locator("sup").InnerTextAsync();
        var exact = Exact(await page.Locator($"#{reference.ToLowerInvariant()} .exact").TextContentAsync());

        await figure.Locator("a").ClickAsync();
        var total = page.Locator("section[aria-label='Figures in USD'] tfoot td.sum a");
        Assert.Equal(exact, Exact(await total.GetAttributeAsync("title")));

        await total.ClickAsync();
        Assert.Contains("/rows?", page.Url);
        Assert.Contains(Display(exact), await page.Locator(".lead").InnerTextAsync());
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task The_rows_of_all_pages_together_sum_to_the_figure_that_was_opened()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(
            server.At("/explore?by=ServiceProviderName&from=2026-09&to=2026-09&where=BillingCurrency=USD")
        );
        var page = opened.Page;
        var smallest = page.Locator("tbody tr td.sum a").Last;
        var exact = Exact(await smallest.GetAttributeAsync("title"));
        await smallest.ClickAsync();
        var sum = Amount.Zero;
        for (var pages = 1; ; pages++)
        {
            foreach (
                var title in await page.Locator("tbody td.sum span")
                    .EvaluateAllAsync<string[]>("all => all.map(one => one.title)")
            )
                sum += Exact(title);
            if (await page.Locator("a[rel=next]").CountAsync() == 0)
                break;
            await page.Locator("a[rel=next]").ClickAsync();
            Assert.InRange(pages, 1, 60);
        }
        Assert.Equal(exact, sum);
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData("A4")]
    [InlineData("Letter")]
    public async Task EX_EXE_1_The_brief_is_a_file_that_prints_on_one_page(string format)
    {
        var pdfInfo = NeededProgram.Path("pdfinfo");
        using var folder = new TempFolder();
        var file = folder["brief.html"];
        var written = await demo.RunAsync("brief", "--to", file);
        Assert.True(written.ExitCode == 0, written.ToString());

        await using var opened = await browser.OpenAsync("file://" + file, width: 900, script: false);
        var pdf = folder[$"brief-{format}.pdf"];
        await opened.Page.PdfAsync(
            new()
            {
                Path = pdf,
                Format = format,
                PrintBackground = true,
            }
        );
        var info = await OtherProgram.RunAsync(pdfInfo, pdf);
        Assert.Matches(@"Pages:\s+1\n", info);

        var text = await OtherProgram.RunAsync(NeededProgram.Path("pdftotext"), pdf, "-");
        var head = (await demo.RunAsync("verify", "--format", "json")).Out;
        var hash = await opened.Page.Locator("footer code").Last.InnerTextAsync();
        Assert.Contains(hash[..12], text.Replace("\n", ""));
        Assert.Contains(hash, head);
        Assert.InRange(Word().Count(text), 100, 450);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task The_file_of_the_brief_can_be_read_by_everyone_without_script_or_network()
    {
        using var folder = new TempFolder();
        await demo.RunAsync("brief", "--to", folder["brief.html"]);
        await using var opened = await browser.OpenAsync("file://" + folder["brief.html"]);
        var asked = new List<string>();
        opened.Page.Request += (_, request) => asked.Add(request.Url);
        await opened.Page.ReloadAsync();
        Assert.DoesNotContain(
            asked,
            url =>
                !url.StartsWith("file://", StringComparison.Ordinal)
                && !url.StartsWith("data:", StringComparison.Ordinal)
        );
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await opened.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Empty(await Accessibility.ViolationsAsync(opened.Page));
        }
        Assert.Empty(opened.Complaints);
    }

    /// <summary>"18,412,345.6789 USD" or a figure with its thousands apart.</summary>
    private static Amount Exact(string? text) =>
        Amount.Parse(text!.Split(' ')[0].Replace(",", "").Replace("\u2212", "-"));

    private static string Display(Amount dollars) => Bursar.Web.Display.Full(new Money(dollars, new Currency("USD")));

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}.,’'–-]*")]
    private static partial Regex Word();
}
