using Bursar.Core.Diagnostics;
using Bursar.Workspaces;

namespace Bursar.Understand.Sources.Outlets;

/// <summary>While the server runs: looks at the books after every delivery and every hour, tells what is new.</summary>
internal abstract class AfterDelivery(
    Workspace served,
    string trouble,
    Func<string, string?> variable,
    Action<string> say
) : WorkOnSchedule(served, TimeSpan.FromSeconds(30), trouble, variable, say)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    private (string Deliveries, DateTimeOffset At)? looked;

    /// <summary>Whether the rules ask for anything.</summary>
    protected abstract bool IsNeeded(BooksView view);

    /// <summary>Looks, and tells what is new; returns what could not be told, by name.</summary>
    protected abstract Task<IReadOnlyList<(string Name, Diagnostic Failure)>> LookAsync(
        Workspace workspace,
        CancellationToken cancel
    );

    protected sealed override async Task RoundAsync(CancellationToken cancel)
    {
        var view = Served.View();
        if (view.IsDraft || !IsNeeded(view))
            return;
        // A month that is delivered anew leaves their number as it was.
        var deliveries = string.Join(' ', view.LiveDeliveries.Select(booked => booked.Id));
        if (looked is { } last && last.Deliveries == deliveries && last.At + LookAgain > Now)
            return;
        looked = (deliveries, Now);
        using var workspace = OpenOwn();
        foreach (var (name, failure) in await LookAsync(workspace, cancel).ConfigureAwait(false))
            Failed(name, failure);
    }
}
