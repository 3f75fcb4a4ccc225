using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Outlets;
using Bursar.Workspaces;

namespace Bursar.Manage.Limits;

/// <summary>While the server runs: after every delivery, calls the hooks of limits that reached a level.</summary>
internal sealed class StopOnSchedule(Workspace served, Func<string, string?> variable, Action<string> say)
    : AfterDelivery(served, "The hooks of limits cannot be called", variable, say)
{
    protected override bool IsNeeded(BooksView view) => view.Rulebook.All<SpendLimit>().Any();

    protected override async Task<IReadOnlyList<(string Name, Diagnostic Failure)>> LookAsync(
        Workspace workspace,
        CancellationToken cancel
    )
    {
        var lines = await new CallStops(workspace, Environs, Retry)
            .RunAsync(status => IsLeftAlone(status.Name), cancel)
            .ConfigureAwait(false);
        return [.. from line in lines where line.Failure is not null select (line.Status.Name, line.Failure!)];
    }
}
