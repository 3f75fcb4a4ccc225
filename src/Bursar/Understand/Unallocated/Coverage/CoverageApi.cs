using Bursar.Cli;
using Bursar.Web;
using Bursar.Web.Addresses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Unallocated.Coverage;

/// <summary>GET /api/v1/allocation: what <c>bursar allocation</c> prints as JSON.</summary>
internal static class CoverageApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/allocation", AnswerAsync)
            .WithName("allocation")
            .WithSummary("How much of the cost has an owner, by month, and from which provider, how, to which owner.");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult, NoContent>> AnswerAsync(
        HttpContext context,
        ReadCoverage read,
        CancellationToken cancellationToken,
        string? field = null,
        string? period = null
    )
    {
        var (question, diagnostics) = CostQueryUrl.Read(context.Request.QueryString.Value, "field", "period");
        if (diagnostics.Count > 0)
            return Problems.Of(diagnostics[0]);
        if (await read(question, field, TimeText.Month(period), cancellationToken) is not { } review)
            return TypedResults.NoContent();
        return ApiAnswer.Json(CoverageRecord.Of(review, forPeople: false));
    }
}
