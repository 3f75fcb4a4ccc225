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
            context.Response.Headers["Server-Timing"] =
                "handler;dur=" + milliseconds.ToString("0.0", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>Sets the security headers, and refuses what is no reading, and a request that reached this machine
    /// under a
    /// foreign name (DNS rebinding).</summary>
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
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        if (context.Request.Host.Host is not ("127.0.0.1" or "localhost"))
            return Refuse(
                context,
                StatusCodes.Status421MisdirectedRequest,
                "These pages are served as 127.0.0.1 or localhost only."
            );
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            return next(context);
        if (HttpMethods.IsPost(context.Request.Method) && IsQuestionInABody(context))
            return next(context);
        context.Response.Headers.Allow = "GET, HEAD";
        return Refuse(
            context,
            StatusCodes.Status405MethodNotAllowed,
            "These pages are for reading: nothing can be changed here."
        );
    }

    /// <summary>
    /// A question may be too long for an address (a file to judge). It changes nothing, and a page of another site may
    /// not send it.
    /// </summary>
    private static bool IsQuestionInABody(HttpContext context) =>
        IsApi(context) && context.Request.Headers["Sec-Fetch-Site"] is not [not ("same-origin" or "none")];

    private static Task Refuse(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(sentence);
    }
}
