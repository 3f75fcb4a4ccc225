using Bursar.Core.Diagnostics;
using Bursar.Understand.Allocation;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Records;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>What a person asks for with <c>bursar ingest</c>.</summary>
internal sealed record IngestRequest
{
    /// <summary>Files, folders and globs.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Files that were fetched, in place of names: they may lie in the books' own folder for temporary
    /// files.</summary>
    public IReadOnlyList<IncomingFile>? Files { get; init; }

    /// <summary>The source; without it, the one whose file patterns fit, or the provider named in the file.</summary>
    public string? Source { get; init; }

    /// <summary>The billing currency of files without such a column.</summary>
    public string? Currency { get; init; }

    /// <summary>Supersede although the source is not declared overwrite.</summary>
    public bool Replace { get; init; }

    /// <summary>Add although the source is declared overwrite: late rows, corrections.</summary>
    public bool Add { get; init; }

    /// <summary>Let in what a check would hold, or holds already.</summary>
    public bool Confirmed { get; init; }

    /// <summary>Why it is booked, in a person's words.</summary>
    public string? Reason { get; init; }

    public string Actor { get; init; } = BooksOfRecord.DefaultActor;
}

/// <summary>
/// Takes provider files into the books: reads, checks, allocates and sums them, and books all with one journal entry.
/// </summary>
internal sealed class TakeDelivery(Workspace workspace, IProgressReport progress)
{
    public IngestReport Take(IngestRequest request, CancellationToken cancel)
    {
        try
        {
            return TakeAll(request, cancel);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // What lies with a delivered file was refused file by file; what is left is the disk of the books.
            throw workspace.Books.CannotWrite(cause);
        }
    }

    private IngestReport TakeAll(IngestRequest request, CancellationToken cancel)
    {
        var started = workspace.Clock.GetUtcNow();
        var files = request.Files ?? FindSourceFiles.In(request.Names, workspace.Books.Folder.Root);
        var missing = Manifest.MissingFiles(files);
        var view = workspace.View();
        using var staging = workspace.Books.Stage();
        using var session = workspace.Engine.Connect();
        using var raw = new KeepRawFiles(cancel);
        var intake = new Intake(view, request, staging.Folder, session, missing, raw) { StartedAt = started };
        var cache = new StarCache(workspace.Books, view.Allocation, workspace.Engine);
        var converted = new FindTwins(view, session, intake.Declared).In(
            intake.Convert(files, progress, cancel),
            cancel
        );
        // The disk works while the rules do.
        var sealing = Task.Run(() => SealedDelivery.SealCharges(converted), cancel);
        try
        {
            var staged = Allocated(intake, converted, cache, view, staging.Folder, cancel);
            raw.Finish();
            var charges = sealing.GetAwaiter().GetResult();
            var items = staged.ConvertAll(item => SealedDelivery.Of(item, charges, raw));
            var report = Book(request, intake, items, cache, cancel);
            return WithRecords(report, request, intake.Records, cancel);
        }
        finally
        {
            // Whatever went wrong, nobody holds the staged files any more when the command ends.
            Task.WaitAny([sealing], CancellationToken.None);
        }
    }

    /// <summary>Files of other FOCUS datasets are kept beside the charges.</summary>
    private IngestReport WithRecords(
        IngestReport report,
        IngestRequest request,
        List<IncomingFile> files,
        CancellationToken cancel
    )
    {
        if (files.Count == 0)
            return report;
        var taken = new ImportRecords(workspace).Import(
            [.. files.Select(file => file.Path)],
            new ReadingChoices(),
            cancel,
            request.Actor
        );
        return report with
        {
            Notes = [.. report.Notes, .. taken.Files.Select(RecordsCli.Sentence)],
            Refused =
            [
                .. report.Refused,
                .. taken.Mistakes.Select(found => new RefusedFile(
                    found.Position?.File ?? "",
                    found.Code,
                    found.Position is { } at ? $"{at.File}, line {at.Line}: {found.Message}" : found.Message,
                    found.Remedy
                )),
            ],
        };
    }

