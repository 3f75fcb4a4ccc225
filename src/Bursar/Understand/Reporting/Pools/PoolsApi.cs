using Bursar.Cli;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Reporting.Pools;

/// <summary>
/// GET /api/v1/shared: and /recovery: what <c>bursar shared</c> and <c>bursar recovery</c> print as JSON.
/// </summary>
internal static class PoolsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/shared", AnswerAsync)
            .WithName("shared")
            .WithSummary("Shared costs of a month: their cost, by what they are divided, and who gets how much.");
        routes
            .MapGet("/recovery", RecoveryAsync)
            .WithName("recovery")
            .WithSummary(
                "What rate cards charged by line and consumer, the real cost, and the rates that would have met it."
            );
    }

    private static async Task<Results<ContentHttpResult, NoContent>> RecoveryAsync(
        ReadRecovery read,
        CancellationToken cancellationToken,
        string? pool = null,
        string? period = null,
        int months = 1,
        string? asof = null
    )
    {
        var review = await read(asof, pool, TimeText.Month(period), Math.Clamp(months, 1, 120), cancellationToken);
        if (review is null)
            return TypedResults.NoContent();
        return ApiAnswer.Json(RecoveryTables.Record(review));
    }

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
