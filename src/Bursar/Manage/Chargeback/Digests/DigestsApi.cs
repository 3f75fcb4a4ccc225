using Bursar.Web;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary>The digests as they stand now.</summary>
internal delegate IReadOnlyList<DigestLine> ReadDigests();

/// <summary>GET /api/v1/digests: what <c>bursar digests</c> prints. Nothing is sent by asking.</summary>
internal static class DigestsApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/digests", (ReadDigests read) => ApiAnswer.Json(DigestsCli.Table(read())))
            .WithName("digests")
            .WithSummary("Messages to teams about their cost: which there are, and which are due.");
}
