using Bursar.Cli.Output;
using Bursar.Rulebooks.Terms;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Manage.Education;

/// <summary>The dictionary as of a moment (null is now).</summary>
internal delegate Task<TermBook> ReadTerms(string? asOf, CancellationToken cancellationToken);

/// <summary>GET /api/v1/terms: what words mean, for programs.</summary>
internal static class TermsApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/terms", AnswerAsync)
            .WithName("terms")
            .WithSummary("What words mean, who answers for that, and what other vocabularies call the same thing.");

    private static async Task<ContentHttpResult> AnswerAsync(
        ReadTerms read,
        string? word,
        string? asof,
        CancellationToken cancellationToken
    )
    {
        var book = await read(asof, cancellationToken);
        var found = word is null ? book.Terms : book.Find(word);
        return ApiAnswer.Json(ResultRecord.Of(("terms", found.Select(TermsRecord.Of).ToList())));
    }
}
