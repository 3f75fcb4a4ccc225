using Bursar.Cli.Output;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Sources;

/// <summary>Lists the sources as of a moment; null is now.</summary>
internal delegate IReadOnlyList<SourceLine> SourcesAt(string? asOf);

/// <summary>GET /api/v1/sources: where data comes from, for programs.</summary>
internal static class SourcesApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/sources", (string? asof, string? format, SourcesAt list) => ListAsync(asof, format, list))
            .WithName("sources")
            .WithSummary("Lists the sources: where from, last fetch and delivery, what is next, what fails.");

    private static Task<IResult> ListAsync(string? asOf, string? format, SourcesAt list) =>
        Task.Run<IResult>(() =>
        {
            var table = SourcesTable.Of(list(asOf));
            using var text = new StringWriter();
            if (format == "csv")
                CsvResult.Write(table, text);
            else
                JsonResult.Write(table, text);
            return TypedResults.Text(text.ToString(), format == "csv" ? "text/csv; charset=utf-8" : "application/json");
        });
}
