using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Stores;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies.Alerts;

/// <summary>While the server runs: after every delivery, and when quiet hours end, sends what is new.</summary>
/// <remarks>The anomalies are looked for again only when the books changed, or an hour has passed.</remarks>
internal sealed class AlertOnSchedule(Workspace served, Func<string, string?> variable, Action<string> say)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    private readonly Dictionary<string, DateTimeOffset> failed = [];
    private (string Deliveries, DateTimeOffset At)? looked;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await RoundAsync(stoppingToken).ConfigureAwait(false);
                await Task.Delay(Beat, served.Clock, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    private async Task RoundAsync(CancellationToken cancel)
    {
        try
        {
            var view = served.View();
            var now = served.Clock.GetUtcNow();
            if (view.IsDraft || !view.Rulebook.All<Alert>().Any())
                return;
            // A month that is delivered anew leaves their number as it was.
            var deliveries = string.Join(' ', view.Deliveries.Select(booked => booked.Id));
            if (looked is { } last && last.Deliveries == deliveries && last.At + LookAgain > now)
                return;
            looked = (deliveries, now);
            // An engine of its own, which gives its memory back when the round is over.
            using var workspace = Workspace.Open(served.Books.Folder.Root, served.RulebookFolder, served.Clock);
            var environs = new Environs(variable, served.Clock, served.RulebookFolder, served.Books.Folder.Root);
            var lines = await new SendAlerts(workspace, environs, new Retry(served.Clock))
                .RunAsync(null, IsLeftAlone, cancel)
                .ConfigureAwait(false);
            foreach (var line in lines)
                if (line.Failure is { } failure)
                {
                    failed[line.Alert.Name] = now;
                    say($"{failure.Message} {failure.Remedy}");
                }
        }
        catch (RefusedException refused)
        {
            say($"Alerts cannot be sent: {refused.Diagnostic.Message} {refused.Diagnostic.Remedy}");
        }
    }

    private bool IsLeftAlone(AlertLine line) =>
        failed.TryGetValue(line.Alert.Name, out var at) && at + AfterFailure > served.Clock.GetUtcNow();
}
