using Bursar.Core.Diagnostics;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Measures;
using Bursar.Understand.Sources.Stores;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Sources;

/// <summary>What a person or the schedule asks to be brought up to date.</summary>
/// <param name="Names">The sources and series; none for all that say where they come from.</param>
/// <param name="Confirmed">Book a delivery although a total falls by more than 5 %.</param>
/// <param name="Actor">Who asks.</param>
internal sealed record UpdateRequest(IReadOnlyList<string> Names, bool Confirmed, string Actor);

/// <summary>
/// Brings sources up to date: fetches what is new, several at once, and books each by itself, so that one that fails
/// stops no other.
/// </summary>
internal sealed class UpdateSources(Workspace workspace, IProgressReport progress, Environs environs, Retry retry)
{
    /// <summary>So many sources are fetched from at once; booking is one after the other.</summary>
    private const int AtOnce = 4;

    private static readonly SemaphoreSlim Booking = new(1);

    /// <exception cref="RefusedException">No such source is declared.</exception>
    public async Task<IReadOnlyList<SourceUpdate>> RunAsync(UpdateRequest request, CancellationToken cancel)
    {
        var view = workspace.View();
        var targets = Chosen(FetchTarget.In(view), request.Names, view);
        var histories = SourceHistory.Of(view.State);
        var updates = new SourceUpdate[targets.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel
            .ForAsync(
                0,
                targets.Count,
                options,
                async (i, stop) =>
                {
                    var history = histories.GetValueOrDefault(targets[i].Key) ?? new SourceHistory();
                    updates[i] = await OneAsync(targets[i], history, request, stop).ConfigureAwait(false);
                }
            )
            .ConfigureAwait(false);
        new LastLooks(workspace.Books.Folder).Note(targets.Select(target => target.Key), environs.Clock.GetUtcNow());
        return updates;
    }

    private async Task<SourceUpdate> OneAsync(
        FetchTarget target,
        SourceHistory history,
        UpdateRequest request,
        CancellationToken cancel
    )
    {
        try
        {
            using var staging = workspace.Books.Stage();
            var fetched = await new FetchFiles(environs, retry, progress)
                .FromAsync(target, history.Files, staging.Folder, cancel)
                .ConfigureAwait(false);
            var update = await BookAsync(target, fetched, request, staging.Folder, cancel).ConfigureAwait(false);
            Journal(target, history, fetched, update, request.Actor, cancel);
            return update;
        }
        catch (FetchException failure)
        {
            return Failed(target, history, failure.Diagnostic, request.Actor, cancel);
        }
        catch (RefusedException refused)
        {
            return Failed(target, history, refused.Diagnostic, request.Actor, cancel);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // The disk of the books; with the journal on it, the failure is only told.
            var found = workspace.Books.CannotWrite(cause).Diagnostic;
            return new SourceUpdate(target, UpdateState.Failed, 0, 0) { Failure = found };
        }
    }

    private async Task<SourceUpdate> BookAsync(
        FetchTarget target,
        FetchedFiles fetched,
        UpdateRequest request,
        string folder,
        CancellationToken cancel
    )
    {
        var update = new SourceUpdate(target, UpdateState.Unchanged, fetched.Files.Count, fetched.Unchanged.Count)
        {
            Failure = fetched.Incomplete is [var first, ..] ? Incomplete(first) : null,
        };
        if (fetched.Files.Count > 0)
        {
            await Booking.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                update = await Task.Run(() => Booked(update, fetched, request, folder, cancel), cancel)
                    .ConfigureAwait(false);
            }
            finally
            {
                Booking.Release();
            }
        }
        return update.Failure is null ? update : update with { State = UpdateState.Failed };
    }

    private SourceUpdate Booked(
        SourceUpdate update,
        FetchedFiles fetched,
        UpdateRequest request,
        string folder,
        CancellationToken cancel
    )
    {
        var target = update.Target;
        var files = fetched
            .Files.Select(one => new IncomingFile(one.Fetched.Path, one.Offered.Name) { IsFetched = true })
            .ToList();
        if (target.IsSeries)
        {
            var series = new TakeSeries(workspace, progress).Take(target.Name, files, request.Actor, cancel);
            return update with
            {
                Series = series,
                State = series.Deliveries.Count > 0 ? UpdateState.Fetched : UpdateState.Unchanged,
                Failure = series.Refused is [var wrong, ..] ? Of(wrong) : update.Failure,
            };
        }
        var companions = new CompanionFiles(workspace.View(), target, folder).Of(fetched, cancel);
        var report = new TakeDelivery(workspace, progress).Take(
            new IngestRequest
            {
                Files = [.. files, .. companions],
                Source = target.Name,
                Confirmed = request.Confirmed,
                Actor = request.Actor,
            },
            cancel
        );
        return update with
        {
            Deliveries = report,
            State = report.Deliveries.Count + report.Released.Count > 0 ? UpdateState.Fetched : UpdateState.Unchanged,
            Failure =
                report.Refused is [var refused, ..] ? Of(refused)
                : report.Held is [var held, ..] ? Waits(target, held)
                : update.Failure,
        };
    }

