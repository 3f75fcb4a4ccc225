using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Web;
using Bursar.Web.Addresses;
using Bursar.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Quantify.Kpis;

/// <summary>GET /api/v1/kpis and /api/v1/kpis/{name}: what <c>bursar kpis --all</c> and <c>show</c> print.</summary>
internal static class KpisApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/kpis",
                (
                    HttpContext context,
                    ReadKpis read,
                    CancellationToken cancel,
                    string? month = null,
                    string? scope = null,
                    string? format = null
                ) => AnswerAsync(null, context, read, month, scope, format, cancel)
            )
            .WithName("kpis")
            .WithSummary("Every KPI of a month, with its figure or what is missing.");
        routes
            .MapGet(
                "/kpis/{name}",
                (
                    string name,
                    HttpContext context,
                    ReadKpis read,
                    CancellationToken cancel,
                    string? month = null,
                    string? scope = null
                ) => AnswerAsync(name, context, read, month, scope, null, cancel)
            )
            .WithName("kpi")
            .WithSummary("One KPI: its formula with the numbers put in, and where they come from.");
        MapSet(routes);
        MapTrend(routes);
        MapPeers(routes);
    }

    private static void MapPeers(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/kpis/{name}/peers",
                async Task<ContentHttpResult> (
                    string name,
                    string by,
                    ReadKpiPeers read,
                    CancellationToken cancel,
                    string? month = null,
                    int min = MeasureKpis.GroupMinUsual,
                    string? asof = null,
                    string? format = null
                ) =>
                {
                    var groupMin = Math.Max(MeasureKpis.GroupMinLeast, min);
                    var peers = await read(asof, name, by, groupMin, TimeText.Month(month), cancel);
                    var table = KpiTables.Peers(peers, by, groupMin);
                    return format == "csv" ? ApiAnswer.Csv(table) : ApiAnswer.Json(table);
                }
            )
            .WithName("kpiPeers")
            .WithSummary("Where each value of a column stands among the others.");

    private static void MapTrend(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/kpis/{name}/trend",
                async Task<Results<ContentHttpResult, NoContent>> (
                    string name,
                    ReadKpiTrend read,
                    CancellationToken cancel,
                    string? month = null,
                    string? scope = null,
                    int months = KpiTrend.MonthsUsual,
                    string? asof = null,
                    string? format = null
                ) =>
                    await read(asof, name, scope, TimeText.Month(month), months, cancel) is not { } trend
                        ? TypedResults.NoContent()
                    : format == "csv" ? ApiAnswer.Csv(trend.Table())
                    : ApiAnswer.Json(trend.Table())
            )
            .WithName("kpiTrend")
            .WithSummary("One KPI month by month.");

    private static void MapSet(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/kpi-sets/{name}",
                async Task<Results<ContentHttpResult, NoContent>> (
                    string name,
                    ReadMeasureSet read,
                    CancellationToken cancel,
                    string? month = null,
                    string? asof = null,
                    string? format = null
                ) =>
                    await read(asof, name, TimeText.Month(month), cancel) is not { } review ? TypedResults.NoContent()
                    : format == "csv" ? ApiAnswer.Csv(KpiTables.Set(review))
                    : ApiAnswer.Json(KpiTables.Set(review))
            )
            .WithName("kpiSet")
            .WithSummary("The measures that leaders see, and how each stands in the edition of the month.");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult, NoContent>> AnswerAsync(
        string? name,
        HttpContext context,
        ReadKpis read,
        string? month,
        string? scope,
        string? format,
        CancellationToken cancel
    )
    {
        var (question, diagnostics) = CostQueryUrl.Read(context.Request.QueryString.Value, "month", "scope", "format");
        if (diagnostics.Count > 0)
            return Problems.Of(diagnostics[0]);
        var lens = new Lens(question.Query.Conversion, question.Query.Structure);
        if (await read(question.AsOf, lens, name, scope, TimeText.Month(month), cancel) is not { } review)
            return TypedResults.NoContent();
        using var text = new StringWriter();
        if (format == "csv")
        {
            CsvResult.Write(KpiTables.List(review, withMissing: true), text);
            return TypedResults.Text(text.ToString(), "text/csv; charset=utf-8");
        }
        if (name is null)
            JsonResult.Write(KpiTables.List(review, withMissing: true), text);
        else
            JsonResult.Write(KpiTables.Record(review.Results[0], review.Today, forPeople: false), text);
        return TypedResults.Text(text.ToString(), "application/json");
    }
}
