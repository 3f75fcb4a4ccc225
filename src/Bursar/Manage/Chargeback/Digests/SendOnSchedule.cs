using Bursar.Understand.Sources;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary>While the server runs: sends every digest as soon as the data covers its period.</summary>
internal sealed class SendOnSchedule(
    Workspace served,
    Func<string, string?> variable,
    Action<string> say,
    IOwnersNews news
) : WorkOnSchedule(served, TimeSpan.FromSeconds(30), "Digests cannot be sent", variable, say)
{
    protected override async Task RoundAsync(CancellationToken cancel)
    {
        var view = Served.View();
        if (view.IsDraft || !ListDigests.Lines(view, null).Any(IsWanted))
            return;
        using var workspace = OpenOwn();
        var lines = await new SendDigests(workspace, Environs, Retry, news)
            .RunAsync(null, line => !IsWanted(line), cancel)
            .ConfigureAwait(false);
        foreach (var line in lines)
            if (line.Failure is { } failure)
                Failed(line.Digest.Name, failure);
    }

    private bool IsWanted(DigestLine line) => line.State == DigestState.Due && !IsLeftAlone(line.Digest.Name);
}
