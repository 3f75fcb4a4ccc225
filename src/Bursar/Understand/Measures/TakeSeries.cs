using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Measures;

/// <summary>
/// Takes files of measures into the books: points that are new, and points that were told otherwise before. A point is
/// never rewritten; of two versions the later counts, and as-of shows the earlier.
/// </summary>
internal sealed class TakeSeries(Workspace workspace, IProgressReport progress)
{
    /// <summary>So many times a file is read before a person is asked to try again.</summary>
    private const int AttemptsMax = 5;

    /// <param name="name">The series; null for all whose patterns fit the file.</param>
    /// <param name="files">The files.</param>
    /// <param name="actor">Who delivers.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="RefusedException">There is no such series.</exception>
    public SeriesReport Take(string? name, IReadOnlyList<IncomingFile> files, string actor, CancellationToken cancel)
    {
        var report = new SeriesReport([], [], []);
        using var step = progress.Begin($"Reading {files.Count} file{(files.Count == 1 ? "" : "s")}", files.Count);
        foreach (var file in files)
        {
            foreach (var series in Of(name, file))
                report = TakeOne(series, file, actor, report, cancel);
            step.Advance(1);
        }
        return report;
    }

    private List<Series> Of(string? name, IncomingFile file)
    {
        var all = workspace.View().Rulebook.All<Series>().ToList();
        if (name is not null)
            return [Declared(all, name)];
        var fitting = all.Where(series => series.Recognises(file.Path) || series.Recognises(file.Name)).ToList();
        return fitting.Count > 0
            ? fitting
            : throw new RefusedException(
                "series/nobody-wants",
                $"No series of the rulebook says that {file.Name} belongs to it.",
                "Name the series: --name NAME, or add files: with a pattern to its kind: Series.",
                exitCode: 2
            );
    }

    /// <summary>The series of that name.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static Series Declared(IReadOnlyList<Series> all, string name) =>
        all.FirstOrDefault(series => series.Name == name)
        ?? throw new RefusedException(
            "series/unknown",
            $"The rulebook has no series \"{name}\".{DidYouMean.Question(name, all.Select(series => series.Name))}",
            "`bursar series` lists them; a new one is a kind: Series in the rulebook.",
            exitCode: 2
        );

    private SeriesReport TakeOne(
        Series series,
        IncomingFile file,
        string actor,
        SeriesReport report,
        CancellationToken cancel
    )
    {
        try
        {
            var booked = BookAnew(series, file, actor, cancel);
            return booked is null
                ? report with
                {
                    Unchanged = [.. report.Unchanged, (series.Name, file.Name)],
                }
                : report with
                {
                    Deliveries = [.. report.Deliveries, booked],
                };
        }
        catch (RefusedException refused) when (!refused.Diagnostic.Code.StartsWith("books/", StringComparison.Ordinal))
        {
            var found = refused.Diagnostic;
            return report with
            {
                Refused = [.. report.Refused, new RefusedFile(file.Name, found.Code, found.Message, found.Remedy)],
            };
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw workspace.Books.CannotWrite(cause);
        }
    }

