using Bursar.Core.Diagnostics;
using Bursar.Understand.Allocation;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Understand.Deliveries;

/// <summary>
/// Examines the daily and allocation files of deliveries; damaged ones are removed, for they can be made again.
/// </summary>
internal sealed class VerifyCaches(BooksOfRecord books, DuckDbSession session)
{
    /// <summary>How many files were examined.</summary>
    public int Examined { get; private set; }

    /// <summary>What is wrong with the caches of a delivery, under whatever rules they were made.</summary>
    public List<Diagnostic> Examine(AuditedDelivery audited, CancellationToken cancel)
    {
        var findings = new List<Diagnostic>();
        foreach (var path in FilesOf("daily", audited.Delivery.Id))
        {
            if (!IsWhole(path, findings))
                continue;
            var differences = audited.DifferencesOfDaily(path, session, cancel);
            if (differences.Count == 0)
                continue;
            findings.Add(Removed(path, "books/daily-sum", $"does not come to its delivery: {differences[0]}"));
        }
        foreach (var kind in new[] { "allocation", "shared-daily", "shared-allocation" })
        foreach (var path in FilesOf(kind, audited.Delivery.Id))
            IsWhole(path, findings);
        return findings;
    }

    private IEnumerable<string> FilesOf(string kind, string deliveryId)
    {
        var folder = Path.Combine(books.Folder.Root, kind);
        if (!Directory.Exists(folder))
            return [];
        return Directory
            .EnumerateDirectories(folder)
            .Order(StringComparer.Ordinal)
            .Select(key => Path.Combine(key, deliveryId + ".parquet"))
            .Where(File.Exists);
    }

    private bool IsWhole(string path, List<Diagnostic> findings)
    {
        Examined++;
        var state = CachedFile.Examine(path);
        if (state == CachedState.Damaged)
            findings.Add(Removed(path, "books/cache-damaged", "was damaged"));
        return state == CachedState.Whole;
    }

    private Diagnostic Removed(string path, string code, string what)
    {
        CachedFile.Remove(path);
        return new Diagnostic(
            code,
            Severity.Error,
            $"{books.Folder.RelativePath(path)} {what}, and was removed. No figure is lost: it is made again from the charges.",
            "Nothing has to be done. If it happens again, examine the disk."
        );
    }
}
