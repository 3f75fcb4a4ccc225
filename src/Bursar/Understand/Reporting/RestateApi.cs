using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Reporting;

/// <summary>Answers a question by two structures, as of a moment.</summary>
internal delegate Task<RestatedCosts> AnswerRestated(
    CostQuestion question,
    Structure? structure,
    Structure? against,
    CancellationToken cancellationToken
);

/// <summary>GET /api/v1/restatement: cost as it was and as restated, for programs.</summary>
internal static class RestateApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/restatement", AnswerAsync)
            .WithName("restatement")
            .WithSummary(
                "Cost as it was and as restated to today's structure; takes the parameters of /costs, and against."
            );

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> AnswerAsync(
        HttpContext context,
        AnswerRestated ask,
        CancellationToken cancellationToken
    )
    {
        var (question, diagnostics) = CostQueryUrl.Read(context.Request.QueryString.Value, "format", "against");
        if (diagnostics.Count > 0)
            return Problems.Of(diagnostics[0]);
        var says = context.Request.Query.ContainsKey("structure");
        Structure? against;
        try
        {
            against = StructureText.Read(context.Request.Query["against"], "against");
        }
        catch (RefusedException refused)
        {
            return Problems.Of(refused.Diagnostic);
        }
        var restated = await ask(
            question,
            says ? question.Query.Structure : Structure.Today,
            against,
            cancellationToken
        );
        using var text = new StringWriter();
        if (context.Request.Query["format"] == "csv")
        {
            CsvResult.Write(RestateTable.Of(restated), text);
            return TypedResults.Text(text.ToString(), "text/csv; charset=utf-8");
        }
        JsonResult.Write(RestateTable.Record(restated), text);
        return TypedResults.Text(text.ToString(), "application/json");
    }
}
