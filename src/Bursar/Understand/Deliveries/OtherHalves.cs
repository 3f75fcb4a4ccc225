using Bursar.Core.Time;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Ingestion.Mappings;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>Files of a delivery in the books that make one bill with files of this command.</summary>
internal sealed record CompletedPair(IReadOnlyList<MonthPart> Parts, IReadOnlyList<string> Deliveries);

/// <summary>
/// Finds the half of a bill that came earlier: it is read again from the books, so that the pair is booked as one
/// delivery whichever half came first.
/// </summary>
/// <param name="view">The books.</param>
/// <param name="folder">The staging folder.</param>
/// <param name="convert">Converts a file of this command or of the books.</param>
/// <param name="combine">Knows what a pair is.</param>
internal sealed class OtherHalves(
    BooksView view,
    string folder,
    Func<IncomingFile, ConvertedFile> convert,
    CombineHalves combine
)
{
    /// <param name="source">The source of the new files.</param>
    /// <param name="period">Their month.</param>
    /// <param name="parts">What is in them.</param>
    /// <param name="mode">Whether a new file takes the place of an earlier one of the same half.</param>
    /// <param name="cancel">Stops the reading.</param>
    public CompletedPair For(
        string source,
        BillingPeriod period,
        IReadOnlyList<MonthPart> parts,
        DeclaredDelivery mode,
        CancellationToken cancel
    )
    {
        var halves = parts.Where(part => part.Half is not null).ToList();
        if (halves.Count == 0 || combine.ArePair(halves, cancel))
            return new CompletedPair([], []);
        var found = new List<MonthPart>();
        var deliveries = new List<string>();
        foreach (
            var booked in view.LiveDeliveries.Where(booked => MayHoldOther(booked.Delivery, source, period, halves))
        )
        {
            var others = Read(booked.Delivery, period, parts);
            if (mode == DeclaredDelivery.Overwrite)
                others = [.. others.Where(other => !halves.Any(half => half.Half == other.Half))];
            if (others.Count == 0 || !combine.ArePair([.. halves, .. found, .. others], cancel))
                continue;
            found.AddRange(others);
            deliveries.Add(booked.Id);
        }
        return new CompletedPair(found, deliveries);
    }

    private static bool MayHoldOther(Delivery delivery, string source, BillingPeriod period, List<MonthPart> halves)
    {
        var accounts = halves.SelectMany(half => half.Part.BillingAccountIds).ToHashSet();
        var form = halves[0].File.Focus.Notes[0].Split(':')[0] + ":";
        return delivery.Source == source
            && delivery.BillingPeriod == period
            && (
                accounts.Count == 0
                    ? delivery.BillingAccountIds.Count == 0
                    : accounts.Overlaps(delivery.BillingAccountIds)
            )
            && delivery.Notes.Any(note => note.StartsWith(form, StringComparison.Ordinal));
    }

    private List<MonthPart> Read(Delivery delivery, BillingPeriod period, IReadOnlyList<MonthPart> parts)
    {
        var here = parts.Select(part => part.File.File.KnownSha256).ToHashSet();
        var read = new List<MonthPart>();
        foreach (var file in delivery.SourceFiles.Where(file => file.Kept is not null && !here.Contains(file.Sha256)))
        {
            var converted = convert(
                new IncomingFile(KeptSourceFile.Unpack(view.Books.Folder, file, folder), file.Name) { IsFetched = true }
            );
            if (converted.Half is not null)
                read.AddRange(
                    converted.Parts.Where(part => part.Period == period).Select(part => new MonthPart(converted, part))
                );
        }
        return read;
    }
}
