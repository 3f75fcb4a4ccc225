using Bursar.Understand.Sources;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies.Alerts;

/// <summary>While the server runs: after every delivery, and when quiet hours end, sends what is new.</summary>
/// <remarks>The anomalies are looked for again only when the books changed, or an hour has passed.</remarks>
internal sealed class AlertOnSchedule(Workspace served, Func<string, string?> variable, Action<string> say)
    : WorkOnSchedule(served, TimeSpan.FromSeconds(30), "Alerts cannot be sent", variable, say)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    private (string Deliveries, DateTimeOffset At)? looked;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        var view = Served.View();
        if (view.IsDraft || !view.Rulebook.All<Alert>().Any())
            return;
        // A month that is delivered anew leaves their number as it was.
        var deliveries = string.Join(' ', view.Deliveries.Select(booked => booked.Id));
        if (looked is { } last && last.Deliveries == deliveries && last.At + LookAgain > Now)
            return;
        looked = (deliveries, Now);
        using var workspace = OpenOwn();
        var lines = await new SendAlerts(workspace, Environs, Retry)
            .RunAsync(null, line => IsLeftAlone(line.Alert.Name), cancel)
            .ConfigureAwait(false);
        foreach (var line in lines)
            if (line.Failure is { } failure)
                Failed(line.Alert.Name, failure);
    }
}
