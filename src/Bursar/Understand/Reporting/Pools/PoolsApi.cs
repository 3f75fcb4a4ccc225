using Bursar.Cli;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Reporting.Pools;

/// <summary>GET /api/v1/shared: what <c>bursar shared</c> prints as JSON.</summary>
internal static class PoolsApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/shared", AnswerAsync)
            .WithName("shared")
            .WithSummary("Shared costs of a month: their cost, by what they are divided, and who gets how much.");

    private static async Task<Results<ContentHttpResult, NoContent>> AnswerAsync(
        ReadPools read,
        CancellationToken cancellationToken,
        string? period = null,
        string? asof = null
    )
    {
        if (await read(asof, TimeText.Month(period), cancellationToken) is not { } review)
            return TypedResults.NoContent();
        return ApiAnswer.Json(PoolTables.Record(review, review.Pools));
    }
}