    private List<StagedDelivery> Allocated(
        Intake intake,
        List<StagedDelivery> staged,
        StarCache cache,
        BooksView view,
        string folder,
        CancellationToken cancel
    )
    {
        using var step = progress.Begin("Allocating and summing by day", staged.Sum(delivery => delivery.Rows));
        var results = new Diagnostic?[staged.Count];
        var allocated = new StagedDelivery[staged.Count];
        AllocateDelivery.Several(
            staged.Count,
            workspace.Engine,
            (i, session) =>
            {
                (allocated[i], results[i]) = TryAllocate(staged[i], cache, view, session, folder, cancel);
                lock (results)
                    step.Advance(staged[i].Rows);
            },
            cancel
        );
        for (var i = 0; i < staged.Count; i++)
        {
            if (results[i] is { } found)
                intake.Refuse(staged[i], found);
        }
        return [.. allocated.Where((_, i) => results[i] is null)];
    }

    private static (StagedDelivery Delivery, Diagnostic? Refused) TryAllocate(
        StagedDelivery delivery,
        StarCache cache,
        BooksView view,
        DuckDbSession session,
        string folder,
        CancellationToken cancel
    )
    {
        try
        {
            var (daily, allocation) = cache.Stage(delivery.Charges, session, folder, cancel);
            var summed = delivery with { DailyPath = daily, AllocationPath = allocation };
            return (summed with { Judge = DeliveryChecks.Examine(summed, view, session, cancel) }, null);
        }
        catch (DuckDbException failure)
        {
            return (delivery, LoadingDockFailure.OfSums($"{delivery.Source} {delivery.Period}", failure).Diagnostic);
        }
        catch (RefusedException refused)
        {
            return (delivery, refused.Diagnostic);
        }
    }

    private IngestReport Book(
        IngestRequest request,
        Intake intake,
        List<SealedDelivery> staged,
        StarCache cache,
        CancellationToken cancel
    )
    {
        using var step = progress.Begin("Booking", staged.Count);
        var clerk = new BookDeliveries(request, intake);
        workspace.Books.Commit(request.Actor, (state, publication) => clerk.Decide(staged, state, publication), cancel);
        foreach (var (delivery, id) in clerk.Booked)
            Keep(cache, id, delivery);
        foreach (var id in clerk.Confirmed)
            new RuleOnDelivery(workspace.Books).Release(id, "Delivered again with --yes.", request.Actor, cancel);
        foreach (var id in clerk.Overruled)
            new RuleOnDelivery(workspace.Books).Reject(
                id,
                request.Add ? "Delivered again with --add." : "Delivered again with --replace.",
                request.Actor,
                cancel
            );
        var ids = clerk.Booked.Select(item => item.Id).ToHashSet();
        var aside = workspace
            .Books.Current()
            .LiveDeliveries.Where(booked => !booked.IsCounted)
            .Where(booked => ids.Contains(booked.Id) || booked.BecauseOf.Any(ids.Contains))
            .ToList();
        var report = clerk.Report(intake);
        return report with
        {
            Released = clerk.Confirmed,
            Blocked = [.. aside.Where(booked => booked.Standing == DeliveryStanding.Blocked)],
            Notes = [.. report.Notes, .. aside.Select(TwinWords.WhyNot).OfType<string>()],
        };
    }

    /// <summary>The delivery is booked by now; a cache that cannot be kept is made again when it is needed.</summary>
    private static void Keep(StarCache cache, string id, StagedDelivery delivery)
    {
        try
        {
            cache.Keep(id, delivery.DailyPath!, delivery.AllocationPath!);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            StarCache.Discard(delivery.DailyPath!, delivery.AllocationPath!);
        }
    }
}
