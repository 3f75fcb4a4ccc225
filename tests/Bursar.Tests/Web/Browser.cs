using Microsoft.Playwright;

namespace Bursar.Tests.Web;

/// <summary>One Chromium for all tests that look at pages. It fails, and does not skip, when there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

    private IPlaywright? playwright;
    private IBrowser? chromium;

    public IBrowser Chromium => chromium ?? throw new InvalidOperationException("The browser has not been started.");

    public async ValueTask InitializeAsync()
    {
        var path = Places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("These tests look at the pages in Chromium, and there is none. Install it: apt-get install chromium");
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--no-first-run", "--font-render-hinting=none",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A page of its own, with everything that the browser complains about.</summary>
    public async Task<WatchedPage> OpenAsync(string url, int width = 1280, bool dark = false, bool script = true)
    {
        var context = await Chromium.NewContextAsync(new()
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            // The page's own policy stays in force; what the tests evaluate does not pass through it.
            BypassCSP = false,
        });
        var page = await context.NewPageAsync();
        var watched = new WatchedPage(context, page);
        await page.GotoAsync(url, new() { WaitUntil = WaitUntilState.Load });
        if (script) await page.WaitForFunctionAsync("() => !document.querySelector('figure.chart:not([data-drawn])')");
        return watched;
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
        page.Console += (_, message) => { if (message.Type is "error" or "warning") complaints.Add($"{message.Type}: {message.Text}"); };
        page.PageError += (_, error) => complaints.Add("exception: " + error);
        page.RequestFailed += (_, request) => complaints.Add($"failed: {request.Url} {request.Failure}");
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints => complaints;

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
