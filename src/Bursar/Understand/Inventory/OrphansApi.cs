using Bursar.Web;
using Bursar.Web.Addresses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Inventory;

/// <summary>Orphan cost and items of a month (null is the newest whole one); null when the books are empty.</summary>
internal delegate Task<Orphans?> ReadOrphans(CostQuestion question, string? month, CancellationToken cancellationToken);

/// <summary>GET /api/v1/orphans: cost that no item, application or owner explains, for programs.</summary>
internal static class OrphansApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/orphans", AnswerAsync)
            .WithName("orphans")
            .WithSummary("Cost without a configuration item, application or owner, and items without cost.");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult, NoContent>> AnswerAsync(
        HttpContext context,
        ReadOrphans read,
        string? month,
        CancellationToken cancellationToken
    )
    {
        var (question, diagnostics) = CostQueryUrl.Read(context.Request.QueryString.Value, "month");
        if (diagnostics.Count > 0)
            return Problems.Of(diagnostics[0]);
        if (await read(question, month, cancellationToken) is not { } orphans)
            return TypedResults.NoContent();
        return ApiAnswer.Json(OrphansRecord.Of(orphans, forPeople: false));
    }
}
