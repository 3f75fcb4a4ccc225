using Bursar.Cli.Output;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;

namespace Bursar.Understand.Quality;

/// <summary>Reviews the data behind a month, as of a moment.</summary>
internal delegate Task<QualityReport> ReviewQualityOf(string? asOf, string? month, CancellationToken cancel);

/// <summary>Scores trust in a month, as of a moment: all cost, then each scope.</summary>
public delegate Task<IReadOnlyList<TrustScore>> ScoreTrustOf(string? asOf, string? month, CancellationToken cancel);

/// <summary>Reports on tags of a month, as of a moment.</summary>
internal delegate Task<TagReport> ReportTagsOf(string? asOf, string? month, CancellationToken cancel);

/// <summary>Judges the resources that a file declares: its name and text.</summary>
internal delegate Task<TagCheck> CheckResourcesOf(string name, string text, CancellationToken cancel);

/// <summary>The routes of quality, trust and tags; the same records as on the command line.</summary>
public static class QualityApi
{
    /// <summary>A plan of a large estate is a few megabytes.</summary>
    private const int TextMax = 64_000_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe(routes.MapGet("/quality", QualityAsync), "quality", "How good the data behind a month is.");
        Describe(routes.MapGet("/trust", TrustAsync), "trust", "How far figures can be trusted, by scope, and why.");
        Describe(routes.MapGet("/tags", TagsAsync), "tags", "How well tags keep the policy.");
        routes
            .MapPost("/tags/check", CheckAsync)
            .WithName("tags-check")
            .WithSummary("Whether declared resources have the tags that the policy asks for. The body is the file.")
            .AddOpenApiOperationTransformer(
                (operation, _, _) =>
                {
                    operation.Parameters = [Query("name", "The file's name; its ending helps to tell csv from yaml.")];
                    return Task.CompletedTask;
                }
            );
    }

    private static async Task<ContentHttpResult> QualityAsync(
        HttpContext context,
        IServiceProvider services,
        CancellationToken cancel
    ) =>
        Json(
            QualityRecords.Of(
                await services.GetRequiredService<ReviewQualityOf>()(
                    One(context, "asof"),
                    One(context, "month"),
                    cancel
                )
            )
        );

    private static async Task<ContentHttpResult> TrustAsync(
        HttpContext context,
        ScoreTrustOf score,
        CancellationToken cancel
    )
    {
        var scores = await score(One(context, "asof"), One(context, "month"), cancel);
        return Json(ResultRecord.Of(("scores", scores.Select(QualityRecords.Of))));
    }

    private static async Task<ContentHttpResult> TagsAsync(
        HttpContext context,
        IServiceProvider services,
        CancellationToken cancel
    ) =>
        Json(
            TagRecords.Of(
                await services.GetRequiredService<ReportTagsOf>()(One(context, "asof"), One(context, "month"), cancel),
                forPeople: false
            )
        );

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CheckAsync(
        HttpContext context,
        IServiceProvider services,
        CancellationToken cancel
    )
    {
        if (context.Request.ContentLength > TextMax)
            return Problems.Of(
                new(
                    "tags/too-large",
                    Core.Diagnostics.Severity.Error,
                    $"The file has {context.Request.ContentLength} bytes; {TextMax} are read at most.",
                    "Send the plan of one workspace at a time."
                )
            );
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(cancel);
        return Json(
            TagRecords.Of(
                await services.GetRequiredService<CheckResourcesOf>()(One(context, "name") ?? "the body", text, cancel)
            )
        );
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary) =>
        route
            .WithName(name)
            .WithSummary(summary)
            .AddOpenApiOperationTransformer(
                (operation, _, _) =>
                {
                    operation.Parameters =
                    [
                        Query("month", "The month, 2026-09; without it, the newest whole one."),
                        Query("asof", "The moment whose books are read."),
                    ];
                    return Task.CompletedTask;
                }
            );

    private static OpenApiParameter Query(string name, string description) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    private static string? One(HttpContext context, string name) =>
        context.Request.Query[name] is [{ Length: > 0 } text] ? text : null;

    private static ContentHttpResult Json(ResultRecord record)
    {
        return ApiAnswer.Json(record);
    }
}
