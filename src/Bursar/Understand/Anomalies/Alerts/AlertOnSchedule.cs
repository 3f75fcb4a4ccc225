using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Outlets;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies.Alerts;

/// <summary>While the server runs: after every delivery, and when quiet hours end, sends what is new.</summary>
/// <remarks>What there is to tell is looked for again only when the books changed, or an hour has passed.</remarks>
internal sealed class AlertOnSchedule(
    Workspace served,
    AlertSources sources,
    Func<string, string?> variable,
    Action<string> say
) : AfterDelivery(served, "Alerts cannot be sent", variable, say)
{
    protected override bool IsNeeded(BooksView view) => view.Rulebook.All<Alert>().Any();

    protected override async Task<IReadOnlyList<(string Name, Diagnostic Failure)>> LookAsync(
        Workspace workspace,
        CancellationToken cancel
    )
    {
        var lines = await new SendAlerts(workspace, sources, Environs, Retry)
            .RunAsync(null, line => IsLeftAlone(line.Alert.Name), cancel)
            .ConfigureAwait(false);
        return [.. from line in lines where line.Failure is not null select (line.Alert.Name, line.Failure!)];
    }
}
