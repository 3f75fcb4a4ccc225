using Bursar.Cli.Output;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Anomalies;

/// <summary>GET /api/v1/anomalies: what <c>bursar anomalies</c> prints as JSON.</summary>
internal static class AnomaliesApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/anomalies", AnswerAsync)
            .WithName("anomalies")
            .WithSummary("Cost that is not what it was: where, since when, how much, what carries it, whose it is.");
        routes
            .MapGet("/anomalies/{id}", OneAsync)
            .WithName("anomaly")
            .WithSummary("One anomaly with its days or hours, beside what was expected of them.");
    }

    private static async Task<Results<ContentHttpResult, NoContent>> OneAsync(
        ReadAnomalies read,
        string id,
        CancellationToken cancellationToken,
        string? since = null,
        string? asof = null
    )
    {
        if (await read(asof, AnomaliesCli.Day(since), cancellationToken) is not { } review)
            return TypedResults.NoContent();
        using var text = new StringWriter();
        JsonResult.Write(AnomalyRecord.Full(DecideAnomaly.Named(review.Items, id), forPeople: false), text);
        return TypedResults.Text(text.ToString(), "application/json");
    }

    private static async Task<Results<ContentHttpResult, NoContent>> AnswerAsync(
        ReadAnomalies read,
        CancellationToken cancellationToken,
        string? since = null,
        string? asof = null
    )
    {
        if (await read(asof, AnomaliesCli.Day(since), cancellationToken) is not { } review)
            return TypedResults.NoContent();
        using var text = new StringWriter();
        JsonResult.Write(AnomalyRecord.Of(review), text);
        return TypedResults.Text(text.ToString(), "application/json");
    }
}
