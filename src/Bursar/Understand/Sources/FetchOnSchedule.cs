using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Understand.Sources;

/// <summary>
/// While the server runs: looks at each source as often as its <c>every:</c> says, one round at a time.
/// </summary>
/// <remarks>What fails stands in the journal, on the Data page and in <c>bursar sources</c>; the server goes
/// on.</remarks>
internal sealed class FetchOnSchedule(Workspace served, Func<string, string?> variable, Action<string> say)
    : WorkOnSchedule(served, TimeSpan.FromSeconds(20), "The schedule cannot work", variable, say)
{
    /// <summary>Kept here too: the cache of looks may be deleted, or the disk full.</summary>
    private readonly Dictionary<string, DateTimeOffset> looked = [];

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        var due = Due();
        if (due.Count == 0)
            return;
        foreach (var target in due)
            looked[target.Key] = Now;
        using var workspace = OpenOwn();
        var names = due.Select(target => target.Name).Distinct().ToList();
        var updates = await new UpdateSources(workspace, Progress.Silent, Environs, Retry)
            .RunAsync(new UpdateRequest(names, Confirmed: false, "schedule"), cancel)
            .ConfigureAwait(false);
        foreach (var update in updates)
            if (update.Failure is { } failure)
                Say($"{update.Target.Name}: ", failure);
    }

    private List<FetchTarget> Due()
    {
        var now = Now;
        var remembered = new LastLooks(Served.Books.Folder).Read();
        return
        [
            .. FetchTarget
                .In(Served.View())
                .Where(target =>
                    target.Every is { } every
                    && !(looked.TryGetValue(target.Key, out var mine) && mine + every > now)
                    && !(remembered.TryGetValue(target.Key, out var any) && any + every > now)
                ),
        ];
    }
}
