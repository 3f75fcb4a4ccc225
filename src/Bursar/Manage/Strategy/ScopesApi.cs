using Bursar.Cli;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Manage.Strategy;

/// <summary>GET /api/v1/scopes: what <c>bursar scopes</c> prints as JSON or CSV.</summary>
internal static class ScopesApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/scopes", AnswerAsync)
            .WithName("scopes")
            .WithSummary("The scopes of the rulebook: life, cost of a month, and what they hold together.");

    private static async Task<Results<ContentHttpResult, NoContent>> AnswerAsync(
        ReadScopes read,
        CancellationToken cancellationToken,
        string? period = null,
        string? asof = null,
        string? format = null
    )
    {
        if (await read(asof, TimeText.Month(period), cancellationToken) is not { } review)
            return TypedResults.NoContent();
        if (format == "csv")
            return ApiAnswer.Csv(ScopesRecord.List(review));
        return ApiAnswer.Json(ScopesRecord.Of(review));
    }
}
