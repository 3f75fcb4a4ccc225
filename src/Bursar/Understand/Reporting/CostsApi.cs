using Bursar.Cli.Output;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Web;
using Bursar.Web.Addresses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;

namespace Bursar.Understand.Reporting;

/// <summary>GET /api/v1/costs: the question of the command line and the Explore page, for programs.</summary>
public static class CostsApi
{
    private static readonly (string Name, string Description)[] Parameters =
    [
        (
            "measure",
            "EffectiveCost (default), BilledCost, ContractedCost or ListCost; ConsumedQuantity or PricingQuantity."
        ),
        ("by", "Columns to group by, separated by commas: FOCUS ids, x_ columns or Tags/key."),
        ("over", "day, week, month, quarter or year."),
        ("time", "charge (the days served, default) or billing (the billing period)."),
        ("from", "First day, month or year that counts: 2026-01 or 2026-01-15."),
        ("to", "Last day, month or year that counts, included."),
        ("where", "A condition, Column=value,value or Column!=value; may be given several times."),
        ("top", "Keep the largest groups; the rest becomes one row \"(other)\"."),
        ("split", "tax, credits or tax,credits: show these apart."),
        ("currency", "The currency of the answer, at the rulebook's exchange rates; without it, each as billed."),
        ("rates", "actual (default) or plan: which exchange rates."),
        ("structure", "as-was (default), today or a day: by the rules and organisation of which day."),
        ("asof", "The moment whose books are read."),
        ("format", "json (default) or csv."),
    ];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/costs", AnswerAsync)
            .WithName("costs")
            .WithSummary("Answers a question about cost.")
            .AddOpenApiOperationTransformer(
                (operation, _, _) =>
                {
                    operation.Parameters = [.. Parameters.Select(Describe)];
                    return Task.CompletedTask;
                }
            );

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> AnswerAsync(
        HttpContext context,
        AnswerCost ask,
        ReadDeployments deployments,
        CancellationToken cancellationToken
    )
    {
        var (question, diagnostics) = CostQueryUrl.Read(context.Request.QueryString.Value, "format");
        if (diagnostics.Count > 0)
            return Problems.Of(diagnostics[0]);
        var answer = await ask(question.Query, question.AsOf, cancellationToken);
        using var text = new StringWriter();
        if (context.Request.Query["format"] == "csv")
        {
            CsvResult.Write(CostTable.Of(answer), text);
            return TypedResults.Text(text.ToString(), "text/csv; charset=utf-8");
        }
        var live = answer.Query.Over is null ? [] : await deployments(question.AsOf, answer.Query, cancellationToken);
        JsonResult.Write(CostTable.Record(answer, live), text);
        return TypedResults.Text(text.ToString(), "application/json");
    }

    private static IOpenApiParameter Describe((string Name, string Description) parameter) =>
        new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
}
