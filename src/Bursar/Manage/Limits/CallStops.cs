using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Outlets;
using Bursar.Understand.Sources.Stores;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;
using Bursar.Workspaces;

namespace Bursar.Manage.Limits;

/// <summary>What a limit has to tell, and what became of it.</summary>
/// <param name="Status">The limit.</param>
/// <param name="Told">The levels that were told just now.</param>
/// <param name="Failure">Why they were not.</param>
internal sealed record StopLine(LimitStatus Status, IReadOnlyList<ReachedLevel> Told, Diagnostic? Failure = null);

/// <summary>
/// Calls the hooks of limits that reached a level, each level of a period once: a journal entry says that it arrived,
/// and one caller works at a time.
/// </summary>
internal sealed class CallStops(Workspace workspace, Environs environs, Retry retry)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly SendOut send = new(environs, retry);

    /// <param name="isLeftAlone">Those whose hooks are not called just now.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<IReadOnlyList<StopLine>> RunAsync(Func<LimitStatus, bool> isLeftAlone, CancellationToken cancel)
    {
        using var held = FileLock.Take(Path.Combine(workspace.Books.Folder.Root, ".limits"), Patience, cancel);
        var view = workspace.View();
        var log = LimitLog.Of(view.State);
        var lines = new List<StopLine>();
        foreach (var status in new MeasureLimits(view).Review(cancel).Items)
            lines.Add(
                view.IsDraft || isLeftAlone(status) ? new StopLine(status, []) : await OneAsync(status, log, cancel)
            );
        return lines;
    }

    private async Task<StopLine> OneAsync(LimitStatus status, LimitLog log, CancellationToken cancel)
    {
        var told = new List<ReachedLevel>();
        try
        {
            var due = ReachedLevel.Of(status).Where(level => !log.IsTold(status.Name, level.Mark));
            foreach (var same in due.GroupBy(level => status.Limit.HookOf(level.State)))
            {
                if (same.Key is not { } hook)
                    continue;
                var message = new StopMessage(status, [.. same]);
                await send.GoAsync(hook, "limit", message.Out(), cancel);
                Write(message, hook, cancel);
                told.AddRange(same);
            }
            return new StopLine(status, told);
        }
        catch (FetchException failure)
        {
            return Failed(status, told, failure.Diagnostic);
        }
        catch (RefusedException refused)
        {
            return Failed(status, told, refused.Diagnostic);
        }
    }

    private void Write(StopMessage message, StopHook hook, CancellationToken cancel) =>
        workspace.Books.Append(
            "limits",
            NewEntry.Of(
                LimitTold.Kind,
                new LimitTold(
                    message.Status.Name,
                    [.. message.Levels.Select(level => level.Mark)],
                    hook.Place(),
                    hook.WrittenIn().ToString().ToLowerInvariant(),
                    Checksum.Of(message.Out().Bytes(hook.WrittenIn()))
                ),
                LimitFactsJson.Line.LimitTold
            ),
            cancel
        );

    private static StopLine Failed(LimitStatus status, List<ReachedLevel> told, Diagnostic cause) =>
        new(
            status,
            told,
            new Diagnostic(
                "limits/not-told",
                Severity.Error,
                $"The hook of the limit {status.Name} was not reached: {cause.Message}",
                cause.Code == "sources/variable-missing"
                    ? cause.Remedy
                    : "Mend the receiver, or where the hook goes, then `bursar limits check`. It stays due until it arrives."
            )
        );
}
