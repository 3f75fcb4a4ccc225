using System.Text.Json;
using Microsoft.Playwright;

namespace Bursar.Tests.Web;

/// <summary>Asks axe-core what on a page some people could not use.</summary>
internal static class Accessibility
{
    private static readonly Lazy<string> Axe = new(() =>
        File.ReadAllText(Path.Combine(RepositoryRoot(), "node_modules", "axe-core", "axe.min.js"))
    );

    /// <summary>One line per violation, with the elements; empty when there is none.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync(Axe.Value + "; void 0");
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async () => {
              const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
              const place = node => node.html.slice(0, 160) + " " + (node.any[0]?.message ?? "");
              const { violations } = await axe.run(document, { runOnly: tags });
              return violations.map(v => [v.id + ": " + v.help, ...v.nodes.slice(0, 4).map(place)].join(" | "));
            }
            """
        );
        return [.. found.EnumerateArray().Select(violation => violation.GetString()!)];
    }

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Bursar.slnx")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException("The tests must run from inside the repository.");
    }
}
