using Bursar.Cli;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Manage.Contracts;

/// <summary>GET /api/v1/contracts: what <c>bursar contracts --format json</c> prints.</summary>
internal static class ContractsApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/contracts", AnswerAsync)
            .WithName("contracts")
            .WithSummary("What was promised to suppliers: by year, met so far, next notice.");

    private static async Task<ContentHttpResult> AnswerAsync(
        ListContracts list,
        CancellationToken cancellationToken,
        string? at = null,
        string? asof = null
    )
    {
        return ApiAnswer.Json(ContractsCli.Record(await list(asof, TimeText.Day(at), cancellationToken)));
    }
}
