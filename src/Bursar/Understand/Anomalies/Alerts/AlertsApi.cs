using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies.Alerts;

/// <summary>The alerts as they stand now.</summary>
internal delegate Task<IReadOnlyList<AlertLine>> ReadAlerts(CancellationToken cancellationToken);

/// <summary>GET /api/v1/alerts: what <c>bursar alerts</c> prints. Nothing is sent by asking.</summary>
internal static class AlertsApi
{
    public static void Add(IServiceCollection services, Func<string?, BooksView> view, AlertSources sources) =>
        services.AddSingleton<ReadAlerts>(cancel =>
            Task.Run(() => new ListAlerts(view(null), sources).Lines(null, cancel), cancel)
        );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/alerts",
                async (ReadAlerts read, CancellationToken cancellationToken) =>
                    ApiAnswer.Json(AlertsCli.Table(await read(cancellationToken)))
            )
            .WithName("alerts")
            .WithSummary("Who hears of anomalies, budgets and unit costs: which alerts there are, and what is due.");
}
