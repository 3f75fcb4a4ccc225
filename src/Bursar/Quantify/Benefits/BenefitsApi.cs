using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Quantify.Benefits;

/// <summary>GET /api/v1/benefits and /api/v1/benefits/{name}: what <c>bursar benefits</c> prints.</summary>
internal static class BenefitsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/benefits",
                async (
                    ReadBenefits read,
                    CancellationToken cancel,
                    string? month = null,
                    string? asof = null,
                    string? format = null
                ) => Answer(BenefitTables.List(await read(asof, null, TimeText.Month(month), cancel)), format)
            )
            .WithName("benefits")
            .WithSummary("The value register: what spending brought, beside what it cost.");
        routes
            .MapGet(
                "/benefits/{name}",
                async Task<Results<ContentHttpResult, NoContent>> (
                    string name,
                    ReadBenefits read,
                    CancellationToken cancel,
                    string? month = null,
                    string? asof = null,
                    string? format = null
                ) =>
                    await read(asof, name, TimeText.Month(month), cancel) is not [var review] ? TypedResults.NoContent()
                    : format == "csv" ? ApiAnswer.Csv(BenefitTables.Months(review))
                    : ApiAnswer.Json(BenefitTables.Record(review))
            )
            .WithName("benefitMonths")
            .WithSummary("A benefit month by month.");
    }

    private static ContentHttpResult Answer(ResultTable table, string? format) =>
        format == "csv" ? ApiAnswer.Csv(table) : ApiAnswer.Json(table);
}
