using Bursar.Warehouse.Books;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Manage.Audit;

/// <summary>The books' state as of a moment (null is now).</summary>
internal delegate BooksState StateOfBooks(string? asOf);

/// <summary>GET /api/v1/audit/trail: the journal, for programs.</summary>
internal static class AuditApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/audit/trail", Answer)
            .WithName("audit-trail")
            .WithSummary("Every entry of the journal: data, rules, approvals and exports, who and when.");

    private static ContentHttpResult Answer(StateOfBooks state, string? asof)
    {
        return ApiAnswer.Json(AuditTables.Trail(AuditTrail.Of(state(asof))));
    }
}
