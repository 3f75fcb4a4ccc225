using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Audit.Issued;

/// <summary>What was issued up to a moment.</summary>
internal delegate IReadOnlyList<FigureIssued> ReadIssued(string? asOf);

/// <summary>What of it differs, and why.</summary>
internal delegate Task<IReadOnlyList<IssuedDifference>> ReadDifferences(string? asOf, CancellationToken cancel);

/// <summary>GET /api/v1/issued and /api/v1/issued/differences, for programs.</summary>
internal static class IssuedApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/issued", (ReadIssued read, string? asof) => ApiAnswer.Json(IssuedTables.Figures(read(asof))))
            .WithName("issued")
            .WithSummary("Figures that left the books: in briefs, statements and digests.");
        routes
            .MapGet(
                "/issued/differences",
                async (ReadDifferences read, string? asof, CancellationToken cancel) =>
                    ApiAnswer.Json(IssuedTables.Causes(await read(asof, cancel)))
            )
            .WithName("issued-differences")
            .WithSummary(
                "Issued figures of the same scope and period that differ, and why; the causes sum to the difference."
            );
    }

    /// <summary>Gives the page and the API their use cases.</summary>
    public static void Add(IServiceCollection services, Workspace workspace, Func<string?, BooksView> viewAt)
    {
        services.AddSingleton<ReadIssued>(asOf => FindIssued.Figures(viewAt(asOf).State));
        services.AddSingleton<ReadDifferences>(
            (asOf, cancel) =>
                Task.Run(() => new CompareIssued(workspace, viewAt(asOf).State).Differences(cancel), cancel)
        );
    }
}
