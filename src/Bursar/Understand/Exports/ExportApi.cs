using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Exports;

/// <summary>Writes charges to a file, as of a moment (null is now).</summary>
internal delegate Task<WrittenFocus> ExportFocus(
    CostQuery query,
    FocusVersion version,
    string path,
    string? asOf,
    CancellationToken cancel
);

/// <summary>GET /api/v1/export: the file that <c>bursar export</c> writes.</summary>
internal static class ExportApi
{
    private static readonly Dictionary<string, string> Types = new()
    {
        ["csv"] = "text/csv; charset=utf-8",
        ["csv.gz"] = "application/gzip",
        ["parquet"] = "application/vnd.apache.parquet",
    };

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/export", AnswerAsync)
            .WithName("export")
            .WithSummary(
                "Charges as a FOCUS Cost and Usage file: from, to, where and asof as for /costs; focus (1.4), format (csv, csv.gz, parquet)."
            );

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> AnswerAsync(
        HttpContext context,
        ExportFocus export,
        CancellationToken cancel
    )
    {
        var (question, diagnostics) = CostQueryUrl.Read(context.Request.QueryString.Value, "format", "focus");
        if (diagnostics.Count > 0)
            return Problems.Of(diagnostics[0]);
        var form = (string?)context.Request.Query["format"] ?? "csv";
        if (!Types.TryGetValue(form, out var type))
            return Problems.Of(
                new Diagnostic(
                    "export/unknown-form",
                    Severity.Error,
                    $"There is no form {form}.",
                    "Write format=csv, csv.gz or parquet."
                )
            );
        var path = Path.Combine(Path.GetTempPath(), $"bursar-{Guid.NewGuid():n}.{form}");
        try
        {
            var version = ReleaseText.Read(context.Request.Query["focus"], "focus");
            await export(question.Query, version, path, question.AsOf, cancel);
        }
        catch (RefusedException refused)
        {
            return Problems.Of(refused.Diagnostic);
        }
        return TypedResults.File(
            // It is gone when the last byte is sent.
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.DeleteOnClose),
            type,
            $"focus{(question.Query.From is { } from ? $"-{from:yyyy-MM}" : "")}.{form}"
        );
    }
}
