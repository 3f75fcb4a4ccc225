using System.Collections.Concurrent;
using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>Proves that files of the books are as they were booked, before anything is read from them.</summary>
/// <remarks>
/// A file is read and summed once; after that only size, times and inode are looked at, in this process from memory, in
/// the next from the cache file <c>.trust</c>, which may be deleted at any time. The limit of this: a change that
/// leaves size and times as they were (a disk that forgets a bit, or someone who may write the cache too) is not seen
/// here, but by <c>bursar verify</c>, which always reads every byte. A file changed within the last two seconds is not
/// remembered, since a second change could hide in the same tick.
/// </remarks>
public sealed class FileTrust
{
    private readonly BooksFolder books;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, ProvedFile> proved;
    private readonly Lazy<TrustCache> cache;

    /// <param name="books">The folder.</param>
    /// <param name="clock">The file system's own clock; a test that moves the books' time leaves this one
    /// alone.</param>
    public FileTrust(BooksFolder books, TimeProvider? clock = null)
    {
        this.books = books;
        this.clock = clock ?? TimeProvider.System;
        proved = new(StringComparer.Ordinal);
        cache = new(() => TrustCache.Load(books));
    }

    /// <summary>Proves every file that these deliveries store; what was proved before is only looked at.</summary>
    /// <exception cref="RefusedException">A file is missing, truncated or changed; it is named with its delivery and
    /// the remedy.</exception>
    public void Require(IEnumerable<BookedDelivery> deliveries, CancellationToken cancellation = default) =>
        Require(deliveries.SelectMany(BooksFiles.Of), cancellation);

    /// <summary>Proves files; those that were proved before are only looked at.</summary>
    /// <exception cref="RefusedException">A file is missing, truncated or changed.</exception>
    public void Require(IEnumerable<VouchedFile> files, CancellationToken cancellation = default)
    {
        var unproved = files.Where(file => !IsRemembered(file)).ToArray();
        if (unproved.Length == 0)
            return;
        var findings = new Diagnostic?[unproved.Length];
        var options = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, 8),
        };
        Parallel.For(0, unproved.Length, options, i => findings[i] = Prove(unproved[i], cancellation));
        cache.Value.Save(proved.Values);
        if (findings.FirstOrDefault(f => f is not null) is { } finding)
            throw new RefusedException(finding);
    }

    /// <summary>Proves one file.</summary>
    public void Require(VouchedFile file, CancellationToken cancellation = default) => Require([file], cancellation);

    /// <summary>
    /// Reads a file whole, whatever was proved before, and says what is wrong with it; null when nothing is.
    /// </summary>
    public Diagnostic? Examine(VouchedFile file, CancellationToken cancellation = default)
    {
        var path = books.FullPath(file.Path);
        if (FileStamp.Of(path) is not { } stamp)
            return Wrong("file-missing", file, "is missing");
        if (file.Bytes is { } bytes && stamp.Bytes != bytes)
            return Wrong(
                "file-size",
                file,
                string.Create(CultureInfo.InvariantCulture, $"has {stamp.Bytes} bytes instead of {bytes}")
            );
        try
        {
            return Checksum.OfFile(path, cancellation) == file.Sha256
                ? null
                : Wrong("file-changed", file, "is not the file that was booked: its checksum is another");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return Wrong("file-unreadable", file, $"cannot be read ({cause.Message})");
        }
    }

    private Diagnostic? Prove(VouchedFile file, CancellationToken cancellation)
    {
        var before = FileStamp.Of(books.FullPath(file.Path));
        if (Examine(file, cancellation) is { } finding)
            return finding;
        // Remembered only if the file stood still while it was read.
        if (
            before is { } stamp
            && stamp == FileStamp.Of(books.FullPath(file.Path))
            && !stamp.IsTooYoungAt(clock.GetUtcNow())
        )
            proved[file.Path] = new ProvedFile(file.Path, file.Sha256, stamp);
        return null;
    }

    private bool IsRemembered(VouchedFile file)
    {
        if (FileStamp.Of(books.FullPath(file.Path)) is not { } stamp)
            return false;
        var expected = new ProvedFile(file.Path, file.Sha256, stamp);
        if (proved.TryGetValue(file.Path, out var known) && known == expected)
            return true;
        if (!cache.Value.Holds(expected))
            return false;
        proved[file.Path] = expected;
        return true;
    }

    private static Diagnostic Wrong(string code, VouchedFile file, string what) =>
        new(
            "books/" + code,
            Severity.Error,
            $"{file.Path} ({file.Owner}) {what}; nothing that rests on it is answered.",
            file.Remedy
        );
}
