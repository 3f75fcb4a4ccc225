using Bursar.Cli;
using Bursar.Web;
using Bursar.Web.Addresses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Unallocated.Values;

/// <summary>GET /api/v1/allocation/values: what <c>bursar allocation values</c> prints as JSON.</summary>
internal static class ValuesApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/allocation/values", AnswerAsync)
            .WithName("allocation-values")
            .WithSummary("Cost by account, or by the values of a tag (key), and how much of it has an owner.");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult, NoContent>> AnswerAsync(
        HttpContext context,
        ReadValues read,
        CancellationToken cancellationToken,
        string? key = null,
        string? field = null,
        string? period = null
    )
    {
        var (question, diagnostics) = CostQueryUrl.Read(context.Request.QueryString.Value, "key", "field", "period");
        if (diagnostics.Count > 0)
            return Problems.Of(diagnostics[0]);
        if (await read(question, key, field, TimeText.Month(period), cancellationToken) is not { } review)
            return TypedResults.NoContent();
        return ApiAnswer.Json(ValueTables.Of(review));
    }
}
