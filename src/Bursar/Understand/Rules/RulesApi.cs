using Bursar.Cli;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Rules;

/// <summary>GET /api/v1/rules: what <c>bursar rules</c> prints as JSON.</summary>
internal static class RulesApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/rules", AnswerAsync)
            .WithName("rules")
            .WithSummary(
                "How much cost each allocation rule gave to somebody in a month, and which rules did nothing."
            );

    private static async Task<Results<ContentHttpResult, NoContent>> AnswerAsync(
        ReadRuleHits read,
        CancellationToken cancellationToken,
        string? month = null,
        string? field = null,
        string? asof = null
    )
    {
        var asked = RulesCli.Field(field);
        if (await read(asof, TimeText.Month(month), cancellationToken) is not { } review)
            return TypedResults.NoContent();
        return ApiAnswer.Json(RuleTables.Record(review, asked));
    }
}
