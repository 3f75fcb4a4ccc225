using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;

namespace Bursar.Tests.Books;

public sealed class JournalTests
{
    [Fact]
    public void A_line_is_what_the_readme_says()
    {
        using var some = new SomeBooks();
        some.Books.Append(
            "mia",
            NewEntry.Of(
                "delivery-withdrawn-example",
                new DeliveryWithdrawn("x", "Ünsinn \"x\"\n"),
                BooksJson.Line.DeliveryWithdrawn
            )
        );

        var line = File.ReadAllLines(some.Journal)[0];

        Assert.StartsWith(
            "{\"seq\":1,\"at\":\"2026-04-03T08:00:00.0000000Z\",\"actor\":\"mia\",\"kind\":\"delivery-withdrawn-example\","
                + "\"data\":{\"id\":\"x\",\"reason\":\"Ünsinn \\\"x\\\"\\n\"},\"previous\":\""
                + new string('0', 64)
                + "\",\"hash\":\"",
            line
        );
        Assert.Equal(
            "delivery-withdrawn-example",
            JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()
        );
        Assert.EndsWith("}\n", File.ReadAllText(some.Journal));
    }

    [Fact]
    public void Anyone_can_recompute_the_hashes()
    {
        using var some = new SomeBooks();
        some.Commit("a");
        some.Commit("b", "a");
        some.Books.Append("jörg", SomeBooks.Withdrawn("b"));

        var previous = new string('0', 64);
        foreach (var line in File.ReadAllLines(some.Journal))
        {
            var unhashed = Regex.Replace(line, ",\"hash\":\"[0-9a-f]{64}\"}$", "}");
            var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(unhashed))).ToLowerInvariant();
            var json = JsonDocument.Parse(line).RootElement;
            Assert.Equal(hash, json.GetProperty("hash").GetString());
            Assert.Equal(previous, json.GetProperty("previous").GetString());
            previous = hash;
        }
        Assert.Equal($"{{\"seq\":3,\"hash\":\"{previous}\"}}\n", File.ReadAllText(some.Head));
        Assert.Equal(previous, some.Reopened().Current().HeadHash);
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        using var some = new SomeBooks();
        some.Commit("a");
        some.Books.Append("mia", SomeBooks.Withdrawn("a"));
        foreach (var path in new[] { some.Journal, some.Head })
        {
            var whole = File.ReadAllBytes(path);
            for (var i = 0; i < whole.Length; i++)
            {
                foreach (var mask in new byte[] { 0x01, 0x80, (byte)(whole[i] ^ '\n') }.Where(m => m != 0))
                {
                    Write(path, i, (byte)(whole[i] ^ mask));
                    var refused = Assert.Throws<RefusedException>(() => some.Reopened().Current());
                    Assert.Contains(some.Folder, refused.Message);
                }
                Write(path, i, whole[i]);
            }
        }
        Assert.Equal(2, some.Reopened().Current().HeadSeq);

        static void Write(string path, long at, byte value)
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
            RandomAccess.Write(file, [value], at);
        }
    }

    [Fact]
    public void A_running_reader_notices_a_changed_byte_too()
    {
        using var some = new SomeBooks();
        some.Commit("a");
        var reader = some.Reopened();
        Assert.Equal(1, reader.Current().HeadSeq);

        var bytes = File.ReadAllBytes(some.Journal);
        bytes[20] ^= 1;
        File.WriteAllBytes(some.Journal, bytes);

        Assert.Equal("books/journal-damaged", Assert.Throws<RefusedException>(() => reader.Current()).Diagnostic.Code);
    }

    [Fact]
    public void A_journal_cut_at_any_length_is_refused_by_name()
    {
        using var some = new SomeBooks();
        some.Commit("a");
        some.Commit("b");
        var whole = File.ReadAllBytes(some.Journal);
        for (var length = whole.Length - 2; length >= 0; length--)
        {
            using (var file = File.OpenWrite(some.Journal))
                file.SetLength(length);
            var refused = Assert.Throws<RefusedException>(() => some.Reopened().Current());
            Assert.Equal("books/journal-tail-missing", refused.Diagnostic.Code);
            Assert.Contains(some.Journal, refused.Message);
        }

        // Only the line feed is missing: the line proves itself.
        File.WriteAllBytes(some.Journal, whole[..^1]);
        Assert.Equal(2, some.Reopened().Current().HeadSeq);
        some.Reopened().Append("mia", SomeBooks.Committed("c"));
        Assert.Equal(3, some.Reopened().Current().HeadSeq);
        Assert.Equal(whole, File.ReadAllBytes(some.Journal)[..whole.Length]);
    }

    [Fact]
    public void A_torn_line_of_any_length_is_ignored_then_moved_aside_and_never_cut()
    {
        using var some = new SomeBooks();
        some.Commit("a");
        var (journal, head) = (File.ReadAllBytes(some.Journal), File.ReadAllText(some.Head));
        some.Commit("b");
        var whole = File.ReadAllBytes(some.Journal);
        for (var length = journal.Length + 1; length < whole.Length - 1; length += 41)
        {
            foreach (var file in Directory.GetFiles(some.Folder, "journal.torn-*"))
                File.Delete(file);
            File.WriteAllBytes(some.Journal, whole[..length]);
            File.WriteAllText(some.Head, head);

            var books = some.Reopened();
            Assert.Equal(1, books.Current().HeadSeq);
            books.Append("mia", SomeBooks.Committed("c"));

            Assert.Equal(
                whole[journal.Length..length],
                File.ReadAllBytes(Path.Combine(some.Folder, "journal.torn-2-1"))
            );
            Assert.Equal(["a", "c"], some.Reopened().Current().Deliveries.Select(d => d.Id));
            Assert.Contains(BooksAudit.Run(some.Reopened()).Findings, f => f.Code == "books/torn-line");
        }
    }

    [Fact]
    public void A_crash_between_journal_and_head_is_healed_by_the_next_entry()
    {
        using var some = new SomeBooks();
        some.Commit("a");
        var head = File.ReadAllText(some.Head);
        some.Commit("b");
        File.WriteAllText(some.Head, head);

        Assert.Equal(2, some.Reopened().Current().HeadSeq);
        Assert.True(BooksAudit.Run(some.Reopened()).Passed);
        some.Reopened().Append("mia", SomeBooks.Committed("c"));

        Assert.StartsWith("{\"seq\":3,", File.ReadAllText(some.Head));
        Assert.Equal(3, some.Reopened().Current().HeadSeq);
    }

    [Fact]
    public void A_lost_head_or_journal_is_refused_by_name()
    {
        using var some = new SomeBooks();
        some.Commit("a");
        var (journal, head) = (File.ReadAllBytes(some.Journal), File.ReadAllBytes(some.Head));

        File.Delete(some.Head);
        Assert.Equal(
            "books/head-missing",
            Assert.Throws<RefusedException>(() => some.Reopened().Current()).Diagnostic.Code
        );
        Assert.Throws<RefusedException>(() => BooksOfRecord.Create(some.Folder).Current());

        File.WriteAllBytes(some.Head, head);
        File.Delete(some.Journal);
        Assert.Equal(
            "books/journal-tail-missing",
            Assert.Throws<RefusedException>(() => some.Reopened().Current()).Diagnostic.Code
        );
        Assert.Throws<RefusedException>(() => BooksOfRecord.Create(some.Folder).Current());

        File.WriteAllBytes(some.Journal, journal);
        Assert.Equal(1, some.Reopened().Current().HeadSeq);
    }

    [Fact]
    public void Entries_in_another_order_or_left_out_are_refused()
    {
        using var some = new SomeBooks();
        some.Commit("a");
        some.Commit("b");
        some.Commit("c");
        var lines = File.ReadAllLines(some.Journal);
        foreach (var order in new[] { "021", "12", "02", "0012", "0122" })
        {
            File.WriteAllText(some.Journal, string.Concat(order.Select(i => lines[i - '0'] + "\n")));
            Assert.StartsWith(
                "books/journal-",
                Assert.Throws<RefusedException>(() => some.Reopened().Current()).Diagnostic.Code
            );
        }
    }

    [Fact]
    public void Time_in_the_journal_never_goes_back_though_the_clock_does()
    {
        using var some = new SomeBooks();
        some.Commit("a");
        some.Clock.Now = SomeBooks.Start.AddHours(-3);
        some.Commit("b");
        some.Clock.Now = SomeBooks.Start.AddSeconds(1);
        some.Commit("c");

        Assert.Equal(
            [SomeBooks.Start, SomeBooks.Start, SomeBooks.Start.AddSeconds(1)],
            some.Reopened().Current().Entries.Select(e => e.At)
        );
    }
}
