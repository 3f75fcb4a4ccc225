using System.Diagnostics;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Tests.Warehouse;

public sealed class DuckDbSessionTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IDisposable
{
    /// <summary>Some hours of work for the engine, unless somebody stops it.</summary>
    private const string Endless =
        "SELECT count(*) FROM range(3000000) a(i), range(3000000) b(j) WHERE (i * 7 + j) % 1000003 = 1";

    private readonly DuckDbSession session = fixture.Engine.Connect();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Several_statements_run_in_order_and_the_last_tells_its_rows()
    {
        Assert.Equal(3, session.Execute("CREATE TABLE several (n INTEGER); INSERT INTO several VALUES (1), (2), (3)"));
        Assert.Equal(2, session.Execute("DELETE FROM several WHERE n > $1", [1]));
        Assert.Equal(1L, session.Ask("SELECT count(*) FROM several"));
    }

    [Fact]
    public void A_million_rows_stream_through_little_memory()
    {
        using var small = DuckDbEngine.Open(new DuckDbOptions { MemoryLimitBytes = 64 << 20, Threads = 2 });
        using var reader = small.Connect();
        using var rows = reader.Query(
            "SELECT i, 'a text of some length, number ' || i AS text FROM range(1000000) t(i)"
        );
        long count = 0,
            sum = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (rows.Read())
        {
            count++;
            sum += rows.GetInt64(0);
        }
        Assert.Equal(1_000_000, count);
        Assert.Equal(999_999L * 1_000_000 / 2, sum);
        Assert.True(
            GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000,
            "Reading numbers allocates per chunk, not per row."
        );
    }

    [Theory]
    [InlineData("SELEC 1", DuckDbErrorType.Parser, "syntax error at or near \"SELEC\"")]
    [InlineData("SELECT * FROM charges_that_are_not", DuckDbErrorType.Catalog, "charges_that_are_not does not exist")]
    [InlineData("SELECT nothing FROM (SELECT 1 AS BilledCost)", DuckDbErrorType.Binder, "\"nothing\" not found")]
    [InlineData("SELECT 'twelve'::INTEGER", DuckDbErrorType.Conversion, "Could not convert string 'twelve' to INT32")]
    [InlineData(
        "SELECT 99999999999999999999::DECIMAL(38,18) * 100",
        DuckDbErrorType.OutOfRange,
        "Overflow in multiplication"
    )]
    [InlineData("SET memory_limit = '1GB'", DuckDbErrorType.InvalidInput, "the configuration has been locked")]
    public void A_mistake_is_told_in_the_engines_words(string sql, DuckDbErrorType type, string words)
    {
        var failure = Assert.Throws<DuckDbException>(() => session.Execute(sql));
        Assert.Equal(type, failure.ErrorType);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_in_the_middle_of_a_stream_is_told_and_the_session_goes_on()
    {
        using (
            var reader = session.Query(
                "SELECT CASE WHEN i = 3000000 THEN 'x' ELSE '1' END::INTEGER FROM range(4000000) t(i)"
            )
        )
        {
            var failure = Assert.Throws<DuckDbException>(() =>
            {
                while (reader.Read()) { }
            });
            Assert.Equal(DuckDbErrorType.Conversion, failure.ErrorType);
            Assert.False(reader.Read());
        }
        Assert.Equal(1, session.Ask("SELECT 1"));
    }

    [Fact]
    public void A_stream_can_be_left_in_the_middle()
    {
        for (var i = 0; i < 20; i++)
        {
            using var reader = session.Query("SELECT i FROM range(10000000) t(i)");
            Assert.True(reader.Read());
        }
        Assert.Equal(1, session.Ask("SELECT 1"));
    }

    [Fact]
    public void Everything_can_be_closed_in_any_order()
    {
        var engine = DuckDbEngine.Open(new DuckDbOptions { MemoryLimitBytes = 256 << 20 });
        var closing = engine.Connect();
        var reader = closing.Query("SELECT i FROM range(10000000) t(i)");
        reader.Read();
        engine.Dispose();
        closing.Dispose();
        reader.Dispose();
        closing.Dispose();
        Assert.Throws<InvalidOperationException>(() => reader.GetInt64(0));
    }

    [Fact]
    public void A_session_answers_one_question_at_a_time()
    {
        using var reader = session.Query("SELECT 1");
        Assert.Throws<InvalidOperationException>(() => session.Execute("SELECT 2"));
    }

    [Fact]
    public async Task Two_sessions_answer_side_by_side()
    {
        using var other = fixture.Engine.Connect();
        using var mine = session.Query("SELECT i FROM range(300000) t(i)");
        var theirs = Task.Run(
            () => other.Ask("SELECT sum(i) FROM range(300000) t(i)"),
            TestContext.Current.CancellationToken
        );
        Int128 sum = 0;
        while (mine.Read())
            sum += mine.GetInt64(0);
        Assert.Equal(sum, await theirs);
    }

    [Fact]
    public async Task Cancelling_stops_a_long_question_at_once()
    {
        using var cancel = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        var question = Task.Run(
            () => session.Execute(Endless, cancel: cancel.Token),
            TestContext.Current.CancellationToken
        );
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => question);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"It took {watch.Elapsed}.");
        Assert.Equal(1, session.Ask("SELECT 1"));
    }

    [Fact]
    public void Cancelling_ends_a_stream()
    {
        using var cancel = new CancellationTokenSource();
        using var reader = session.Query("SELECT i FROM range(100000000) t(i)", cancel: cancel.Token);
        Assert.True(reader.Read());
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            while (reader.Read()) { }
        });
    }

    [Fact]
    public void The_engine_lives_in_utc_and_fetches_nothing()
    {
        Assert.Equal("UTC", session.Ask("SELECT current_setting('TimeZone')"));
        Assert.Equal(false, session.Ask("SELECT current_setting('autoinstall_known_extensions')"));
        Assert.Throws<DuckDbException>(() => session.Execute("INSTALL httpfs"));
    }
}
