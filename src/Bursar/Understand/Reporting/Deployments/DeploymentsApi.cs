using Bursar.Web;
using Bursar.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Understand.Reporting.Deployments;

/// <summary>GET /api/v1/deployments: what <c>bursar deployments</c> prints.</summary>
internal static class DeploymentsApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/deployments",
                Task<ContentHttpResult> (
                    ListDeployments list,
                    CancellationToken cancel,
                    string? service = null,
                    string? from = null,
                    string? to = null,
                    string? asof = null,
                    string? format = null
                ) =>
                    Task.Run(
                        () =>
                        {
                            var table = DeploymentTables.Table(
                                list(
                                    asof,
                                    from is null ? null : CostQueryText.Start(from, "from"),
                                    to is null ? null : CostQueryText.End(to, "to"),
                                    service,
                                    cancel
                                )
                            );
                            return format == "csv" ? ApiAnswer.Csv(table) : ApiAnswer.Json(table);
                        },
                        cancel
                    )
            )
            .WithName("deployments")
            .WithSummary("What went live, and when: the marks on charts of cost.");

    /// <summary>Gives pages and the API their use case.</summary>
    public static void Add(IServiceCollection services, Func<string?, BooksView> view)
    {
        services.AddSingleton<ListDeployments>(
            (asOf, from, to, service, cancel) => new FindDeployments(view(asOf)).All(from, to, service, cancel)
        );
        services.AddSingleton<ReadDeployments>(
            (asOf, question, cancel) => Task.Run(() => new FindDeployments(view(asOf)).In(question, cancel), cancel)
        );
    }
}

/// <summary>The deployments of a time, as of a moment.</summary>
internal delegate IReadOnlyList<Deployment> ListDeployments(
    string? asOf,
    DateOnly? from,
    DateOnly? to,
    string? service,
    CancellationToken cancellationToken
);
