using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Sources.Stores;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Sources;

/// <summary><c>bursar ingest</c> without files: every source of the rulebook is brought up to date.</summary>
internal static class UpdateCli
{
    /// <param name="run">The run of the command.</param>
    /// <param name="source">Only this one.</param>
    /// <param name="confirmed">Book it although a total falls.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<int> RunAsync(ShellRun run, string? source, bool confirmed, CancellationToken cancel)
    {
        using var workspace = Workspace.Create(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        var environs = new Environs(
            run.Io.Environment,
            run.Io.Clock,
            workspace.RulebookFolder,
            workspace.Books.Folder.Root
        );
        var request = new UpdateRequest(source is null ? [] : [source], confirmed, BooksOfRecord.DefaultActor);
        var updates = await run.WithProgressAsync(progress =>
            new UpdateSources(workspace, progress, environs, new Retry(run.Io.Clock)).RunAsync(request, cancel)
        );
        Show(run, updates);
        return updates.Any(update => update.State == UpdateState.Failed || HasQuarantine(update))
            ? ExitCode.Findings
            : ExitCode.Fine;
    }

    private static bool HasQuarantine(SourceUpdate update) =>
        update.Deliveries?.Deliveries.Any(delivery => delivery.QuarantinedRows > 0) == true;

    private static void Show(ShellRun run, IReadOnlyList<SourceUpdate> updates)
    {
        var deliveries = updates.SelectMany(update => update.Deliveries?.Deliveries ?? []).ToList();
        if (run.Door.Format != OutputFormat.Table)
            run.Print(Record(updates, deliveries));
        else
        {
            run.Print(Table(updates));
            if (deliveries.Count > 0)
                run.Print(DeliveryTable.OfNew(deliveries) with { Caption = "Booked" });
        }
        foreach (var note in updates.SelectMany(update => update.Deliveries?.Notes ?? []))
            run.Note(note);
        foreach (var update in updates.Where(HasQuarantine))
        foreach (var delivery in update.Deliveries!.Deliveries.Where(one => one.QuarantinedRows > 0))
            run.Note(
                $"{delivery.QuarantinedRows} rows of {delivery.Id} in quarantine: `bursar deliveries {delivery.Id}` shows the reasons."
            );
        foreach (var update in updates)
            if (update.Failure is { } failure)
                run.Note($"error {failure.Code} in {update.Target.Name}\n{failure.Message}\n{failure.Remedy}");
    }

    private static ResultTable Table(IReadOnlyList<SourceUpdate> updates) =>
        new(
            [
                new("source", ColumnKind.Whole),
                new("state", ColumnKind.Whole),
                new("fetched", ColumnKind.Figure, "files fetched"),
                new("unchanged", ColumnKind.Figure),
                new("booked"),
            ],
            [
                .. updates.Select(update =>
                    (IReadOnlyList<object?>)
                        [
                            update.Target.Name,
                            update.State.ToString().ToLowerInvariant(),
                            update.Fetched,
                            update.Unchanged,
                            string.Join(", ", Booked(update)),
                        ]
                ),
            ]
        );

    private static IEnumerable<string> Booked(SourceUpdate update) =>
        (update.Deliveries?.Deliveries.Select(delivery => delivery.Id) ?? []).Concat(
            update.Series?.Deliveries.Select(delivery => delivery.Id) ?? []
        );

    private static ResultRecord Record(IReadOnlyList<SourceUpdate> updates, List<Delivery> deliveries) =>
        ResultRecord.Of(
            (
                "sources",
                updates.Select(update =>
                    ResultRecord.Of(
                        ("source", update.Target.Name),
                        ("from", update.Target.From.ToString()),
                        ("state", update.State.ToString().ToLowerInvariant()),
                        ("fetched", update.Fetched),
                        ("unchanged", update.Unchanged),
                        ("booked", Booked(update)),
                        ("code", update.Failure?.Code),
                        ("reason", update.Failure?.Message),
                        ("next", update.Failure?.Remedy)
                    )
                )
            ),
            ("deliveries", deliveries.Select(DeliveryRecord.Full))
        );
}
