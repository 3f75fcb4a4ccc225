using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>What an audit of everything in the books came to.</summary>
/// <param name="Audit">Journal, head, and the bytes of every file that the journal names.</param>
/// <param name="Deliveries">Deliveries whose charges were added up again.</param>
/// <param name="SourceFiles">Files as they came, unpacked and compared with their checksum.</param>
/// <param name="CacheFiles">Daily and allocation files that were examined.</param>
/// <param name="Findings">Everything that is wrong, and notes.</param>
internal sealed record Verification(
    BooksAuditResult Audit,
    int Deliveries,
    int SourceFiles,
    int CacheFiles,
    IReadOnlyList<Diagnostic> Findings
)
{
    /// <summary>True when nothing is wrong; notes do not count.</summary>
    public bool Passed => Findings.All(finding => finding.Severity == Severity.Note);
}

/// <summary>
/// Audits the books from the first byte to the last: the chain of the journal, every file, every sum. It trusts nothing
/// that an earlier command remembered, and asks no rules.
/// </summary>
internal sealed class VerifyBooks(Workspace workspace, IProgressReport progress)
{
    /// <param name="printedHead">The hash of an entry as printed on paper: the books must continue from it.</param>
    /// <param name="cancel">Ends the audit early.</param>
    public Verification Run(string? printedHead, CancellationToken cancel)
    {
        var audit = Files(printedHead, cancel);
        if (audit.Entries == 0 && !audit.Passed)
            return new Verification(audit, 0, 0, 0, audit.Findings);
        var state = workspace.Books.Current();
        var findings = new List<Diagnostic>(audit.Findings);
        var damaged = DamagedDeliveries(state, audit);
        var (sums, caches) = Sums(state, damaged, findings, cancel);
        var kept = SourceFiles(state, findings, cancel);
        return new Verification(audit, sums, kept, caches, findings);
    }

    private BooksAuditResult Files(string? printedHead, CancellationToken cancel)
    {
        using var step = progress.Begin("Reading the journal and every file");
        return BooksAudit.Run(workspace.Books, printedHead, cancellation: cancel);
    }

    /// <summary>Deliveries of which a file is missing or changed: there is nothing to add up.</summary>
    private static HashSet<string> DamagedDeliveries(BooksState state, BooksAuditResult audit)
    {
        var wrong = audit
            .Findings.Where(finding => finding.Severity == Severity.Error)
            .Select(finding => finding.Message)
            .ToList();
        return
        [
            .. state
                .Deliveries.Where(booked =>
                    BooksFiles
                        .Of(booked)
                        .Any(file =>
                            wrong.Exists(message => message.StartsWith(file.Path + " ", StringComparison.Ordinal))
                        )
                )
                .Select(booked => booked.Id),
        ];
    }

    private (int Deliveries, int Caches) Sums(
        BooksState state,
        HashSet<string> damaged,
        List<Diagnostic> findings,
        CancellationToken cancel
    )
    {
        using var step = progress.Begin("Adding up charges and daily sums", state.Deliveries.Count);
        using var session = workspace.Engine.Connect();
        var caches = new VerifyCaches(workspace.Books, session);
        var done = 0;
        foreach (var booked in state.Deliveries.Where(booked => booked.Delivery.Dataset == "CostAndUsage"))
        {
            cancel.ThrowIfCancellationRequested();
            step.Advance(1);
            if (damaged.Contains(booked.Id) || booked.IsPruned)
                continue;
            var audited = new AuditedDelivery(workspace.Books.Folder, booked.Delivery);
            try
            {
                findings.AddRange(audited.FindingsOfCharges(session, cancel));
                if (audited.FindingOfProfiles(session, cancel) is { } mixed)
                    findings.Add(mixed);
                findings.AddRange(caches.Examine(audited, cancel));
            }
            catch (DuckDbException failure)
            {
                findings.Add(Unreadable(booked, failure));
            }
            done++;
        }
        return (done, caches.Examined);
    }

    private int SourceFiles(BooksState state, List<Diagnostic> findings, CancellationToken cancel)
    {
        var files = state
            .Deliveries.Where(booked => !booked.IsPruned)
            .SelectMany(booked => booked.Delivery.SourceFiles)
            .Concat(state.SeriesDeliveries.SelectMany(booked => booked.Fact.SourceFiles))
            .Where(file => file.Kept is not null)
            .DistinctBy(file => file.Kept)
            .ToList();
        using var step = progress.Begin("Unpacking the files as they came", files.Count);
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            if (KeptSourceFile.Examine(workspace.Books.Folder, file, cancel) is { } finding)
                findings.Add(finding);
            step.Advance(1);
        }
        return files.Count;
    }

    private static Diagnostic Unreadable(BookedDelivery booked, DuckDbException failure) =>
        failure.ErrorType == DuckDbErrorType.OutOfMemory
            ? new(
                "books/verify-out-of-memory",
                Severity.Error,
                $"There was not enough memory to add up {booked.Id} again. Nothing is wrong with it that is known.",
                "Run `bursar verify` when the machine does nothing else."
            )
            : new(
                "books/charges-unreadable",
                Severity.Error,
                $"The charges of {booked.Id} have the bytes that were booked, but cannot be read: {failure.Message.Split('\n')[0]}",
                $"`bursar withdraw {booked.Id} --reason unreadable` and ingest its source files again."
            );
}
