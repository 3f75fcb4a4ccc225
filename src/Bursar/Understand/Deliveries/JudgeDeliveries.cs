using Bursar.Cli;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Validation;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>How the files of a delivery conform to FOCUS.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Files">Its files and how they came out; null for one that was not judged yet.</param>
internal sealed record DeliveryConformance(
    Delivery Delivery,
    IReadOnlyList<(SourceFile File, FileConformance? Conformance)> Files
)
{
    public bool IsJudged => Files.All(file => file.Conformance is not null);

    /// <summary>Every rule that one of its files breaks, once, with the rows of all of them.</summary>
    public IReadOnlyList<BrokenRule> Broken =>
        [
            .. Files
                .SelectMany(file => file.Conformance?.Broken ?? [])
                .GroupBy(rule => (rule.Id, rule.Keyword))
                .Select(group => new BrokenRule(group.Key.Id, group.Key.Keyword, group.Sum(rule => rule.Violations)))
                .OrderBy(rule => !rule.IsMandatory)
                .ThenByDescending(rule => rule.Violations)
                .ThenBy(rule => rule.Id, StringComparer.Ordinal),
        ];
}

/// <summary>
/// Judges the files of deliveries as they came, by the rules of FOCUS. Deliveries that a mapping converted are no
/// FOCUS files and are left out.
/// </summary>
internal sealed class JudgeDeliveries(BooksOfRecord books)
{
    private readonly ConformanceMemory memory = new(books.Folder.Root);

    /// <summary>Whether its files came as FOCUS and the books keep them.</summary>
    public static bool IsJudgeable(BookedDelivery booked) =>
        booked.Delivery.Notes.Any(note => note.StartsWith("FOCUS ", StringComparison.Ordinal))
        && booked.Delivery.SourceFiles.All(file => file.Kept is not null);

    /// <summary>What is known already, by source and billing period.</summary>
    public IReadOnlyList<DeliveryConformance> Known(IEnumerable<BookedDelivery> deliveries) =>
        [
            .. deliveries
                .Where(IsJudgeable)
                .OrderBy(booked => booked.Delivery.Source, StringComparer.Ordinal)
                .ThenBy(booked => booked.Delivery.BillingPeriod)
                .Select(booked => new DeliveryConformance(
                    booked.Delivery,
                    [.. booked.Delivery.SourceFiles.Select(file => (file, memory.Find(file.Sha256)))]
                )),
        ];

    /// <summary>Judges what was not judged yet, and remembers it.</summary>
    public IReadOnlyList<DeliveryConformance> Judge(
        IReadOnlyList<BookedDelivery> deliveries,
        IProgressReport progress,
        CancellationToken cancel
    )
    {
        var open = Known(deliveries)
            .SelectMany(delivery => delivery.Files)
            .Where(file => file.Conformance is null)
            .Select(file => file.File)
            .DistinctBy(file => file.Sha256)
            .ToList();
        if (open.Count > 0)
        {
            using var step = progress.Begin("Judging delivered files", open.Sum(file => file.Bytes));
            foreach (var file in open)
            {
                memory.Keep(file.Sha256, FileConformance.Of(Judge([file], Progress.Silent, threads: null, cancel)[0]));
                step.Advance(file.Bytes);
            }
        }
        return Known(deliveries);
    }

    /// <summary>Judges one file that was not judged yet, without haste; false when there is none.</summary>
    public bool JudgeOne(IEnumerable<BookedDelivery> deliveries, CancellationToken cancel)
    {
        var open = Known(deliveries)
            .SelectMany(delivery => delivery.Files)
            .LastOrDefault(file => file.Conformance is null)
            .File;
        if (open is null)
            return false;
        memory.Keep(open.Sha256, FileConformance.Of(Judge([open], Progress.Silent, threads: 1, cancel)[0]));
        return true;
    }

    /// <summary>Every rule, with the first rows that break it: a report per file.</summary>
    public IReadOnlyList<ConformanceReport> InFull(
        BookedDelivery booked,
        IProgressReport progress,
        CancellationToken cancel
    ) => Judge(booked.Delivery.SourceFiles, progress, threads: null, cancel);

    private IReadOnlyList<ConformanceReport> Judge(
        IReadOnlyList<SourceFile> files,
        IProgressReport progress,
        int? threads,
        CancellationToken cancel
    )
    {
        var unpacked = Directory.CreateTempSubdirectory("bursar-judge-").FullName;
        try
        {
            return new ValidateFiles(threads).Validate(
                [
                    .. files.Select(file => new IncomingFile(
                        KeptSourceFile.Unpack(books.Folder, file, unpacked),
                        file.Name
                    )),
                ],
                new ValidationRequest(),
                progress,
                cancel
            );
        }
        finally
        {
            Directory.Delete(unpacked, recursive: true);
        }
    }
}
