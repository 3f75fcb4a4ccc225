using Bursar.Quantify.Forecasts.Commitments;
using Bursar.Quantify.Forecasts.Drivers;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Quantify.Forecasts;

/// <summary>GET /api/v1/forecast and below it: what <c>bursar forecast</c> prints.</summary>
internal static class ForecastApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/forecast", AnswerAsync)
            .WithName("forecast")
            .WithSummary("What any part of the cost, a quantity or a series will come to, and how sure that is.");
        routes
            .MapGet(
                "/forecast/accuracy",
                async (
                    ReadForecastAccuracy read,
                    ReadForecastParts readParts,
                    CancellationToken cancel,
                    string? name = null,
                    bool parts = false,
                    string? asof = null,
                    string? format = null
                ) =>
                {
                    var table =
                        parts ? AccuracyTables.Parts(await readParts(name, asof, cancel))
                        : name is null ? AccuracyTables.List(await read(name, asof, cancel))
                        : AccuracyTables.Periods(await read(name, asof, cancel));
                    return format == "csv" ? ApiAnswer.Csv(table) : ApiAnswer.Json(table);
                }
            )
            .WithName("forecastAccuracy")
            .WithSummary("How frozen forecasts did, against what came.");
        routes
            .MapGet(
                "/forecast/commitments",
                async (
                    ReadProjectedCommitments read,
                    CancellationToken cancel,
                    string? asof = null,
                    string? format = null
                ) =>
                {
                    var table = CommitmentTables.Of(await read(asof, cancel));
                    return format == "csv" ? ApiAnswer.Csv(table) : ApiAnswer.Json(table);
                }
            )
            .WithName("forecastCommitments")
            .WithSummary("Where running commitments lead: burn-down, shortfall or overage.");
        routes
            .MapGet("/forecast/drivers", DriversAsync)
            .WithName("forecastDrivers")
            .WithSummary("Cost from its causes, expected, low, high and by seeded draws.");
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult, NoContent>> AnswerAsync(
        HttpContext context,
        ReadForecast read,
        CancellationToken cancel
    )
    {
        var (question, asOf, diagnostics) = ForecastAddress.Read(context.Request.QueryString.Value);
        if (question is null)
            return Problems.Of(diagnostics[0]);
        if (await read(question, asOf, cancel) is not { } forecast)
            return TypedResults.NoContent();
        return context.Request.Query["format"] == "csv"
            ? ApiAnswer.Csv(ForecastTables.Of(forecast))
            : ApiAnswer.Json(ForecastTables.Record(forecast));
    }

    private static async Task<ContentHttpResult> DriversAsync(
        ReadDriverForecasts read,
        CancellationToken cancel,
        string? name = null,
        int seed = ForecastDrivers.SeedUsual,
        int draws = ForecastDrivers.DrawsUsual,
        string? asof = null,
        string? format = null
    )
    {
        var cases = await read(name, seed, draws, asof, cancel);
        return format == "csv" ? ApiAnswer.Csv(name is null ? DriverTables.List(cases) : DriverTables.Months(cases[0]))
            : name is null ? ApiAnswer.Json(DriverTables.List(cases))
            : ApiAnswer.Json(DriverTables.Record(cases[0]));
    }
}
