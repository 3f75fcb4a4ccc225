using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Tests.Books;

public sealed class FileTrustTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300).Select(i => (byte)(i % 251))];

    [Fact]
    public void Any_flipped_byte_of_a_booked_file_is_refused_and_named()
    {
        using var some = new SomeBooks();
        var delivery = some.CommitWithFile("aws-2026-03-7f3a9c21", Content);
        var path = some.Books.Folder.FullPath(delivery.Delivery.Files[0].Path);
        some.Books.Trust.Require([delivery]);
        for (var i = 0; i < Content.Length; i++)
        {
            var changed = Content.ToArray();
            changed[i] ^= 0x10;
            File.WriteAllBytes(path, changed);

            foreach (var books in new[] { some.Books, some.Reopened() })
            {
                var refused = Assert.Throws<RefusedException>(() => books.Trust.Require([delivery]));
                Assert.Equal("books/file-changed", refused.Diagnostic.Code);
                Assert.Contains(
                    "charges/aws/2026-03/aws-2026-03-7f3a9c21.parquet (delivery aws-2026-03-7f3a9c21)",
                    refused.Message
                );
                Assert.Contains("bursar withdraw aws-2026-03-7f3a9c21", refused.Diagnostic.Remedy);
            }
        }
        File.WriteAllBytes(path, Content);
        some.Books.Trust.Require([delivery]);
    }

    [Fact]
    public void A_truncated_or_missing_file_is_refused_and_named()
    {
        using var some = new SomeBooks();
        var delivery = some.CommitWithFile("aws-2026-03-7f3a9c21", Content);
        var path = some.Books.Folder.FullPath(delivery.Delivery.Files[0].Path);

        File.WriteAllBytes(path, Content[..^1]);
        Assert.Equal(
            "books/file-size",
            Assert.Throws<RefusedException>(() => some.Books.Trust.Require([delivery])).Diagnostic.Code
        );
        File.Delete(path);
        Assert.Equal(
            "books/file-missing",
            Assert.Throws<RefusedException>(() => some.Books.Trust.Require([delivery])).Diagnostic.Code
        );
        var audit = BooksAudit.Run(some.Books);
        Assert.False(audit.Passed);
        Assert.Equal("books/file-missing", Assert.Single(audit.Findings).Code);
    }

    /// <summary>The limit, stated: what no look from outside can see is found by verify.</summary>
    [Fact]
    public void Bit_rot_behind_unchanged_times_is_found_by_the_audit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs the change time that Linux keeps.");
        using var some = new SomeBooks();
        var delivery = some.CommitWithFile("aws-2026-03-7f3a9c21", Content);
        var file = BooksFiles.Of(delivery).Single();
        var path = some.Books.Folder.FullPath(file.Path);
        // A clock an hour on stands for a file that was booked an hour ago.
        var later = new SetClock(
            DateTimeOffset.FromUnixTimeSeconds(FileStamp.Of(path)!.Value.Changed / 1_000_000_000).AddHours(1)
        );
        new FileTrust(some.Books.Folder, later).Require(file);
        Assert.True(File.Exists(some.Books.Folder.TrustCache));

        // Written with the true stamp but another content, the cache is what a disk that forgets a bit leaves us with.
        var rotten = Content.ToArray();
        rotten[7] ^= 1;
        File.WriteAllBytes(path, rotten);
        ForgeCache(some.Books.Folder, file, FileStamp.Of(path)!.Value);

        new FileTrust(some.Books.Folder, later).Require(file);
        Assert.Equal("books/file-changed", Assert.Single(BooksAudit.Run(some.Books).Findings).Code);
    }

    [Fact]
    public void What_was_proved_is_remembered_across_processes_until_the_file_changes()
    {
        using var some = new SomeBooks();
        var delivery = some.CommitWithFile("aws-2026-03-7f3a9c21", Content);
        var file = BooksFiles.Of(delivery).Single();
        var later = new SetClock(new DateTimeOffset(File.GetLastWriteTimeUtc(some.Journal)).AddHours(1));
        new FileTrust(some.Books.Folder, later).Require(file);
        var cache = File.ReadAllText(some.Books.Folder.TrustCache);
        Assert.Contains(file.Sha256, cache);

        // A cache with a changed byte proves nothing, and is made anew.
        File.WriteAllText(some.Books.Folder.TrustCache, cache.Replace("parquet", "parquex"));
        new FileTrust(some.Books.Folder, later).Require(file);
        Assert.Equal(cache, File.ReadAllText(some.Books.Folder.TrustCache));

        // The same size and content, but written again: read again, and remembered as it looks now.
        File.WriteAllBytes(some.Books.Folder.FullPath(file.Path), Content);
        new FileTrust(some.Books.Folder, later).Require(file);
        Assert.NotEqual(cache, File.ReadAllText(some.Books.Folder.TrustCache));
    }

    [Fact]
    public void A_file_written_a_moment_ago_is_proved_but_not_remembered()
    {
        using var some = new SomeBooks();
        var delivery = some.CommitWithFile("aws-2026-03-7f3a9c21", Content);
        some.Books.Trust.Require([delivery]);
        Assert.False(File.Exists(some.Books.Folder.TrustCache));
    }

    [Theory]
    [InlineData("../outside.parquet")]
    [InlineData("/etc/hostname")]
    [InlineData("charges/../../outside")]
    [InlineData("rulebooks/x/../../journal.jsonl")]
    [InlineData("charges//x")]
    [InlineData("")]
    public void A_path_that_leaves_the_books_is_refused(string path)
    {
        using var some = new SomeBooks();
        Assert.Equal(
            "books/path-outside",
            Assert.Throws<RefusedException>(() => some.Books.Folder.FullPath(path)).Diagnostic.Code
        );
    }

    [Theory]
    [InlineData("AWS", "aws")]
    [InlineData("Größe/../2", "gr-e-2")]
    [InlineData("..", "unnamed")]
    [InlineData("con air\0x", "con-air-x")]
    public void Any_text_can_be_made_a_name(string text, string name)
    {
        Assert.Equal(name, BooksFolder.SafeName(text));
        Assert.Equal(name, BooksFolder.CheckedName(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\0")]
    [InlineData("-a")]
    [InlineData("a.")]
    public void A_name_that_is_no_file_name_everywhere_is_refused(string name) =>
        Assert.Equal(
            "books/bad-name",
            Assert.Throws<RefusedException>(() => BooksFolder.CheckedName(name)).Diagnostic.Code
        );

    private static void ForgeCache(BooksFolder books, VouchedFile file, FileStamp stamp)
    {
        File.Delete(books.TrustCache);
        TrustCache.Load(books).Save([new ProvedFile(file.Path, file.Sha256, stamp)]);
    }
}
