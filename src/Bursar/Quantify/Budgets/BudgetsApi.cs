using Bursar.Web;
using Bursar.Web.Addresses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Quantify.Budgets;

/// <summary>GET /api/v1/budgets: what <c>bursar budgets --format json</c> prints.</summary>
internal static class BudgetsApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/budgets", AnswerAsync)
            .WithName("budgets")
            .WithSummary("What was spent in a month against each budget.");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult, NoContent>> AnswerAsync(
        HttpContext context,
        ReviewBudgets review,
        string? month,
        string? format,
        CancellationToken cancellationToken
    )
    {
        var (question, diagnostics) = CostQueryUrl.Read(context.Request.QueryString.Value, "month", "format");
        if (diagnostics.Count > 0)
            return Problems.Of(diagnostics[0]);
        if (await review(question, month, cancellationToken) is not { } reviewed)
            return TypedResults.NoContent();
        var table = BudgetTables.Of(reviewed.Statuses, reviewed.Month);
        if (format == "csv")
            return ApiAnswer.Csv(table);
        return ApiAnswer.Json(table);
    }
}
