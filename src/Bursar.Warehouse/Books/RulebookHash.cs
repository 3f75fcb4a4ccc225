using System.Text;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>Names the content of a rulebook: SHA-256 of its files' checksum lines.</summary>
/// <remarks>
/// The lines are those of <c>sha256sum</c> (checksum, two spaces, path, line feed), sorted by path byte by byte; paths
/// are relative to
/// the rulebook and use "/". So <c>find . -type f -printf '%P\n' | LC_ALL=C sort | xargs sha256sum | sha256sum</c>
/// gives the same.
/// </remarks>
public static class RulebookHash
{
    public static string Of(IEnumerable<PublishedFile> files)
    {
        var lines = files.OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => $"{f.Sha256}  {f.Path}\n");
        return Checksum.Of(Encoding.UTF8.GetBytes(string.Concat(lines)));
    }
}
