using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bursar.Tests.Sources;

/// <summary>A real web server on a free port of this machine, that answers as a test says.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private int requests;

    private WebServer(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    /// <summary>How often it was asked.</summary>
    public int Requests => requests;

    public static async Task<WebServer> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var built = builder.Build();
        var server = new WebServer(built);
        built.Run(context => answer(context, Interlocked.Increment(ref server.requests)));
        await built.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
