using System.Globalization;
using System.Numerics;
using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.DuckDb.Functions;
using FsCheck.Fluent;

namespace Bursar.Tests.Warehouse;

public sealed class FocusFunctionTests : IClassFixture<EngineFixture>, IDisposable
{
    private readonly EngineFixture fixture;
    private readonly DuckDbSession session;
    private readonly CellLog log = new();

    public FocusFunctionTests(EngineFixture fixture)
    {
        this.fixture = fixture;
        session = fixture.Engine.Connect();
        FocusFunctions.Register(session, log);
    }

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("12.50", "12.5")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("-3", "-3")]
    [InlineData("6.1E-7", "0.00000061")]
    [InlineData("6e2", "600")]
    [InlineData("0.000000000000000001", "0.000000000000000001")]
    [InlineData("99999999999999999999.999999999999999999", "99999999999999999999.999999999999999999")]
    [InlineData("-99999999999999999999", "-99999999999999999999")]
    [InlineData("1.0000000000000000000000", "1")]
    public void An_amount_is_read_to_its_last_digit(string text, string expected)
    {
        Assert.Equal(Amount.Parse(expected), session.Ask("SELECT focus_amount(?, 1)", text));
        Assert.Empty(log.Counts);
    }

    [Theory]
    [InlineData("0.0000000000000000005", "0.000000000000000001", "-0.0000000000000000005")]
    [InlineData("-0.0000000000000000004", "0", "-0.0000000000000000004")]
    [InlineData("6E-23", "0", "0.00000000000000000000006")]
    [InlineData("1.2345678901234567891", "1.234567890123456789", "0.0000000000000000001")]
    public void What_rounding_takes_away_is_counted_exactly(string text, string expected, string residue)
    {
        Assert.Equal(Amount.Parse(expected), session.Ask("SELECT focus_amount(?, 7)", text));
        var count = Assert.Single(log.Counts);
        Assert.Equal((7, 0L, 1L), (count.Ordinal, count.Unreadable, count.Rounded));
        Assert.Equal(residue, AmountText.WriteResidue(count.Residue));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 5 ")]
    [InlineData("+5")]
    [InlineData("1_000")]
    [InlineData("1,000.00")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("100000000000000000000")]
    [InlineData("1e20")]
    [InlineData("1e-65")]
    [InlineData("١٢")]
    public void What_is_not_an_amount_becomes_null_and_is_counted(string text)
    {
        Assert.Null(session.Ask("SELECT focus_amount(?, 3)", text));
        Assert.Equal([new CellCount(3, 1, 0, BigInteger.Zero)], log.Counts);
    }

    [Fact]
    public void Any_number_is_read_as_whole_numbers_would_calculate_it()
    {
        var digits = Gen.Elements("0123456789".ToCharArray());
        var whole = Gen.Choose(1, 19).SelectMany(n => Gen.ArrayOf(digits, n)).Select(d => new string(d));
        var fraction = Gen.Choose(0, 30).SelectMany(n => Gen.ArrayOf(digits, n)).Select(d => new string(d));
        var exponent = Gen.Choose(-34, 1);
        var numbers =
            from negative in Gen.Elements(true, false)
            from w in whole
            from f in fraction
            from e in exponent
            select (negative, w, f, e);
        var sample = numbers.Sample(5000, 50).ToArray();
        var texts = sample
            .Select(n =>
                (n.negative ? "-" : "") + n.w + (n.f.Length > 0 ? "." + n.f : "") + (n.e != 0 ? "E" + n.e : "")
            )
            .ToList();
        var step = BigInteger.Pow(10, 64 - 18);
        var residue = BigInteger.Zero;
        using var reader = session.Query("SELECT focus_amount(unnest($1), 1)", [texts]);
        for (var i = 0; reader.Read(); i++)
        {
            var (negative, w, f, e) = sample[i];
            var exact = BigInteger.Parse((negative ? "-" : "") + w + f) * BigInteger.Pow(10, 64 - f.Length + e);
            var expected = (BigInteger.Abs(exact) + (step / 2)) / step * exact.Sign;
            Assert.True(reader.GetAmount(0).Units == expected, $"{texts[i]}: {reader.GetAmount(0)}, not {expected}");
            residue += exact - (expected * step);
        }
        Assert.Equal(residue, Assert.Single(log.Counts).Residue);
    }

    [Theory]
    [InlineData("2026-01-05", "2026-01-05 00:00:00")]
    [InlineData("2026-01-05T10:20:30Z", "2026-01-05 10:20:30")]
    [InlineData("2026-01-05T10:20:30.5Z", "2026-01-05 10:20:30.5")]
    [InlineData("2026-01-05T10:20:30.123456789Z", "2026-01-05 10:20:30.123456")]
    [InlineData("2026-01-05T10:20:30+05:30", "2026-01-05 04:50:30")]
    [InlineData("2026-01-05T10:20:30-0830", "2026-01-05 18:50:30")]
    [InlineData("2026-01-05T00:20:30+01", "2026-01-04 23:20:30")]
    [InlineData("2026-01-05 10:20:30", "2026-01-05 10:20:30")]
    [InlineData("2026-01-05 10:20:30.25 UTC", "2026-01-05 10:20:30.25")]
    [InlineData("2026-01-05 10:20", "2026-01-05 10:20:00")]
    [InlineData("2026-01-05T00:00Z", "2026-01-05 00:00:00")]
    [InlineData("2024-02-29T23:59:59Z", "2024-02-29 23:59:59")]
    [InlineData("2000-01-01", "2000-01-01 00:00:00")]
    [InlineData("2100-12-31T23:59:59Z", "2100-12-31 23:59:59")]
    public void A_time_is_read_as_utc(string text, string expected)
    {
        Assert.Equal(expected, session.Ask("SELECT focus_timestamp(?, 1)::VARCHAR", text));
        Assert.Empty(log.Counts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("infinity")]
    [InlineData("2026-02-29")]
    [InlineData("2026-13-01")]
    [InlineData("2026-00-01")]
    [InlineData("2026-01-05T24:00:00Z")]
    [InlineData("2026-01-05T10:20:60Z")]
    [InlineData("2026-01-05T10:20:30.Z")]
    [InlineData("2026-01-05T10:20:30+15:00")]
    [InlineData("2026-01-05T10:20:30 CET")]
    [InlineData("2026-01-05T10:20:30Z ")]
    [InlineData("2026-01-05T10")]
    [InlineData("2026-1-5")]
    [InlineData("01/05/2026")]
    [InlineData("20260105")]
    [InlineData("1999-12-31T23:59:59Z")]
    [InlineData("2000-01-01T00:00:00+05:30")]
    [InlineData("2101-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("0000-01-01")]
    public void What_is_not_a_time_of_a_bill_becomes_null_and_is_counted(string text)
    {
        Assert.Null(session.Ask("SELECT focus_timestamp(?, 4)", text));
        Assert.Equal([new CellCount(4, 1, 0, BigInteger.Zero)], log.Counts);
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("  {\"team\": \"core\"} ", "{\"team\": \"core\"}")]
    [InlineData(
        "{\"n\":1.50,\"b\":true,\"z\":null,\"deep\":{\"a\":[1]}}",
        "{\"n\":1.50,\"b\":true,\"z\":null,\"deep\":{\"a\":[1]}}"
    )]
    [InlineData(
        "[{\"key\":\"team\",\"value\":\"core\"},{\"key\":\"env\",\"value\":\"prod\"}]",
        "{\"team\":\"core\",\"env\":\"prod\"}"
    )]
    [InlineData("[{\"Key\":\"größe\",\"Value\":\"a\\\"b\"}]", "{\"größe\":\"a\\\"b\"}")]
    [InlineData("[{\"key\":\"k\",\"value\":null,\"namespace\":\"x\"}, {\"key\":\"l\"}]", "{\"k\":null,\"l\":null}")]
    [InlineData("[]", "{}")]
    [InlineData("\"team\": \"core\",\"env\": \"prod\"", "{\"team\": \"core\",\"env\": \"prod\"}")]
    [InlineData("{team=core, env=prod}", "{\"team\":\"core\",\"env\":\"prod\"}")]
    [InlineData(
        "{a b='x, y', 'q\\'q'='b\"c', e='', n=NULL, 'null'='NULL', bs=a\\b}",
        "{\"a b\":\"x, y\",\"q'q\":\"b\\\"c\",\"e\":\"\",\"n\":null,\"null\":\"NULL\",\"bs\":\"a\\\\b\"}"
    )]
    [InlineData("{k=a=b}", "{\"k\":\"a=b\"}")]
    public void Tags_become_one_json_object(string text, string expected)
    {
        Assert.Equal(expected, session.Ask("SELECT focus_tags(?, 1)", text));
        Assert.Empty(log.Counts);
        Assert.Equal(true, session.Ask("SELECT json_valid(?)", expected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("team")]
    [InlineData("null")]
    [InlineData("\"team\"")]
    [InlineData("{\"team\": \"core\"")]
    [InlineData("{\"team\": \"core\"} x")]
    [InlineData("{\"team\": \"a\", \"team\": \"b\"}")]
    [InlineData("{\"team\": \"a\", \"te\\u0061m\": \"b\"}")]
    [InlineData("{\"half\": \"\\ud800\"}")]
    [InlineData("[{\"value\":\"core\"}]")]
    [InlineData("[{\"key\":\"a\",\"value\":1},{\"key\":\"a\",\"value\":2}]")]
    [InlineData("[1]")]
    [InlineData("{team=core, env}")]
    [InlineData("{team='core}")]
    [InlineData("{=core}")]
    [InlineData("{a=1, a=2}")]
    [InlineData("{a=1,}")]
    public void What_is_not_tags_becomes_null_and_is_counted(string text)
    {
        Assert.Null(session.Ask("SELECT focus_tags(?, 5)", text));
        Assert.Equal([new CellCount(5, 1, 0, BigInteger.Zero)], log.Counts);
    }

    [Fact]
    public void A_map_that_the_engine_wrote_is_read_back()
    {
        var tags =
            "MAP {'k': 'v', 'a b': 'x, y', 'q''q': 'b\"c', 'e': '', 'n': NULL, 'u=v': '1=2', 'br': '{x}', 'bs': 'a\\b', ' lead': ' t '}";
        Assert.Equal(
            session.Ask($"SELECT to_json({tags})::VARCHAR"),
            session.Ask($"SELECT focus_tags({tags}::VARCHAR, 1)")
        );
    }

    [Fact]
    public void Many_tags_and_a_key_that_comes_again_among_them_are_told_apart()
    {
        var tags = string.Join(",", Enumerable.Range(0, 100).Select(i => $"\"k{i}\":{i}"));
        Assert.Equal("{" + tags + "}", session.Ask("SELECT focus_tags(?, 1)", "{" + tags + "}"));
        Assert.Null(session.Ask("SELECT focus_tags(?, 1)", "{" + tags + ",\"k7\":0}"));
    }

    [Fact]
    public void Null_stays_null_and_is_nobodys_mistake()
    {
        Assert.Null(session.Ask("SELECT focus_amount(NULL, 1)"));
        Assert.Equal(
            2L,
            session.Ask("SELECT count(focus_amount(x, 1)) FROM (VALUES ('1'), (NULL), ('2'), (NULL)) t(x)")
        );
        Assert.Empty(log.Counts);
    }

    [Fact]
    public void Every_cell_is_counted_once_whatever_the_number_of_threads()
    {
        session.Execute(
            "CREATE OR REPLACE TABLE counted AS SELECT CASE WHEN i % 10 = 0 THEN 'x' ELSE '0.0000000000000000001' END AS c FROM range(200000) t(i)"
        );
        session.Execute(
            "CREATE OR REPLACE TABLE loaded AS SELECT focus_amount(c, 1) AS a, focus_amount(c, 2) AS b FROM counted"
        );
        var residue = BigInteger.Pow(10, 64 - 19) * 180_000;
        Assert.Equal(
            [new CellCount(1, 20_000, 180_000, residue), new CellCount(2, 20_000, 180_000, residue)],
            log.Counts
        );
    }

    [Fact]
    public void Two_loads_at_once_count_apart()
    {
        using var other = fixture.Engine.Connect();
        var theirs = new CellLog();
        FocusFunctions.Register(other, theirs);
        other.Execute("SELECT focus_amount('x', 9) FROM range(3)");
        session.Execute("SELECT focus_amount('x', 8) FROM range(2)");
        Assert.Equal([new CellCount(9, 3, 0, BigInteger.Zero)], theirs.Counts);
        Assert.Equal([new CellCount(8, 2, 0, BigInteger.Zero)], log.Counts);
    }

    [Theory]
    // three whole days: the unit that is left goes to the first
    [InlineData("10", 0, 259200, 0, "3.333333333333333334")]
    [InlineData("10", 0, 259200, 2, "3.333333333333333333")]
    [InlineData("-10", 0, 259200, 0, "-3.333333333333333334")]
    // 18:00 to noon the day after next: 6, 24 and 12 hours
    [InlineData("42", 64800, 151200, 0, "6")]
    [InlineData("42", 64800, 151200, 1, "24")]
    [InlineData("42", 64800, 151200, 2, "12")]
    [InlineData("0.000000000000000001", 0, 172800, 0, "0.000000000000000001")]
    [InlineData("0.000000000000000001", 0, 172800, 1, "0")]
    [InlineData("99999999999999999999.999999999999999999", 0, 259200, 1, "33333333333333333333.333333333333333333")]
    public void A_day_of_a_charge_has_the_part_of_its_seconds(
        string amount,
        long startSecond,
        long seconds,
        long day,
        string expected
    ) =>
        Assert.Equal(
            Amount.Parse(expected),
            session.Ask(
                "SELECT day_share(?, ?, ?, ?, ?)",
                Amount.Parse(amount),
                startSecond * 1_000_000,
                seconds * 1_000_000,
                day,
                day + 1
            )
        );

    [Fact]
    public void The_days_of_a_charge_are_the_largest_remainder_split_of_it()
    {
        var random = new Random(20260105);
        for (var i = 0; i < 500; i++)
        {
            var amount = Amount.FromUnits(
                (Int128)((BigInteger)random.NextInt64() * random.NextInt64(1, 1_000_000_000))
                    * (random.Next(2) == 0 ? -1 : 1)
            );
            var startSecond = random.NextInt64(0, 86_400);
            var seconds = random.NextInt64(1, 86_400 * 40);
            var weights = Weights(startSecond, seconds);
            var expected = LargestRemainder.Split(amount, weights, Amount.Scale);
            for (var day = 0; day < weights.Count; day++)
                Assert.Equal(
                    expected[day].Value.Units,
                    DayShare.Share(amount.Units, startSecond * 1_000_000, seconds * 1_000_000, day, day + 1)
                );
        }
    }

    /// <summary>The seconds of a charge that lie in each of its days, keyed so that earlier days come first.</summary>
    private static List<KeyValuePair<string, Amount>> Weights(long startSecond, long seconds)
    {
        var weights = new List<KeyValuePair<string, Amount>>();
        for (var (from, day) = (startSecond, 0); seconds > 0; day++, from = 0)
        {
            var inDay = Math.Min(86_400 - from, seconds);
            weights.Add(new(day.ToString("D4", CultureInfo.InvariantCulture), Amount.From(inDay)));
            seconds -= inDay;
        }
        return weights;
    }

    [Fact]
    public void Days_outside_the_charge_have_no_part_and_all_its_days_have_the_whole()
    {
        Assert.Equal(Amount.Zero, session.Ask("SELECT day_share(1, 0, 86400000000, 1, 9)"));
        Assert.Equal(Amount.Parse("7.7"), session.Ask("SELECT day_share(7.7, 3600000000, 864000000000, -5, 500)"));
    }

    [Fact]
    public void A_charge_without_length_is_refused() =>
        Assert.Contains(
            "at least a microsecond",
            Assert.Throws<DuckDbException>(() => session.Ask("SELECT day_share(1, 0, 0, 0, 1)")).Message,
            StringComparison.Ordinal
        );
}
