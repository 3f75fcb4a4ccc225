using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Stores;
using Bursar.Workspaces;

namespace Bursar.Understand.Sources.Outlets;

/// <summary>While the server runs: looks at the books after every delivery, and every hour, and tells what is new.</summary>
internal abstract class AfterDelivery(Workspace served, Func<string, string?> variable, Action<string> say)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    private readonly Dictionary<string, DateTimeOffset> failed = [];
    private (string Deliveries, DateTimeOffset At)? looked;

    /// <summary>"Alerts", for what is said when it cannot be looked at.</summary>
    protected abstract string What { get; }

    /// <summary>Whether the rules ask for anything.</summary>
    protected abstract bool IsNeeded(BooksView view);

    /// <summary>Looks, and tells what is new; returns what could not be told, by name.</summary>
    protected abstract Task<IReadOnlyList<(string Name, Diagnostic Failure)>> LookAsync(
        Workspace workspace,
        Environs environs,
        Retry retry,
        CancellationToken cancel
    );

    /// <summary>What did not arrive is left alone for a while.</summary>
    protected bool IsLeftAlone(string name) =>
        failed.TryGetValue(name, out var at) && at + AfterFailure > served.Clock.GetUtcNow();

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
            if (view.IsDraft || !IsNeeded(view))
                return;
            // A month that is delivered anew leaves their number as it was.
            var deliveries = string.Join(' ', view.LiveDeliveries.Select(booked => booked.Id));
            if (looked is { } last && last.Deliveries == deliveries && last.At + LookAgain > now)
                return;
            looked = (deliveries, now);
            // An engine of its own, which gives its memory back when the round is over.
            using var workspace = Workspace.Open(served.Books.Folder.Root, served.RulebookFolder, served.Clock);
            var environs = new Environs(variable, served.Clock, served.RulebookFolder, served.Books.Folder.Root);
            foreach (
                var (name, failure) in await LookAsync(workspace, environs, new Retry(served.Clock), cancel)
                    .ConfigureAwait(false)
            )
            {
                failed[name] = now;
                say($"{failure.Message} {failure.Remedy}");
            }
        }
        catch (RefusedException refused)
        {
            say($"{What} cannot be sent: {refused.Diagnostic.Message} {refused.Diagnostic.Remedy}");
        }
    }
}
