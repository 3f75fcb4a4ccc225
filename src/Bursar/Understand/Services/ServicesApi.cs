using Bursar.Cli;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Services;

/// <summary>GET /api/v1/services: what <c>bursar services</c> prints as JSON or CSV.</summary>
internal static class ServicesApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/services", AnswerAsync)
            .WithName("services")
            .WithSummary("Business services of a month across their layers: metered, modelled, assumed, and overlaps.");
        routes
            .MapGet("/services/licences", LicencesAsync)
            .WithName("servicesLicences")
            .WithSummary("Licences and SaaS inside services, and which of them go with use.");
        routes
            .MapGet("/services/trend", TrendAsync)
            .WithName("servicesTrend")
            .WithSummary("The parts of services month by month, and how they grew.");
    }

    private static async Task<Results<ContentHttpResult, NoContent>> LicencesAsync(
        ReadServices read,
        CancellationToken cancellationToken,
        string? period = null,
        string? asof = null,
        string? format = null
    ) =>
        await read(asof, TimeText.Month(period), cancellationToken) is not { } review ? TypedResults.NoContent()
        : format == "csv" ? ApiAnswer.Csv(ServicesRecord.Licences(review))
        : ApiAnswer.Json(ServicesRecord.Licences(review));

    private static async Task<Results<ContentHttpResult, NoContent>> TrendAsync(
        ReadServicesTrend read,
        CancellationToken cancellationToken,
        string? service = null,
        string? period = null,
        int months = ServicesTrend.MonthsUsual,
        string? asof = null,
        string? format = null
    ) =>
        await read(asof, TimeText.Month(period), months, cancellationToken) is not { } trend ? TypedResults.NoContent()
        : format == "csv" ? ApiAnswer.Csv(trend.Table(service))
        : ApiAnswer.Json(trend.Table(service));

    private static async Task<Results<ContentHttpResult, NoContent>> AnswerAsync(
        ReadServices read,
        CancellationToken cancellationToken,
        string? period = null,
        string? asof = null,
        string? format = null
    )
    {
        if (await read(asof, TimeText.Month(period), cancellationToken) is not { } review)
            return TypedResults.NoContent();
        return format == "csv"
            ? ApiAnswer.Csv(ServicesRecord.List(review))
            : ApiAnswer.Json(ServicesRecord.Of(review, review.Services));
    }
}
