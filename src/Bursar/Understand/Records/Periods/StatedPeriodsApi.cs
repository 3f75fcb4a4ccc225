using Bursar.Cli.Output;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Records.Periods;

/// <summary>GET /api/v1/billing-periods: which months their providers call open or closed, for programs.</summary>
internal static class StatedPeriodsApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/billing-periods", AnswerAsync)
            .WithName("billingPeriods")
            .WithSummary("Which billing periods their providers say are open or closed.");

    private static async Task<ContentHttpResult> AnswerAsync(
        ReadStatedPeriods read,
        CancellationToken cancellationToken,
        string? asof = null
    )
    {
        var periods = await read(asof, cancellationToken);
        return ApiAnswer.Json(ResultRecord.Of(("billingPeriods", periods.All.Select(Record))));
    }

    private static ResultRecord Record(StatedPeriod period) =>
        ResultRecord.Of(
            ("issuer", period.Issuer),
            ("period", period.Month.ToString()),
            ("status", period.Status.ToString().ToLowerInvariant()),
            ("lastUpdated", period.LastUpdated),
            ("delivery", period.Delivery)
        );
}
