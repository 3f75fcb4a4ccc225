using System.Diagnostics;
using System.Globalization;

namespace Bursar.Web;

/// <summary>What holds for every answer of the server: timing, security headers, this machine only.</summary>
internal static class HouseRules
{
    /// <summary>Scripts, styles, typefaces and data come from this server alone; nothing stands inline, nothing is
    /// framed.</summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi");

    public static bool IsPage(HttpContext context) =>
        !IsApi(context) && !context.Request.Path.StartsWithSegments("/static");

    /// <summary>Tells in the Server-Timing header how long it took until the answer began.</summary>
    public static Task Time(HttpContext context, RequestDelegate next)
    {
        var started = Stopwatch.GetTimestamp();
        context.Response.OnStarting(() =>
        {
            var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            context.Response.Headers["Server-Timing"] = "handler;dur="
                + milliseconds.ToString("0.0", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>Sets the security headers, and refuses a request that reached this machine under a foreign name (DNS
    /// rebinding).</summary>
    public static Task Secure(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        if (context.Request.Host.Host is "127.0.0.1" or "localhost") return next(context);
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return context.Response.WriteAsync("These pages are served as 127.0.0.1 or localhost only.");
    }
}
