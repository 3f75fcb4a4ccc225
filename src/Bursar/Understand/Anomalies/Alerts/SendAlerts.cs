using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Outlets;
using Bursar.Understand.Sources.Stores;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies.Alerts;

/// <summary>
/// Sends the alerts that are due, each anomaly and each breach once to each: a journal entry says that it arrived, and
/// one sender works at a time.
/// </summary>
internal sealed class SendAlerts(Workspace workspace, AlertSources sources, Environs environs, Retry retry)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly SendOut send = new(environs, retry);

    /// <param name="name">Only this one; null for all.</param>
    /// <param name="isLeftAlone">Those that are not tried just now.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="RefusedException">The rules are a draft, or no alert has that name.</exception>
    public async Task<IReadOnlyList<AlertLine>> RunAsync(
        string? name,
        Func<AlertLine, bool> isLeftAlone,
        CancellationToken cancel
    )
    {
        using var held = FileLock.Take(Path.Combine(workspace.Books.Folder.Root, ".alerts"), Patience, cancel);
        var view = workspace.View();
        if (view.IsDraft)
            throw new RefusedException(
                "alerts/draft",
                "The rules are not published, so no alert is sent: owners and places could change unseen.",
                "Put them in force: `bursar publish`."
            );
        var lines = new List<AlertLine>();
        foreach (var line in new ListAlerts(view, sources).Lines(name, cancel))
            lines.Add(line.State == AlertState.Due && !isLeftAlone(line) ? await OneAsync(line, cancel) : line);
        return lines;
    }

    private async Task<AlertLine> OneAsync(AlertLine line, CancellationToken cancel)
    {
        try
        {
            foreach (var message in line.Messages)
            {
                await send.GoAsync(line.Alert, "alert", message.Out(), cancel);
                var entry = workspace.Books.Append(
                    "alerts",
                    NewEntry.Of(AlertSent.Kind, message.Sent(), AlertJson.Line.AlertSent),
                    cancel
                );
                line = line with { LastAt = entry.At, SentThisWeek = line.SentThisWeek + 1 };
            }
            return line with { State = AlertState.Sent };
        }
        catch (FetchException failure)
        {
            return Failed(line, failure.Diagnostic);
        }
        catch (RefusedException refused)
        {
            return Failed(line, refused.Diagnostic);
        }
    }

    private static AlertLine Failed(AlertLine line, Diagnostic cause) =>
        line with
        {
            State = AlertState.Failed,
            Failure = new Diagnostic(
                "alerts/not-sent",
                Severity.Error,
                $"The alert {line.Alert.Name} did not arrive: {cause.Message}",
                cause.Code.StartsWith("sources/", StringComparison.Ordinal) && cause.Code != "sources/variable-missing"
                    ? $"Mend the receiver, or where the alert goes, then `bursar alerts {line.Alert.Name} --send`. It stays due until it arrives."
                    : cause.Remedy
            ),
        };
}