    /// <summary>What was booked is not fetched again; what was refused or waits is, for it may be mended.</summary>
    private void Journal(
        FetchTarget target,
        SourceHistory history,
        FetchedFiles fetched,
        SourceUpdate update,
        string actor,
        CancellationToken cancel
    )
    {
        var refused = (update.Deliveries?.Refused ?? update.Series?.Refused ?? [])
            .Select(file => file.File)
            .ToHashSet(StringComparer.Ordinal);
        var waits = update.Deliveries?.Held.Count > 0;
        var versions = fetched
            .Files.Where(one => !waits && !refused.Contains(one.Offered.Name))
            .Select(one => new FetchedVersion(
                one.Offered.Address,
                one.Fetched.Version,
                one.Fetched.Bytes,
                one.Fetched.Sha256
            ))
            .ToList();
        if (versions.Count > 0 || (update.Failure is null && history.Failure is not null))
            workspace.Books.Append(
                actor,
                NewEntry.Of(
                    SourceFetched.Kind,
                    new SourceFetched(target.Key, versions),
                    SourceFactsJson.Line.SourceFetched
                ),
                cancel
            );
        if (update.Failure is { } failure)
            Note(target, versions.Count > 0 ? null : history.Failure, failure, actor, cancel);
    }

    private SourceUpdate Failed(
        FetchTarget target,
        SourceHistory history,
        Diagnostic failure,
        string actor,
        CancellationToken cancel
    )
    {
        Note(target, history.Failure, failure, actor, cancel);
        return new SourceUpdate(target, UpdateState.Failed, 0, 0) { Failure = failure };
    }

    /// <summary>A failure is written down when it begins, not each time that it is met again.</summary>
    private void Note(
        FetchTarget target,
        SourceFailed? before,
        Diagnostic failure,
        string actor,
        CancellationToken cancel
    )
    {
        if (before?.Code == failure.Code)
            return;
        var fact = new SourceFailed(target.Key, failure.Code, failure.Message, failure.Remedy);
        workspace.Books.Append(actor, NewEntry.Of(SourceFailed.Kind, fact, SourceFactsJson.Line.SourceFailed), cancel);
    }

    private static IReadOnlyList<FetchTarget> Chosen(
        IReadOnlyList<FetchTarget> targets,
        IReadOnlyList<string> names,
        BooksView view
    )
    {
        foreach (var name in names.Where(name => targets.All(target => target.Name != name)))
            throw new RefusedException(
                "sources/unknown-source",
                view.Rulebook.Find<Source>(name) is null
                    ? $"The rulebook has no source \"{name}\" that says where it comes from.{DidYouMean.Question(name, targets.Select(target => target.Name))}"
                    : $"The source \"{name}\" does not say where it comes from.",
                "Add from: to its kind: Source (a folder, s3, url or command), or name its files: bursar ingest FILE.",
                exitCode: 2
            );
        if (targets.Count == 0)
            throw new RefusedException(
                "sources/nothing-to-fetch",
                "No source of the rulebook says where it comes from.",
                "Add from: to a kind: Source (a folder, s3, url or command), or name files: bursar ingest FILE.",
                exitCode: 2
            );
        return names.Count == 0 ? targets : [.. targets.Where(target => names.Contains(target.Name))];
    }

    private static Diagnostic Of(RefusedFile refused) =>
        new(refused.Code, Severity.Error, refused.Reason, refused.Remedy);

    private static Diagnostic Waits(FetchTarget target, Delivery held) =>
        new(
            "sources/waits",
            Severity.Error,
            HeldWords.Why(held),
            $"If it is right: bursar ingest --source {target.Name} --yes. If not: bursar deliveries reject {held.Id} --reason ..."
        );

    private static Diagnostic Incomplete(Assembly assembly)
    {
        var more = assembly.Missing.Count == 1 ? "" : $" and {assembly.Missing.Count - 1} more files";
        return new Diagnostic(
            "sources/assembly-incomplete",
            Severity.Error,
            $"{assembly.Manifest} lists {assembly.Missing[0]}{more}, but not everything that it lists is there. "
                + "Nothing of that month was taken.",
            "The export is probably being written: run the command again in a while. "
                + "If it stays so, look at the export in the provider's console."
        );
    }
}
