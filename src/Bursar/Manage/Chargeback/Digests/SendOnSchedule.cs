using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Stores;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary>While the server runs: sends every digest as soon as the data covers its period.</summary>
/// <remarks>One that does not arrive is tried again after a while; the server goes on.</remarks>
internal sealed class SendOnSchedule(
    Workspace served,
    Func<string, string?> variable,
    Action<string> say,
    SayBudgets budgets
) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, DateTimeOffset> failed = [];

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
            if (view.IsDraft || !new ListDigests(view, budgets).Lines(null).Any(IsWanted))
                return;
            // An engine of its own, which gives its memory back when the round is over.
            using var workspace = Workspace.Open(served.Books.Folder.Root, served.RulebookFolder, served.Clock);
            var environs = new Environs(variable, served.Clock, served.RulebookFolder, served.Books.Folder.Root);
            var lines = await new SendDigests(workspace, environs, new Retry(served.Clock), budgets)
                .RunAsync(null, line => !IsWanted(line), cancel)
                .ConfigureAwait(false);
            foreach (var line in lines)
                if (line.Failure is { } failure)
                {
                    failed[line.Digest.Name] = served.Clock.GetUtcNow();
                    say($"{failure.Message} {failure.Remedy}");
                }
        }
        catch (RefusedException refused)
        {
            say($"Digests cannot be sent: {refused.Diagnostic.Message} {refused.Diagnostic.Remedy}");
        }
    }

    private bool IsWanted(DigestLine line) =>
        line.State == DigestState.Due
        && !(failed.TryGetValue(line.Digest.Name, out var at) && at + AfterFailure > served.Clock.GetUtcNow());
}
