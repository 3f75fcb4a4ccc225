using Bursar.Cli;
using Bursar.Core.Focus;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Validation.Output;
using Bursar.Web;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Validation;

/// <summary>POST /api/v1/validate: judges the file in the body by the rules of FOCUS; nothing is booked.</summary>
internal static class ValidateApi
{
    private const long BodyMaxBytes = 4L << 30;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/validate", AnswerAsync)
            .WithName("validate")
            .WithSummary("Judges a provider file (csv, csv.gz or parquet, as the body) by the rules of FOCUS.");

    /// <param name="request">The body is the file.</param>
    /// <param name="name">The file's name: its ending says what it is ("export.csv.gz").</param>
    /// <param name="focus">The release to judge by; found from the columns without it.</param>
    /// <param name="dataset">The dataset to judge as; found from the columns without it.</param>
    /// <param name="asPublished">True to come out as the published validator does.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    private static async Task<ContentHttpResult> AnswerAsync(
        HttpRequest request,
        string? name,
        string? focus,
        FocusDataset? dataset,
        bool? asPublished,
        CancellationToken cancellationToken
    )
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = BodyMaxBytes;
        var asked = new ValidationRequest
        {
            Version = string.IsNullOrEmpty(focus) ? null : FocusRelease.Read(focus),
            Dataset = dataset,
            AsPublished = asPublished ?? false,
        };
        var folder = Directory.CreateTempSubdirectory("bursar-validate-").FullName;
        try
        {
            var file = new IncomingFile(
                Path.Combine(folder, "body" + EndingOf(name)),
                name is { Length: > 0 } ? Path.GetFileName(name) : "body.csv"
            );
            await using (var body = File.Create(file.Path))
                await request.Body.CopyToAsync(body, cancellationToken);
            var reports = await Task.Run(
                () => new ValidateFiles().Validate([file], asked, Progress.Silent, cancellationToken),
                cancellationToken
            );
            return ApiAnswer.Json(PrintReports.Record(reports[0]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string EndingOf(string? name) =>
        name switch
        {
            not null when name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) => ".csv.gz",
            not null when name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) => ".zip",
            not null when name.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) => ".parquet",
            _ => ".csv",
        };
}
