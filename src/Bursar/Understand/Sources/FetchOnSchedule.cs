using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Stores;
using Bursar.Workspaces;

namespace Bursar.Understand.Sources;

/// <summary>
/// While the server runs: looks at each source as often as its <c>every:</c> says, one round at a time.
/// </summary>
/// <remarks>What fails stands in the journal, on the Data page and in <c>bursar sources</c>; the server goes
/// on.</remarks>
internal sealed class FetchOnSchedule(Workspace served, Func<string, string?> variable, Action<string> say)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);

    /// <summary>Kept here too: the cache of looks may be deleted, or the disk full.</summary>
    private readonly Dictionary<string, DateTimeOffset> looked = [];

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
            var due = Due();
            if (due.Count == 0)
                return;
            foreach (var target in due)
                looked[target.Key] = served.Clock.GetUtcNow();
            // An engine of its own, which gives its memory back when the round is over.
            using var workspace = Workspace.Open(served.Books.Folder.Root, served.RulebookFolder, served.Clock);
            var environs = new Environs(variable, served.Clock, served.RulebookFolder, served.Books.Folder.Root);
            var names = due.Select(target => target.Name).Distinct().ToList();
            var updates = await new UpdateSources(workspace, Progress.Silent, environs, new Retry(served.Clock))
                .RunAsync(new UpdateRequest(names, Confirmed: false, "schedule"), cancel)
                .ConfigureAwait(false);
            foreach (var update in updates)
                if (update.Failure is { } failure)
                    say($"{update.Target.Name}: {failure.Message} {failure.Remedy}");
        }
        catch (RefusedException refused)
        {
            say($"The schedule cannot work: {refused.Diagnostic.Message} {refused.Diagnostic.Remedy}");
        }
    }

    private List<FetchTarget> Due()
    {
        var now = served.Clock.GetUtcNow();
        var remembered = new LastLooks(served.Books.Folder).Read();
        return
        [
            .. FetchTarget
                .In(served.View())
                .Where(target =>
                    target.Every is { } every
                    && !(looked.TryGetValue(target.Key, out var mine) && mine + every > now)
                    && !(remembered.TryGetValue(target.Key, out var any) && any + every > now)
                ),
        ];
    }
}
