using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Tests.Warehouse;

public sealed class DuckDbTypeTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IDisposable
{
    private readonly DuckDbSession session = fixture.Engine.Connect();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("1.5", 2, 1)]
    [InlineData("-99.99", 4, 2)]
    [InlineData("-1234567.89", 9, 2)]
    [InlineData("0.000000001", 10, 9)]
    [InlineData("-999999999999999999", 18, 0)]
    [InlineData("0.999999999999999999", 18, 18)]
    [InlineData("-12345678901234567.89", 19, 2)]
    [InlineData("99999999999999999999.999999999999999999", 38, 18)]
    [InlineData("-99999999999999999999.999999999999999999", 38, 18)]
    [InlineData("-0.000000000000000001", 38, 18)]
    public void A_decimal_of_any_width_keeps_every_digit(string text, int width, int scale)
    {
        using var reader = session.Query($"SELECT '{text}'::DECIMAL({width},{scale}) AS BilledCost");
        Assert.Equal(new DuckDbColumn("BilledCost", $"DECIMAL({width},{scale})"), reader.Columns[0]);
        Assert.True(reader.Read());
        Assert.Equal(Amount.Parse(text), reader.GetAmount(0));
        Assert.False(reader.Read());
    }

    [Fact]
    public void An_amount_beyond_the_books_is_refused_with_the_name_of_its_column()
    {
        using var reader = session.Query(
            "SELECT 100000000000000000000::HUGEINT AS BilledCost, 1::DECIMAL(38,19) AS ListCost"
        );
        reader.Read();
        Assert.Contains(
            "\"BilledCost\"",
            Assert.Throws<OverflowException>(() => reader.GetAmount(0)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"ListCost\"",
            Assert.Throws<InvalidOperationException>(() => reader.GetAmount(1)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("TINYINT", "-128")]
    [InlineData("SMALLINT", "-32768")]
    [InlineData("INTEGER", "-2147483648")]
    [InlineData("BIGINT", "-9223372036854775808")]
    [InlineData("UTINYINT", "255")]
    [InlineData("USMALLINT", "65535")]
    [InlineData("UINTEGER", "4294967295")]
    [InlineData("HUGEINT", "-9223372036854775808")]
    [InlineData("UHUGEINT", "9223372036854775807")]
    [InlineData("DECIMAL(38,0)", "-9223372036854775808")]
    public void A_whole_number_is_read_whatever_its_width(string type, string text)
    {
        using var reader = session.Query($"SELECT '{text}'::{type}");
        reader.Read();
        Assert.Equal(long.Parse(text), reader.GetInt64(0));
    }

    [Fact]
    public void The_widest_integers_are_read_exactly()
    {
        Assert.Equal(Int128.MinValue, session.Ask($"SELECT '{Int128.MinValue}'::HUGEINT"));
        Assert.Equal(UInt128.MaxValue, session.Ask($"SELECT '{UInt128.MaxValue}'::UHUGEINT"));
        Assert.Equal(ulong.MaxValue, session.Ask($"SELECT '{ulong.MaxValue}'::UBIGINT"));
    }

    [Theory]
    [InlineData("TIMESTAMP '1969-12-31 23:59:59.999999'", "1969-12-31T23:59:59.9999990Z")]
    [InlineData("TIMESTAMP '2026-01-05 10:20:30.123456'", "2026-01-05T10:20:30.1234560Z")]
    [InlineData("TIMESTAMPTZ '2026-01-05 10:20:30+05:30'", "2026-01-05T04:50:30.0000000Z")]
    [InlineData("TIMESTAMP_S '1969-12-31 23:59:59'", "1969-12-31T23:59:59.0000000Z")]
    [InlineData("TIMESTAMP_MS '2026-01-05 10:20:30.123'", "2026-01-05T10:20:30.1230000Z")]
    [InlineData("TIMESTAMP_NS '1969-12-31 23:59:59.999999999'", "1969-12-31T23:59:59.9999999Z")]
    [InlineData("TIMESTAMP_NS '2026-01-05 10:20:30.123456789'", "2026-01-05T10:20:30.1234567Z")]
    [InlineData("DATE '2026-01-05'", "2026-01-05T00:00:00.0000000Z")]
    public void A_time_is_utc_before_and_after_1970(string sql, string expected)
    {
        using var reader = session.Query("SELECT " + sql);
        reader.Read();
        Assert.Equal(expected, reader.GetDateTime(0).ToString("O"));
    }

    [Fact]
    public void An_infinite_time_is_refused_with_the_name_of_its_column()
    {
        using var reader = session.Query(
            "SELECT 'infinity'::TIMESTAMP AS ChargePeriodEnd, 'infinity'::DATE AS PaymentDueDate"
        );
        reader.Read();
        Assert.Contains(
            "ChargePeriodEnd",
            Assert.Throws<OverflowException>(() => reader.GetDateTime(0)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "PaymentDueDate",
            Assert.Throws<OverflowException>(() => reader.GetDate(1)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Dates_truths_and_floating_point_numbers_are_read()
    {
        using var reader = session.Query(
            "SELECT DATE '1969-12-31', true, false, 0.25::DOUBLE, 0.5::FLOAT, -12.5::DECIMAL(9,3), 7"
        );
        reader.Read();
        Assert.Equal(new DateOnly(1969, 12, 31), reader.GetDate(0));
        Assert.True(reader.GetBoolean(1));
        Assert.False(reader.GetBoolean(2));
        Assert.Equal(0.25, reader.GetDouble(3));
        Assert.Equal(0.5, reader.GetDouble(4));
        Assert.Equal(-12.5, reader.GetDouble(5));
        Assert.Equal(7, reader.GetDouble(6));
    }

    [Theory]
    [InlineData("")]
    [InlineData("twelve bytes")]
    [InlineData("thirteen byte")]
    [InlineData("Größe 東京 🦆")]
    [InlineData("a text that is long enough not to fit into the sixteen bytes that the engine keeps of each")]
    public void Text_of_any_length_and_script_comes_back_as_it_was(string text) =>
        Assert.Equal(text, session.Ask("SELECT ?::VARCHAR", text));

    [Fact]
    public void Lists_maps_structs_and_arrays_come_back_with_what_is_in_them()
    {
        Assert.Equal(new object?[] { 1, null, 3 }, session.Ask("SELECT [1, NULL, 3]"));
        Assert.Equal(
            new object?[] { "x", "a text of more than twelve bytes" },
            session.Ask("SELECT ['x', 'a text of more than twelve bytes']::VARCHAR[2]")
        );
        Assert.Equal(Array.Empty<object?>(), session.Ask("SELECT []::INTEGER[]"));
        KeyValuePair<object, object?>[] pairs = [new("team", "core"), new("env", null)];
        Assert.Equal(pairs, session.Ask("SELECT MAP {'team': 'core', 'env': NULL}"));
        var fields = Assert.IsType<Dictionary<string, object?>>(
            session.Ask("SELECT {'unit': 'GB', 'quantity': 1.5::DECIMAL(9,3), 'tags': ['a']}")
        );
        Assert.Equal("GB", fields["unit"]);
        Assert.Equal(Amount.Parse("1.5"), fields["quantity"]);
        Assert.Equal(new object?[] { "a" }, fields["tags"]);
    }

    [Fact]
    public void A_list_keeps_its_place_in_every_row()
    {
        using var reader = session.Query(
            "SELECT i, [i, i + 1], MAP {i: [i::VARCHAR]} FROM range(5000) t(i) ORDER BY i"
        );
        for (var i = 0L; reader.Read(); i++)
        {
            Assert.Equal(new object?[] { i, i + 1 }, reader.GetValue(1));
            var pair = Assert.Single(Assert.IsType<KeyValuePair<object, object?>[]>(reader.GetValue(2)));
            Assert.Equal(i, pair.Key);
            Assert.Equal(new object?[] { i.ToString() }, pair.Value);
        }
    }

    [Fact]
    public void Json_enums_uuids_and_bytes_come_back_as_what_they_are()
    {
        Assert.Equal("{\"team\": \"core\"}", session.Ask("SELECT '{\"team\": \"core\"}'::JSON"));
        Assert.Equal("Usage", session.Ask("SELECT 'Usage'::ENUM('Tax', 'Usage')"));
        Assert.Equal(
            Guid.Parse("9e923307-6b29-4fa4-9ccf-9b4a3ac323b5"),
            session.Ask("SELECT '9e923307-6b29-4fa4-9ccf-9b4a3ac323b5'::UUID")
        );
        Assert.Equal(new byte[] { 0, 0x41, 0xff }, session.Ask("SELECT '\\x00\\x41\\xFF'::BLOB"));
        Assert.Equal(new TimeOnly(10, 20, 30), session.Ask("SELECT TIME '10:20:30'"));
    }

    [Fact]
    public void A_null_is_told_apart_and_never_read_as_a_value()
    {
        using var reader = session.Query(
            "SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE i END AS n FROM range(5000) t(i) ORDER BY i"
        );
        for (var i = 0L; reader.Read(); i++)
        {
            Assert.Equal(i % 3 == 0, reader.IsNull(0));
            if (i % 3 == 0)
                Assert.Null(reader.GetValue(0));
            else
                Assert.Equal(i, reader.GetInt64(0));
        }
        using var second = fixture.Engine.Connect();
        using var nothing = second.Query("SELECT NULL::DECIMAL(38,18) AS BilledCost");
        nothing.Read();
        Assert.Contains(
            "\"BilledCost\" is null",
            Assert.Throws<InvalidOperationException>(() => nothing.GetAmount(0)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_value_of_another_type_is_refused_with_column_and_type()
    {
        using var reader = session.Query("SELECT 'x' AS ServiceName");
        reader.Read();
        var refusal = Assert.Throws<InvalidOperationException>(() => reader.GetAmount(0));
        Assert.Equal("Column \"ServiceName\" is VARCHAR, and cannot be read as an amount.", refusal.Message);
    }
}