    /// <summary>What is new is found again when another command delivered to the series meanwhile.</summary>
    private SeriesDelivered? BookAnew(Series series, IncomingFile file, string actor, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Book(series, file, actor, cancel);
            }
            catch (RefusedException refused) when (refused.Diagnostic.Code == "series/at-once" && attempt < AttemptsMax)
            { }
        }
    }

    private SeriesDelivered? Book(Series series, IncomingFile file, string actor, CancellationToken cancel)
    {
        using var staging = workspace.Books.Stage();
        using var session = workspace.Engine.Connect();
        using var raw = new KeepRawFiles(cancel);
        var prepared = new PrepareFile(file, staging.Folder).Read(takesHash: true, cancel);
        var state = workspace.Books.Current();
        if (Same(state, series.Name, prepared.KnownSha256!))
            return null;
        raw.Begin(prepared);
        var target = staging.PathOf("points.parquet");
        var known = state.SeriesDeliveries.Where(booked => booked.Fact.Series == series.Name).ToList();
        workspace.Books.Trust.Require(known.Select(BooksFiles.Of), cancel);
        var staged = Staged(series, prepared, known, target, session, cancel);
        RequirePoints(file, staged, series);
        raw.Finish();
        if (staged.New + staged.Restated == 0)
            return null;
        return Commit(series, staged, StagingArea.Seal(target), raw.Of(prepared), known.Count, actor, cancel);
    }

    /// <summary>The same file as the last: all its points are known, unless another came between.</summary>
    private static bool Same(BooksState state, string series, string sha256) =>
        state.SeriesDeliveries.LastOrDefault(booked => booked.Fact.Series == series) is { } last
        && last.Fact.SourceFiles.Any(file => file.Sha256 == sha256);

    private StagedSeries Staged(
        Series series,
        PreparedFile prepared,
        List<BookedSeries> known,
        string target,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var table = new SeriesColumns(series, prepared, session).Table(cancel);
        var files = known.Select(booked => workspace.Books.Folder.FullPath(booked.Fact.File.Path)).ToList();
        try
        {
            var lines = Task.Run(() => CountRecords.Lines(prepared.ReadablePath, cancel), cancel);
            var staged = StageSeries.To(table, files, target, session, cancel);
            if (table.Delimiter is { } delimiter)
                AllRecords.Require(prepared, delimiter, lines, staged.Rows, rejected: 0, cancel);
            return staged;
        }
        catch (DuckDbException failure)
        {
            throw LoadingDockFailure.Of(prepared, failure);
        }
    }

    private static void RequirePoints(IncomingFile file, StagedSeries staged, Series series)
    {
        if (staged.Unreadable is [{ IsTwice: true } twice, ..])
            throw new RefusedException(
                "series/point-twice",
                $"{file.Name}, record {twice.Record}: {twice.Time} has more than one figure for the same resource and keys.",
                $"Add what tells them apart to by: or resource: of the series \"{series.Name}\", or add the figures up in the file."
            );
        if (staged.Unreadable is [var wrong, ..])
            throw new RefusedException(
                "series/unreadable",
                $"{file.Name}, record {wrong.Record}: {series.Time} {Shown(wrong.Time)}, {series.Value} {Shown(wrong.Value)} is no day with a figure. "
                    + "Nothing of the file was booked.",
                "A time is 2026-09, 2026-09-30 or 2026-09-30T12:00:00Z; a figure has digits and a point, without separators."
            );
        if (staged.Rows == staged.Empty)
            throw new RefusedException(
                "series/no-points",
                $"{file.Name} holds no figure in {series.Value}.",
                "Deliver it again when it is filled."
            );
    }

    private static string Shown(string? text) => text is null ? "(empty)" : $"\"{text}\"";

    private SeriesDelivered? Commit(
        Series series,
        StagedSeries staged,
        StagedFile points,
        KeptFile kept,
        int expected,
        string actor,
        CancellationToken cancel
    )
    {
        SeriesDelivered? booked = null;
        workspace.Books.Commit(
            actor,
            (state, publication) =>
            {
                var before = state.SeriesDeliveries.Count(other => other.Fact.Series == series.Name);
                // What is new was found against the deliveries before; another command was quicker.
                if (before != expected)
                    throw new RefusedException(
                        "series/at-once",
                        $"Another command delivered to the series \"{series.Name}\" meanwhile.",
                        "Run the command again."
                    );
                booked = Fact(series, staged, points, kept, before + 1, publication);
                return NewEntry.Of(booked);
            },
            cancel
        );
        return booked;
    }

    private static SeriesDelivered Fact(
        Series series,
        StagedSeries staged,
        StagedFile points,
        KeptFile kept,
        int number,
        Publication publication
    )
    {
        // Six digits, so that file names ascend as the deliveries do.
        var id = number.ToString("000000", CultureInfo.InvariantCulture);
        var source = PrepareFile.KeptPath(kept.Sha256, kept.File.Format);
        if (File.Exists(kept.Copy.Path))
            publication.Publish(kept.Copy, source);
        var file = publication.Publish(points, BooksFolder.SeriesPath(series.Name, id), staged.New + staged.Restated);
        return new SeriesDelivered(
            $"{series.Name}-{id}",
            series.Name,
            file,
            [new SourceFile(kept.File.File.Name, kept.Sha256, kept.File.Bytes, source)],
            staged.New + staged.Restated,
            staged.Restated,
            staged.From!.Value,
            staged.To!.Value,
            staged.Empty > 0 ? [$"{staged.Empty} records have no figure: gaps, not zeros."] : []
        );
    }
}
