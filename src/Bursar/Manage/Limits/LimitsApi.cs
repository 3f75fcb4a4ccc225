using Bursar.Cli.Output;
using Bursar.Web;
using Bursar.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Manage.Limits;

/// <summary>Where the limits stand at a moment, with those that are opened.</summary>
internal delegate Task<LimitsView> ReadLimits(string? asOf, string? name, CancellationToken cancellationToken);

/// <summary>All limits, and the one that is opened.</summary>
internal sealed record LimitsView(LimitReview Review, LimitDetail? Opened, IReadOnlyList<LimitCalibration> Calibration);

/// <summary>/api/v1/limits and below: what <c>bursar limits … --format json</c> prints; no hook is called.</summary>
internal static class LimitsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Table(
            routes,
            "/limits",
            "limits",
            "What is left of each limit, and how fast it goes.",
            view => LimitTables.List(view.Review)
        );
        Table(
            routes,
            "/limits/calibration",
            "limitsCalibration",
            "Which limits could be passed before anybody could act.",
            view => LimitTables.Calibration(view.Calibration)
        );
        // A limit for each key is named "keys/claims-summary".
        routes
            .MapGet(
                "/limits/{**name}",
                async (string name, ReadLimits read, CancellationToken cancellationToken, string? asof = null) =>
                    ApiAnswer.Json(
                        LimitTables.Full((await read(asof, name, cancellationToken)).Opened!, forPeople: false)
                    )
            )
            .WithName("limit")
            .WithSummary("One limit: its last 72 hours, and what drives it.");
    }

    public static void Add(IServiceCollection services, Func<string?, BooksView> view) =>
        services.AddSingleton<ReadLimits>(
            (asOf, name, cancel) => Task.Run(() => Read(view(asOf), name, cancel), cancel)
        );

    private static LimitsView Read(BooksView view, string? name, CancellationToken cancel)
    {
        var measure = new MeasureLimits(view);
        var review = measure.Review(cancel);
        var opened = name is { Length: > 0 } ? ShowLimit.Of(view, measure.Named(name, cancel), cancel) : null;
        return new LimitsView(review, opened, CalibrateLimits.Of(view, cancel));
    }

    private static void Table(
        IEndpointRouteBuilder routes,
        string path,
        string name,
        string summary,
        Func<LimitsView, ResultTable> table
    ) =>
        routes
            .MapGet(
                path,
                async Task<ContentHttpResult> (
                    ReadLimits read,
                    CancellationToken cancellationToken,
                    string? asof = null,
                    string? format = null
                ) =>
                    table(await read(asof, null, cancellationToken)) is var rows && format == "csv"
                        ? ApiAnswer.Csv(rows)
                        : ApiAnswer.Json(rows)
            )
            .WithName(name)
            .WithSummary(summary);
}
