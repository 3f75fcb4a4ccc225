using Bursar.Tests.Web;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Bursar.Tests.Web;

/// <summary>One Chromium for all tests that look at pages, started by the first of them. A test class takes it in its
/// constructor.</summary>
/// <remarks>Where there is no Chromium these tests fail; they do not skip.</remarks>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ];

    private readonly SemaphoreSlim starting = new(1);
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
        starting.Dispose();
    }

    /// <summary>A page of its own, with everything that the browser complains about.</summary>
    public async Task<WatchedPage> OpenAsync(string url, int width = 1280, bool dark = false, bool script = true)
    {
        var context = await (await ChromiumAsync()).NewContextAsync(
            new()
            {
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                JavaScriptEnabled = script,
                // The page's own policy stays in force; what the tests evaluate does not pass through it.
                BypassCSP = false,
            }
        );
        var page = await context.NewPageAsync();
        // A first page may forecast everything while other tests keep both processors busy.
        page.SetDefaultTimeout(180_000);
        var watched = new WatchedPage(context, page);
        await page.GotoAsync(url, new() { WaitUntil = WaitUntilState.Load });
        if (script)
            await page.WaitForFunctionAsync("() => !document.querySelector('figure.chart:not([data-drawn])')");
        return watched;
    }

    private async Task<IBrowser> ChromiumAsync()
    {
        await starting.WaitAsync();
        try
        {
            return chromium ??= await LaunchAsync();
        }
        finally
        {
            starting.Release();
        }
    }

    private async Task<IBrowser> LaunchAsync()
    {
        var path =
            Places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                "These tests look at the pages in Chromium, and there is none. Install it: apt-get install chromium"
            );
        playwright ??= await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = path,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                    "--font-render-hinting=none",
                ],
            }
        );
    }
}

/// <summary>An open page that remembers console errors, failed requests and exceptions.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    public WatchedPage(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Add("exception: " + error);
        page.RequestFailed += (_, request) =>
        {
            // A page that is left stops loading what it no longer needs.
            if (request.Failure != "net::ERR_ABORTED")
                complaints.Add($"failed: {request.Url} {request.Failure}");
        };
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints => complaints;

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
