using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Tests.Warehouse;

public sealed class DuckDbParameterTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IDisposable
{
    private readonly DuckDbSession session = fixture.Engine.Connect();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_parameter_keeps_its_type_and_its_value()
    {
        Assert.Null(session.Ask("SELECT ?", [null]));
        Assert.Equal("O'Brien; DROP TABLE x", session.Ask("SELECT ?", "O'Brien; DROP TABLE x"));
        Assert.Equal("nul\0inside", session.Ask("SELECT ?", "nul\0inside"));
        Assert.Equal("", session.Ask("SELECT ?", ""));
        Assert.Equal(true, session.Ask("SELECT ?", true));
        Assert.Equal(int.MinValue, session.Ask("SELECT ?", int.MinValue));
        Assert.Equal(long.MinValue, session.Ask("SELECT ?", long.MinValue));
        Assert.Equal(new DateOnly(1969, 12, 31), session.Ask("SELECT ?", new DateOnly(1969, 12, 31)));
        var time = new DateTime(2026, 1, 5, 10, 20, 30, 123, 456, DateTimeKind.Utc);
        Assert.Equal(time, session.Ask("SELECT ?", time));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-99999999999999999999.999999999999999999")]
    [InlineData("0.000000000000000001")]
    public void An_amount_arrives_as_decimal_38_18(string text)
    {
        using var reader = session.Query("SELECT ?", [Amount.Parse(text)]);
        Assert.Equal("DECIMAL(38,18)", reader.Columns[0].Type);
        reader.Read();
        Assert.Equal(Amount.Parse(text), reader.GetAmount(0));
    }

    [Theory]
    [InlineData("1.10", "DECIMAL(3,2)")]
    [InlineData("-0.05", "DECIMAL(3,2)")]
    [InlineData("79228162514264337593543950335", "DECIMAL(29,0)")]
    [InlineData("-3000000000", "DECIMAL(10,0)")]
    public void A_decimal_arrives_with_the_digits_it_was_written_with(string text, string type)
    {
        Assert.Equal(type, session.Ask("SELECT typeof(?)", decimal.Parse(text)));
        Assert.Equal(text, session.Ask("SELECT (?)::VARCHAR", decimal.Parse(text)));
    }

    [Fact]
    public void A_list_of_texts_arrives_as_a_list()
    {
        Assert.Equal(new object?[] { "a", null, "b" }, session.Ask("SELECT ?", new List<string?> { "a", null, "b" }));
        Assert.Equal(0L, session.Ask("SELECT len(?)", (object)Array.Empty<string>()));
        Assert.Equal(true, session.Ask("SELECT 'EC2' IN (SELECT unnest($1))", new List<string> { "EC2", "S3" }));
    }

    [Fact]
    public void Parameters_that_do_not_fit_the_statement_are_refused()
    {
        Assert.Throws<ArgumentException>(() => session.Execute("SELECT ?"));
        Assert.Throws<ArgumentException>(() => session.Execute("SELECT ?", [1, 2]));
        Assert.Throws<ArgumentException>(() => session.Execute("SELECT ?", [0.1]));
        Assert.Throws<ArgumentException>(() =>
            session.Execute("SELECT ?", [new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Local)])
        );
        Assert.Throws<ArgumentException>(() => session.Execute("SELECT ?; SELECT ?", [1]));
    }
}
