using Bursar.Web;
using Bursar.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary>The digests as they stand at a moment, with the one that is opened.</summary>
internal delegate Task<DigestsView> ReadDigests(string? asOf, string? name, CancellationToken cancellationToken);

/// <summary>All digests, what was sent of them, and what the opened one says of its newest whole period.</summary>
/// <param name="Lines">How each stands.</param>
/// <param name="Sent">What was sent of the opened one, or of all; the newest first.</param>
/// <param name="Opened">What it says; null when none is opened, or there is nothing to tell of.</param>
internal sealed record DigestsView(
    IReadOnlyList<DigestLine> Lines,
    IReadOnlyList<SentDigest> Sent,
    DigestMessage? Opened
);

/// <summary>/api/v1/digests and below: what <c>bursar digests</c> prints. Nothing is sent by asking.</summary>
internal static class DigestsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/digests",
                async (ReadDigests read, CancellationToken cancel, string? asof = null) =>
                    ApiAnswer.Json(DigestsCli.Table((await read(asof, null, cancel)).Lines))
            )
            .WithName("digests")
            .WithSummary("Messages to teams about their cost: which there are, and which are due.");
        routes
            .MapGet(
                "/digests/{name}",
                async Task<Results<ContentHttpResult, NoContent>> (
                    string name,
                    ReadDigests read,
                    CancellationToken cancel,
                    string? asof = null
                ) =>
                    (await read(asof, name, cancel)).Opened is { } message
                        ? ApiAnswer.Json(message.Fields())
                        : TypedResults.NoContent()
            )
            .WithName("digest")
            .WithSummary("What one of them says of its newest whole period.");
    }

    /// <param name="services">The services of the server.</param>
    /// <param name="view">The books as of a moment; null is now.</param>
    /// <param name="news">What capabilities below have to say to owners.</param>
    public static void Add(IServiceCollection services, Func<string?, BooksView> view, IOwnersNews news) =>
        services.AddSingleton<ReadDigests>(
            (asOf, name, cancel) => Task.Run(() => Read(new ListDigests(view(asOf), news), name, cancel), cancel)
        );

    private static DigestsView Read(ListDigests list, string? name, CancellationToken cancel)
    {
        var opened = string.IsNullOrEmpty(name) ? null : list.Lines(name)[0];
        return new DigestsView(
            list.Lines(null),
            list.Sent(opened?.Digest.Name),
            opened is { Period: { } period } ? list.Message(opened.Digest, period, cancel) : null
        );
    }
}
