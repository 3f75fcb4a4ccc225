using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Arrival;

/// <summary>GET /api/v1/arrival: what <c>bursar arrival --format json</c> prints.</summary>
internal static class ArrivalApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/arrival", AnswerAsync)
            .WithName("arrival")
            .WithSummary("Which share of a day's cost has usually arrived, by provider and age of the day.");

    private static async Task<ContentHttpResult> AnswerAsync(
        ReadArrival read,
        CancellationToken cancel,
        string? asof = null,
        string? format = null
    )
    {
        var table = ArrivalTables.Of(await read(asof, cancel));
        return format == "csv" ? ApiAnswer.Csv(table) : ApiAnswer.Json(table);
    }
}
