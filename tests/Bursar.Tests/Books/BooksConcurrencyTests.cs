using System.Diagnostics;
using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Tests.Books;

public sealed class BooksConcurrencyTests
{
    private const string ChildFolder = "BURSAR_TEST_CHILD_BOOKS";
    private const string ChildName = "BURSAR_TEST_CHILD_NAME";

    [Fact]
    public async Task Threads_that_write_at_once_keep_one_chain_while_a_reader_never_waits()
    {
        using var some = new SomeBooks();
        const int writers = 4,
            each = 10;
        using var done = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            long seen = 0;
            var reader = some.Reopened();
            while (!done.IsCancellationRequested)
            {
                foreach (var books in new[] { reader, some.Reopened() })
                {
                    var seq = books.Current().HeadSeq;
                    Assert.True(seq >= seen, "The journal went back.");
                    seen = seq;
                }
            }
        });

        Parallel.For(
            0,
            writers,
            new ParallelOptions { MaxDegreeOfParallelism = writers },
            w =>
            {
                var books = some.Reopened();
                for (var i = 0; i < each; i++)
                    books.Append($"writer-{w}", SomeBooks.Committed($"d-{w}-{i}"));
            }
        );
        await done.CancelAsync();
        await reading;

        var state = some.Reopened().Current();
        Assert.Equal(writers * each, state.HeadSeq);
        Assert.Equal(writers * each, state.Deliveries.DistinctBy(d => d.Id).Count());
        Assert.True(BooksAudit.Run(some.Reopened()).Passed);
    }

    [Fact]
    public void Of_two_that_would_replace_the_same_delivery_one_sees_the_other()
    {
        using var some = new SomeBooks();
        some.Commit("old");

        Parallel.For(
            0,
            6,
            n =>
                some.Reopened()
                    .Commit(
                        "mia",
                        state => SomeBooks.Committed($"new-{n}", [.. state.LiveDeliveries.Select(d => d.Id)])
                    )
        );

        Assert.Single(some.Reopened().Current().LiveDeliveries);
    }

    [Fact]
    public void A_writer_that_cannot_wait_longer_says_so()
    {
        using var some = new SomeBooks();
        using var other = FileLock.TryTake(some.Books.Folder.Lock);
        Assert.NotNull(other);
        Assert.Null(FileLock.TryTake(some.Books.Folder.Lock));

        var refused = Assert.Throws<RefusedException>(() => FileLock.Take(some.Books.Folder.Lock, TimeSpan.Zero));

        Assert.Equal("books/busy", refused.Diagnostic.Code);
        Assert.Contains(some.Folder, refused.Message);
        Assert.Equal(0, some.Books.Current().HeadSeq);
    }

    /// <summary>
    /// Two processes append as fast as they can and are killed at some instant; what they were told is booked is
    /// booked.
    /// </summary>
    [Fact]
    public void Killed_writers_lose_nothing_that_was_acknowledged()
    {
        using var some = new SomeBooks();
        var random = new Random(20261011);
        var acknowledged = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            using var left = StartChild(some.Folder, $"left-{round}");
            using var right = StartChild(some.Folder, $"right-{round}");
            acknowledged.AddRange(ReadThenKill(left, random.Next(3, 20)));
            acknowledged.AddRange(ReadThenKill(right, random.Next(3, 20)));

            var audit = BooksAudit.Run(some.Reopened());
            Assert.True(audit.Passed, string.Join('\n', audit.Findings));
            Assert.All(acknowledged, id => Assert.NotNull(some.Reopened().Current().Find(id)));
        }
        some.Commit("after-all");
        Assert.True(BooksAudit.Run(some.Reopened()).Passed);
    }

    /// <summary>Not a test but the writer that the test above starts and kills.</summary>
    [Fact(Explicit = true)]
    public void Child_that_appends_until_it_is_killed()
    {
        var folder = Environment.GetEnvironmentVariable(ChildFolder);
        Assert.SkipWhen(folder is null, "Only the test above starts this.");
        var name = Environment.GetEnvironmentVariable(ChildName);
        var books = BooksOfRecord.Open(folder);
        using var told = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        for (var i = 0; i < 5000; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
            books.Append(name!, SomeBooks.Committed(id));
            told.WriteLine($"booked {id}");
        }
    }

    private static Process StartChild(string folder, string name)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [ChildFolder] = folder, [ChildName] = name },
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(SomeBooks).Assembly.Location);
        start.ArgumentList.Add("--filter-method");
        start.ArgumentList.Add($"*.{nameof(Child_that_appends_until_it_is_killed)}");
        start.ArgumentList.Add("--explicit");
        start.ArgumentList.Add("only");
        return Process.Start(start)!;
    }

    private static List<string> ReadThenKill(Process child, int lines)
    {
        var booked = new List<string>();
        while (booked.Count < lines && child.StandardOutput.ReadLine() is { } line)
        {
            var at = line.IndexOf("booked ");
            if (at >= 0)
                booked.Add(line[(at + 7)..].Trim());
        }
        child.Kill();
        child.WaitForExit();
        Assert.True(booked.Count == lines, $"The child booked {booked.Count}: {child.StandardError.ReadToEnd()}");
        return booked;
    }
}
