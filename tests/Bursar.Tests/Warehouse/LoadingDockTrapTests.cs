using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.DuckDb.Functions;

namespace Bursar.Tests.Warehouse;

/// <summary>
/// Where the engine's own casts are quietly wrong, and our functions are not. If a newer engine mends one, its test
/// says so.
/// </summary>
public sealed class LoadingDockTrapTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IDisposable
{
    private readonly DuckDbSession session = fixture.Engine.Connect();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("1_000", "1000")]
    [InlineData("+5", "5")]
    [InlineData(" 5 ", "5")]
    public void The_cast_takes_for_a_number_what_FOCUS_does_not_allow(string text, string taken)
    {
        Assert.Equal(Amount.Parse(taken), session.Ask("SELECT ?::DECIMAL(38,18)", text));
        Assert.Null(session.Ask("SELECT focus_amount(?, 1)", text));
    }

    [Fact]
    public void The_cast_rounds_without_a_word()
    {
        Assert.Equal(
            Amount.Parse("0.000000000000000001"),
            session.Ask("SELECT '0.0000000000000000009'::DECIMAL(38,18)")
        );
        var log = new CellLog();
        FocusFunctions.Register(session, log);
        Assert.Equal(
            Amount.Parse("0.000000000000000001"),
            session.Ask("SELECT focus_amount('0.0000000000000000009', 1)")
        );
        Assert.Equal("-0.0000000000000000001", AmountText.WriteResidue(log.Counts[0].Residue));
    }

    [Fact]
    public void The_cast_is_a_unit_off_for_small_exponents()
    {
        Assert.Equal(Amount.Parse("0.000000000000000001"), session.Ask("SELECT '6E-23'::DECIMAL(38,18)"));
        Assert.Equal(Amount.Zero, session.Ask("SELECT focus_amount('6E-23', 1)"));
    }

    [Fact]
    public void The_cast_to_timestamp_drops_the_offset()
    {
        Assert.Equal("2026-01-05 10:20:30", session.Ask("SELECT '2026-01-05T10:20:30+05:30'::TIMESTAMP::VARCHAR"));
        Assert.Equal(
            "2026-01-05 04:50:30",
            session.Ask("SELECT focus_timestamp('2026-01-05T10:20:30+05:30', 1)::VARCHAR")
        );
    }

    [Theory]
    [InlineData("infinity")]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    public void The_cast_takes_times_that_no_bill_has(string text)
    {
        Assert.NotNull(session.Ask("SELECT ?::TIMESTAMP::VARCHAR", text));
        Assert.Null(session.Ask("SELECT focus_timestamp(?, 1)", text));
    }

    [Fact]
    public void Averages_and_divisions_leave_the_exact_numbers()
    {
        Assert.Equal("DOUBLE", session.Ask("SELECT typeof(avg(1::DECIMAL(38,18)))"));
        Assert.Equal("DOUBLE", session.Ask("SELECT typeof(1::DECIMAL(38,18) / 3)"));
        Assert.Equal(
            "DECIMAL(38,18)",
            session.Ask("SELECT typeof(day_share(1::DECIMAL(38,18), 0, 259200000000, 0, 1))")
        );
    }

    [Fact]
    public void A_sum_of_amounts_fails_loudly_when_it_leaves_the_range() =>
        Assert.Throws<DuckDbException>(() =>
            session.Ask("SELECT sum(99999999999999999999::DECIMAL(38,18)) FROM range(10)")
        );
}
