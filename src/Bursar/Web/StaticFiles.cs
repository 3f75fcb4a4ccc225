using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Web;

/// <summary>Serves the files of the pages; an address that names other content than there is does not exist.</summary>
internal static class StaticFiles
{
    public static Results<FileContentHttpResult, NotFound> Serve(HttpContext context)
    {
        if (!WebAssets.ByHref.TryGetValue(context.Request.Path.Value ?? "", out var asset))
            return TypedResults.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(asset.Bytes, asset.ContentType);
    }
}
