using Bursar.Cli;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Unallocated;

/// <summary>GET /api/v1/unallocated: what <c>bursar unallocated</c> prints as JSON.</summary>
internal static class UnallocatedApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/unallocated", AnswerAsync)
            .WithName("unallocated")
            .WithSummary("What belongs to nobody: pieces of work with amount, age, likely owner and state.");

    private static async Task<Results<ContentHttpResult, NoContent>> AnswerAsync(
        ReadUnallocated read,
        CancellationToken cancellationToken,
        string? field = null,
        string? period = null,
        string? asof = null
    )
    {
        if (await read(asof, field, TimeText.Month(period), cancellationToken) is not { } queue)
            return TypedResults.NoContent();
        return ApiAnswer.Json(QueueRecord.Of(queue));
    }
}
