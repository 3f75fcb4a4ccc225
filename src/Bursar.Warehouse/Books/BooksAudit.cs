using System.Globalization;
using Bursar.Core.Diagnostics;

namespace Bursar.Warehouse.Books;

/// <summary>How far an audit is.</summary>
public readonly record struct AuditProgress(long FilesDone, long FilesTotal, long BytesRead);

/// <summary>What an audit of the books found.</summary>
/// <param name="Entries">Journal entries proved.</param>
/// <param name="Head">The hash of the last entry.</param>
/// <param name="Files">Files read and compared with their checksum.</param>
/// <param name="Bytes">Bytes read for that.</param>
/// <param name="Findings">Everything that is wrong, and notes.</param>
public sealed record BooksAuditResult(
    long Entries,
    string Head,
    long Files,
    long Bytes,
    IReadOnlyList<Diagnostic> Findings
)
{
    /// <summary>True when nothing is wrong; notes do not count.</summary>
    public bool Passed => Findings.All(f => f.Severity == Severity.Note);
}

/// <summary>
/// Audits a books folder: reads every byte of the journal and of every file it names, trusting nothing remembered.
/// </summary>
public static class BooksAudit
{
    private const int PrintedHashMin = 12;

    /// <summary>Runs the audit.</summary>
    /// <param name="books">The books.</param>
    /// <param name="printedHead">The hash of an entry as it was once printed on paper: the books must continue from
    /// it.</param>
    /// <param name="progress">Told after each file.</param>
    /// <param name="cancellation">Ends the audit early.</param>
    public static BooksAuditResult Run(
        BooksOfRecord books,
        string? printedHead = null,
        IProgress<AuditProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        BooksState state;
        try
        {
            state = books.Fresh();
        }
        catch (RefusedException refused)
        {
            return new BooksAuditResult(0, JournalHead.NoHash, 0, 0, [refused.Diagnostic]);
        }
        var findings = new List<Diagnostic>();
        if (printedHead is not null && Continues(state, printedHead) is { } broken)
            findings.Add(broken);
        var bytes = ExamineFiles(books, state, findings, progress, cancellation);
        findings.AddRange(RulebooksWithOtherContent(state));
        findings.AddRange(Leftovers(books.Folder, state));
        return new BooksAuditResult(state.HeadSeq, state.HeadHash, BooksFiles.Of(state).LongCount(), bytes, findings);
    }

    private static Diagnostic? Continues(BooksState state, string printed)
    {
        var hash = printed.Trim().ToLowerInvariant();
        var known =
            hash.Length is >= PrintedHashMin and <= 64
            && (state.Entries.Any(e => e.Hash.StartsWith(hash)) || JournalHead.NoHash == hash);
        return known
            ? null
            : new Diagnostic(
                "books/other-journal",
                Severity.Error,
                $"No entry of this journal has the hash {printed}: these books do not continue the ones it was printed from.",
                "Compare the hash with the paper (at least its first 12 digits). If it is right, the journal was rewritten: restore a backup."
            );
    }

    private static long ExamineFiles(
        BooksOfRecord books,
        BooksState state,
        List<Diagnostic> findings,
        IProgress<AuditProgress>? progress,
        CancellationToken cancellation
    )
    {
        var files = BooksFiles.Of(state).ToArray();
        var found = new Diagnostic?[files.Length];
        long bytes = 0,
            done = 0;
        var options = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = Environment.ProcessorCount,
        };
        Parallel.For(
            0,
            files.Length,
            options,
            i =>
            {
                found[i] = books.Trust.Examine(files[i], cancellation);
                var full = new FileInfo(books.Folder.FullPath(files[i].Path));
                var read = Interlocked.Add(ref bytes, full.Exists ? full.Length : 0);
                progress?.Report(new AuditProgress(Interlocked.Increment(ref done), files.Length, read));
            }
        );
        findings.AddRange(found.OfType<Diagnostic>());
        return bytes;
    }

    private static IEnumerable<Diagnostic> RulebooksWithOtherContent(BooksState state) =>
        from rulebook in state.RulebookHistory
        where RulebookHash.Of(rulebook.Files) != rulebook.Hash
        select new Diagnostic(
            "books/rulebook-hash",
            Severity.Error,
            $"The rulebook published by entry {rulebook.PublishedSeq} does not have the hash it is named by, {rulebook.Hash}.",
            "Publish the rulebook again: bursar publish."
        );

    private static IEnumerable<Diagnostic> Leftovers(BooksFolder books, BooksState state)
    {
        var unreferenced = BooksSweep.Unreferenced(books, state);
        if (unreferenced.Count > 0)
        {
            yield return new Diagnostic(
                "books/unreferenced",
                Severity.Note,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{unreferenced.Count} files are named by no journal entry, the first of them {unreferenced[0]}. They count nowhere."
                ),
                "A command that was killed left them, or one is at work now. `bursar verify --sweep` removes them."
            );
        }
        foreach (var torn in Directory.EnumerateFiles(books.Root, "journal.torn-*").Order(StringComparer.Ordinal))
        {
            yield return new Diagnostic(
                "books/torn-line",
                Severity.Note,
                $"{Path.GetFileName(torn)} holds the beginning of an entry whose writer was killed. It was never acknowledged.",
                "Nothing has to be done; run the command of that time again if it was not."
            );
        }
    }
}
