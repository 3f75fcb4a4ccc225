using Bursar.Core.Time;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>Which files of a command are in the books already, so that delivering them again changes nothing.</summary>
/// <param name="view">The books.</param>
/// <param name="delivered">Checksums of the files of the command that may be known.</param>
internal sealed class KnownFiles(BooksView view, IReadOnlySet<string> delivered)
{
    private readonly ILookup<string, Delivery> holders = view
        .LiveDeliveries.Where(booked => booked.Delivery.EngineVersion == StagedDelivery.ConverterVersion)
        .SelectMany(booked => booked.Delivery.SourceFiles.Select(file => (file.Sha256, booked.Delivery)))
        .ToLookup(pair => pair.Sha256, pair => pair.Delivery);

    private readonly ILookup<string, Delivery> withdrawn = view
        .State.Deliveries.Where(booked => booked.WithdrawnSeq is not null)
        .SelectMany(booked => booked.Delivery.SourceFiles.Select(file => (file.Sha256, booked.Delivery)))
        .ToLookup(pair => pair.Sha256, pair => pair.Delivery);

    /// <summary>The live deliveries that hold a file; none for one whose size no known file has.</summary>
    public IReadOnlyList<Delivery> HoldersOf(PreparedFile file) =>
        file.KnownSha256 is { } sha256 ? [.. holders[sha256]] : [];

    /// <summary>
    /// Whether a file that is known has to be read again: something new came for its source and month, and what comes
    /// together there takes the place of what was; or --replace asks for fewer files than the books hold; or a month of
    /// it was withdrawn; or it would be read otherwise now, by a mended mapping or as something else than it was.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="months">Sources and months of the files of this command that are new.</param>
    /// <param name="mode">Whether deliveries of a source overwrite.</param>
    /// <param name="replace">Whether --replace was given.</param>
    /// <param name="isReadAlike">Whether a delivery holds the file as it would be read now.</param>
    public bool MustBeRead(
        PreparedFile file,
        IReadOnlySet<(string Source, BillingPeriod Period)> months,
        Func<string, DeclaredDelivery> mode,
        bool replace,
        Func<Delivery, bool> isReadAlike
    ) =>
        HoldersOf(file)
            .Any(holder =>
                !isReadAlike(holder)
                || mode(holder.Source) == DeclaredDelivery.Overwrite
                    && (
                        months.Contains((holder.Source, holder.BillingPeriod))
                        || (replace && !SetOf(holder).IsSubsetOf(delivered))
                    )
            )
        || withdrawn[file.KnownSha256 ?? ""].Any(gone => !HoldersOf(file).Any(holder => IsSameMonth(holder, gone)));

    private static bool IsSameMonth(Delivery one, Delivery other) =>
        (one.Source, one.BillingPeriod) == (other.Source, other.BillingPeriod);

    private HashSet<string> SetOf(Delivery holder) =>
        [
            .. view
                .LiveDeliveries.Select(booked => booked.Delivery)
                .Where(other => (other.Source, other.BillingPeriod) == (holder.Source, holder.BillingPeriod))
                .SelectMany(other => other.SourceFiles)
                .Select(file => file.Sha256),
        ];
}
