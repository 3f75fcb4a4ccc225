using Bursar.Understand.Validation;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Deliveries;

/// <summary>What is known of how live deliveries conform to FOCUS, as of a moment (null is now).</summary>
internal delegate Task<IReadOnlyList<DeliveryConformance>> KnownConformance(string? asOf, CancellationToken cancel);

/// <summary>Judges one delivery rule by rule: a report per file, and when that was.</summary>
internal delegate Task<(IReadOnlyList<ConformanceReport> Reports, DateTimeOffset At)> JudgeInFull(
    string delivery,
    string? asOf,
    CancellationToken cancel
);

/// <summary>GET /api/v1/conformance: how what was delivered conforms to FOCUS, period by period.</summary>
internal static class ConformanceApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/conformance", AnswerAsync)
            .WithName("conformance")
            .WithSummary("How the live deliveries conform to FOCUS, as far as they have been judged.");

    private static async Task<ContentHttpResult> AnswerAsync(
        KnownConformance known,
        string? asof,
        CancellationToken cancellationToken
    )
    {
        return ApiAnswer.Json(ConformanceRecord.Of(await known(asof, cancellationToken)));
    }
}
