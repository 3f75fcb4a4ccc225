using System.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Tests.Books;

public sealed class LongJournalTests(ITestOutputHelper output)
{
    [Fact]
    public void Ten_thousand_deliveries_open_without_a_snapshot()
    {
        using var some = new SomeBooks();
        WriteLongJournal(some, entries: 10_000);
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var watch = Stopwatch.StartNew();
            var state = some.Reopened().Current();
            if (watch.Elapsed < best)
                best = watch.Elapsed;
            output.WriteLine($"cold open {watch.Elapsed.TotalMilliseconds:0} ms");
            Assert.Equal(10_000, state.LiveDeliveries.Count);
        }
        // Measured: see the folder's README. The bound is wide because machines that run tests are busy.
        Assert.True(best < TimeSpan.FromSeconds(1), $"A cold open took {best.TotalMilliseconds} ms.");

        var books = some.Reopened();
        books.Current();
        var warm = Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++)
            books.Current();
        output.WriteLine($"warm {warm.Elapsed.TotalMilliseconds / 1000:0.000} ms");
        var append = Stopwatch.StartNew();
        for (var i = 0; i < 10; i++)
            books.Append("mia", SomeBooks.Committed($"more-{i}"));
        output.WriteLine($"append {append.Elapsed.TotalMilliseconds / 10:0.0} ms");
        Assert.Equal(10_010, some.Reopened().Current().HeadSeq);
    }

    [Fact]
    public void Checksums_are_taken_as_fast_as_a_disk_delivers()
    {
        using var some = new SomeBooks();
        var path = Path.Combine(some.Folder, "big");
        File.WriteAllBytes(path, new byte[256 << 20]);
        Checksum.OfFile(path);
        var watch = Stopwatch.StartNew();
        Checksum.OfFile(path);
        var rate = 0.25 / watch.Elapsed.TotalSeconds;
        output.WriteLine($"{rate:0.00} GiB/s");
        Assert.True(rate > 0.1, $"Only {rate:0.00} GiB/s.");
    }

    private static void WriteLongJournal(SomeBooks some, int entries)
    {
        var previous = JournalHead.NoHash;
        using (var file = File.Create(some.Journal))
        {
            for (var seq = 1; seq <= entries; seq++)
            {
                var delivery = SomeBooks.Delivery($"aws-2026-03-{seq:x8}") with
                {
                    Notes = ["FOCUS 1.0: detected from its columns (no InvoiceId, no ServiceSubcategory)."],
                    Files = [new BooksFile($"charges/aws/2026-03/{seq:x8}.parquet", Checksum.Of("x"u8), 1234, 99)],
                };
                var line = JournalLine.Write(
                    seq,
                    SomeBooks.Start,
                    "mia",
                    NewEntry.Of(new DeliveriesCommitted([delivery])),
                    previous
                );
                file.Write(line);
                previous = System.Text.Encoding.ASCII.GetString(line[^67..^3]);
            }
        }
        File.WriteAllText(some.Head, $"{{\"seq\":{entries},\"hash\":\"{previous}\"}}\n");
    }
}
