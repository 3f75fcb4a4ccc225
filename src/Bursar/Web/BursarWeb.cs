using System.IO.Compression;
using System.Net;
using Bursar.Web.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.ResponseCompression;

namespace Bursar.Web;

/// <summary>Builds the server of the pages and the API. It reads no settings file and no environment, and writes
/// nothing.</summary>
public static class BursarWeb
{
    /// <summary>Builds the server; start it with <c>RunAsync</c>, which ends gracefully when its token does.</summary>
    /// <param name="options">Where to listen.</param>
    /// <param name="services">Registers what the pages ask: <see cref="ReadBooksMark"/> and the delegates beside each
    /// page.</param>
    /// <param name="api">Adds the capabilities' routes under /api/v1.</param>
    /// <exception cref="Core.Diagnostics.RefusedException">The address is refused or the port is taken.</exception>
    public static WebApplication Build(
        WebOptions options,
        Action<IServiceCollection> services,
        Action<IEndpointRouteBuilder>? api = null
    )
    {
        var port = options.PortToListenOn();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "bursar" });
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Listen(IPAddress.Loopback, port);
            });
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(log =>
            log.LogToStandardErrorThreshold = LogLevel.Trace
        );
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        AddPages(builder.Services);
        services(builder.Services);

        var app = builder.Build();
        UseHouseRules(app);
        app.MapGet("/static/{hash}/{name}", StaticFiles.Serve).ExcludeFromDescription();
        app.MapOpenApi();
        api?.Invoke(app.MapGroup("/api/v1"));
        app.MapRazorComponents<App>().DisableAntiforgery();
        return app;
    }

    /// <summary>The address that a started server listens on: "http://127.0.0.1:4717".</summary>
    public static string AddressOf(WebApplication app) => app.Urls.First();

    private static void AddPages(IServiceCollection services)
    {
        services.AddRouting();
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton<IdleMemory>();
        services.AddSingleton<FirstReader>();
        // The pages only answer GET: nothing is signed, so no key outlives the process or reaches the disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new KeysInMemory());
        services.Configure<RazorComponentsServiceOptions>(razor => razor.DetailedErrors = false);
        services.AddOpenApi("v1", OpenApiDescription.Configure);
        services.AddResponseCompression(compression => compression.Providers.Add<BrotliCompressionProvider>());
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
    }

    private static void UseHouseRules(WebApplication app)
    {
        app.Use(app.Services.GetRequiredService<IdleMemory>().Note);
        app.Use(app.Services.GetRequiredService<FirstReader>().Note);
        app.Use(HouseRules.Time);
        app.Use(HouseRules.Secure);
        app.UseResponseCompression();
        app.UseWhen(HouseRules.IsApi, branch => branch.UseExceptionHandler(Problems.Handler));
        app.UseWhen(
            HouseRules.IsPage,
            branch =>
            {
                branch.UseExceptionHandler(Problems.Page);
                branch.Use(SpeakWords.InPage);
                branch.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
            }
        );
        app.UseRouting();
    }
}
