using System.IO.Compression;
using Bursar.Core.Time;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Sources.Stores;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Sources;

/// <summary>
/// Where a delivery takes the place of a month, all files of the month have to come together: those that did not change
/// are brought from the books, not fetched again.
/// </summary>
internal sealed class CompanionFiles(BooksView view, FetchTarget target, string folder)
{
    /// <summary>Months that new files may belong to although nothing says so: the open ones.</summary>
    private const int OpenMonths = 2;

    /// <param name="fetched">What is new, and what lies at the place as before.</param>
    /// <param name="cancel">Stops the unpacking.</param>
    public IReadOnlyList<IncomingFile> Of(FetchedFiles fetched, CancellationToken cancel)
    {
        if (!target.Overwrites || fetched.Unchanged.Count == 0)
            return [];
        var held = view
            .Deliveries.Where(booked => booked.Delivery.Source == target.Name)
            .SelectMany(booked =>
                booked.Delivery.SourceFiles.Select(file => (booked.Delivery.BillingPeriod, File: file))
            )
            .ToLookup(pair => pair.File.Name);
        var months = Months(fetched, held);
        var files = new List<IncomingFile>();
        foreach (var offered in fetched.Unchanged)
        {
            cancel.ThrowIfCancellationRequested();
            var kept = held[offered.Name].FirstOrDefault(pair => months.Contains(pair.BillingPeriod)).File;
            if (kept?.Kept is not null)
                files.Add(new IncomingFile(Unpacked(kept, offered), offered.Name) { IsFetched = true });
        }
        return files;
    }

    private HashSet<BillingPeriod> Months(
        FetchedFiles fetched,
        ILookup<string, (BillingPeriod BillingPeriod, SourceFile File)> held
    )
    {
        var folders = fetched.Files.Select(one => FolderOf(one.Offered.Name)).ToHashSet(StringComparer.Ordinal);
        var near = held.Where(group => folders.Contains(FolderOf(group.Key))).SelectMany(group => group);
        var newest = held.SelectMany(group => group)
            .Select(pair => pair.BillingPeriod)
            .Distinct()
            .OrderDescending()
            .Take(OpenMonths);
        var before = fetched.Files.SelectMany(one => held[one.Offered.Name]);
        return [.. near.Concat(before).Select(pair => pair.BillingPeriod), .. newest];
    }

    private static string FolderOf(string name) => name[..(name.LastIndexOf('/') + 1)];

    /// <summary>The file as it came: text is packed in the books.</summary>
    private string Unpacked(SourceFile file, OfferedFile offered)
    {
        var kept = view.Books.Folder.FullPath(file.Kept!);
        var own = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("n")));
        var path = Path.Combine(own.FullName, Path.GetFileName(offered.Name));
        using var source = File.OpenRead(kept);
        using var plain = file.Kept!.EndsWith(".csv.br", StringComparison.Ordinal)
            ? new BrotliStream(source, CompressionMode.Decompress)
            : (Stream)source;
        using var copy = File.Create(path);
        plain.CopyTo(copy);
        return path;
    }
}
