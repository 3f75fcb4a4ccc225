using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Web;
using Bursar.Web.Addresses;
using Bursar.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Quantify.UnitEconomics;

/// <summary>GET /api/v1/units and /api/v1/units/{name}: what <c>bursar units</c> prints.</summary>
internal static class UnitsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/units",
                (
                    HttpContext context,
                    ReadUnits read,
                    CancellationToken cancel,
                    string? month = null,
                    string? format = null
                ) => AnswerAsync(null, context, read, month, format, cancel)
            )
            .WithName("units")
            .WithSummary("What one unit costs in a month, for each unit metric.");
        routes
            .MapGet(
                "/units/{name}",
                (
                    string name,
                    HttpContext context,
                    ReadUnits read,
                    CancellationToken cancel,
                    string? month = null,
                    string? format = null
                ) => AnswerAsync(name, context, read, month, format, cancel)
            )
            .WithName("unitMonths")
            .WithSummary("Demand, cost and cost of a unit, month by month.");
        routes
            .MapGet(
                "/units/{name}/forecast",
                async Task<Results<ContentHttpResult, NoContent>> (
                    string name,
                    ReadUnitsAhead read,
                    CancellationToken cancel,
                    int months = 6,
                    string? asof = null,
                    string? format = null
                ) =>
                    await read(asof, name, months, cancel) is not { } ahead ? TypedResults.NoContent()
                    : format == "csv" ? ApiAnswer.Csv(UnitTables.Ahead(ahead))
                    : ApiAnswer.Json(UnitTables.Ahead(ahead))
            )
            .WithName("unitForecast")
            .WithSummary("What a unit will cost: expected cost over expected demand.");
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult, NoContent>> AnswerAsync(
        string? name,
        HttpContext context,
        ReadUnits read,
        string? month,
        string? format,
        CancellationToken cancel
    )
    {
        var (question, diagnostics) = CostQueryUrl.Read(context.Request.QueryString.Value, "month", "format");
        if (diagnostics.Count > 0)
            return Problems.Of(diagnostics[0]);
        var lens = new Lens(question.Query.Conversion, question.Query.Structure);
        if (await read(question.AsOf, lens, name, TimeText.Month(month), cancel) is not { } reviews)
            return TypedResults.NoContent();
        using var text = new StringWriter();
        if (format == "csv")
        {
            CsvResult.Write(name is null ? UnitTables.List(reviews) : UnitTables.Months(reviews[0]), text);
            return TypedResults.Text(text.ToString(), "text/csv; charset=utf-8");
        }
        if (name is null)
            JsonResult.Write(UnitTables.List(reviews), text);
        else
            JsonResult.Write(UnitTables.Record(reviews[0]), text);
        return TypedResults.Text(text.ToString(), "application/json");
    }
}
