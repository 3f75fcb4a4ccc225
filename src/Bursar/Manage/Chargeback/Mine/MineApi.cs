using Bursar.Core.Diagnostics;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Manage.Chargeback.Mine;

/// <summary>GET /api/v1/mine?owner=…: what <c>bursar mine</c> prints as JSON.</summary>
internal static class MineApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/mine", AnswerAsync)
            .WithName("mine")
            .WithSummary("An owner's cost this month, what changed and why, and what to do next.");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult, NoContent>> AnswerAsync(
        ReadMyCost read,
        CancellationToken cancellationToken,
        string? owner = null,
        string? asof = null
    )
    {
        if (string.IsNullOrEmpty(owner))
            return Problems.Of(
                new Diagnostic(
                    "mine/no-owner",
                    Severity.Error,
                    "Nobody is named.",
                    "Name an owner: /api/v1/mine?owner=NAME."
                )
            );
        if (await read(owner, asof, cancellationToken) is not { } mine)
            return TypedResults.NoContent();
        return ApiAnswer.Json(MineRecord.Of(mine));
    }
}
