namespace Bursar.Warehouse.Books;

/// <summary>A file that the journal vouches for, and what it belongs to.</summary>
/// <param name="Path">Below the books folder.</param>
/// <param name="Sha256">Its checksum.</param>
/// <param name="Bytes">Its size, where the journal states it.</param>
/// <param name="Owner">For people: "delivery aws-2026-03-7f3a9c21".</param>
/// <param name="Remedy">What to do when it is damaged.</param>
public sealed record VouchedFile(string Path, string Sha256, long? Bytes, string Owner, string Remedy);

/// <summary>Everything in the books folder that the journal names.</summary>
public static class BooksFiles
{
    private const string Restore = "Restore the file from a backup; `bursar verify` tells whether the copy is whole.";

    /// <summary>
    /// Each file once, in the order of the journal. Withdrawn and replaced deliveries keep theirs until they are
    /// pruned: as-of questions need them.
    /// </summary>
    public static IEnumerable<VouchedFile> Of(BooksState state)
    {
        var deliveries = state.Deliveries.SelectMany(booked =>
            Of(booked).Where(file => !booked.IsPruned || !IsPrunable(file.Path))
        );
        var rulebooks = state.RulebookHistory.Concat(state.ProposedRulebooks).SelectMany(Of);
        var issued = state.IssuedDocuments.Select(i => new VouchedFile(
            i.Document.Path,
            i.Document.Sha256,
            null,
            $"issued {i.Document.Kind} {i.Document.Id}",
            Restore
        ));
        var series = state.SeriesDeliveries.Select(Of);
        return deliveries.Concat(rulebooks).Concat(issued).Concat(series).DistinctBy(f => f.Path);
    }

    /// <summary>The copies of delivered files that somebody may still ask for, below the books folder.</summary>
    public static IEnumerable<string> KeptSources(BooksState state) =>
        state
            .Deliveries.Where(booked => !booked.IsPruned)
            .SelectMany(booked => booked.Delivery.SourceFiles)
            .Concat(state.SeriesDeliveries.SelectMany(booked => booked.Fact.SourceFiles))
            .Select(file => file.Kept)
            .OfType<string>();

    /// <summary>
    /// Charges and copies of delivered files, below the books folder: what goes when a delivery is pruned.
    /// </summary>
    internal static IEnumerable<string> Of(IEnumerable<BookedDelivery> deliveries) =>
        deliveries
            .SelectMany(booked =>
                booked
                    .Delivery.Files.Select(file => file.Path)
                    .Where(IsPrunable)
                    .Concat(booked.Delivery.SourceFiles.Select(file => file.Kept).OfType<string>())
            )
            .Distinct();

    /// <summary>Charges go when their delivery is pruned; what was refused stays as evidence.</summary>
    internal static bool IsPrunable(string path) => path.StartsWith("charges/", StringComparison.Ordinal);

    /// <summary>The files of a published rulebook.</summary>
    public static IEnumerable<VouchedFile> Of(PublishedRulebook rulebook) =>
        rulebook.Files.Select(file => new VouchedFile(
            $"{BooksFolder.RulebookPath(rulebook.Hash)}/{file.Path}",
            file.Sha256,
            null,
            $"rulebook {rulebook.Hash}",
            Restore
        ));

    /// <summary>The points of a delivery of a series.</summary>
    public static VouchedFile Of(BookedSeries series) =>
        new(
            series.Fact.File.Path,
            series.Fact.File.Sha256,
            series.Fact.File.Bytes,
            $"series {series.Fact.Id}",
            Restore
        );

    /// <summary>The files that a delivery stores.</summary>
    public static IEnumerable<VouchedFile> Of(BookedDelivery delivery) =>
        delivery.Delivery.Files.Select(file => new VouchedFile(
            file.Path,
            file.Sha256,
            file.Bytes,
            $"delivery {delivery.Id}",
            $"Restore the file from a backup, or `bursar withdraw {delivery.Id} --reason damaged` and ingest its source files again."
        ));
}
