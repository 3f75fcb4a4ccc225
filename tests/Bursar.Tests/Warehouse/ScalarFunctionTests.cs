using System.Text;
using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Tests.Warehouse;

public sealed class ScalarFunctionTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IDisposable
{
    private readonly DuckDbSession session = fixture.Engine.Connect();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_function_sees_every_argument_and_null()
    {
        session.Register(new Join());
        Assert.Equal(
            "a|<null>|a text of more than twelve bytes|ü",
            session.Ask("SELECT join_all('a', NULL, 'a text of more than twelve bytes', 'ü')")
        );
        Assert.Equal("", session.Ask("SELECT join_all()"));
        using var reader = session.Query(
            "SELECT i, join_all(i::VARCHAR, CASE WHEN i % 2 = 0 THEN 'even' END) FROM range(10000) t(i) ORDER BY i"
        );
        for (var i = 0; reader.Read(); i++)
            Assert.Equal(i + (i % 2 == 0 ? "|even" : "|<null>"), reader.GetString(1));
    }

    [Theory]
    [InlineData(ScalarType.Integer, "INTEGER", "2147483647")]
    [InlineData(ScalarType.BigInt, "BIGINT", "-9223372036854775808")]
    [InlineData(ScalarType.Boolean, "BOOLEAN", "true")]
    [InlineData(ScalarType.Amount, "DECIMAL(38,18)", "-99999999999999999999.999999999999999999")]
    [InlineData(ScalarType.Timestamp, "TIMESTAMP", "2026-01-05 10:20:30.123456")]
    [InlineData(ScalarType.Varchar, "VARCHAR", "a text of more than twelve bytes")]
    public void A_value_of_each_type_goes_in_and_comes_out(ScalarType type, string sqlType, string value)
    {
        session.Register(new Echo(type));
        Assert.Equal(value, session.Ask($"SELECT echo_{type}('{value}'::{sqlType})::VARCHAR"));
        Assert.Null(session.Ask($"SELECT echo_{type}(NULL::{sqlType})"));
        Assert.Equal(sqlType, session.Ask($"SELECT typeof(echo_{type}('{value}'::{sqlType}))"));
    }

    [Fact]
    public void An_exception_fails_the_query_with_its_message_and_nothing_else()
    {
        session.Register(new Failing());
        var failure = Assert.Throws<DuckDbException>(() =>
            session.Ask("SELECT sum(failing(i)) FROM range(100000) t(i)")
        );
        Assert.Contains("the seventh row is one too many", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, session.Ask("SELECT 1"));
    }

    [Fact]
    public void A_volatile_function_is_called_for_every_row()
    {
        var counting = new Counting();
        session.Register(counting);
        session.Execute("SELECT counting(1), counting(1) FROM range(5000)");
        Assert.Equal(10_000, counting.Calls);
    }

    [Fact]
    public void A_register_of_another_session_is_known_here()
    {
        session.Register(new Echo(ScalarType.BigInt));
        using var other = fixture.Engine.Connect();
        Assert.Equal(7L, other.Ask("SELECT echo_BigInt(7)"));
    }

    private sealed class Join : ScalarFunction
    {
        public override string Name => "join_all";

        public override IReadOnlyList<ScalarType> Parameters => [];

        public override ScalarType? Varargs => ScalarType.Varchar;

        public override ScalarType Returns => ScalarType.Varchar;

        public override bool SeesNull => true;

        public override void Run(ScalarCall call)
        {
            for (var row = 0; row < call.Count; row++)
            {
                var parts = new List<string>();
                for (var i = 0; i < call.ArgumentCount; i++)
                {
                    var argument = call.Argument(i);
                    parts.Add(argument.IsNull(row) ? "<null>" : Encoding.UTF8.GetString(argument.Utf8(row)));
                }
                call.Output.SetUtf8(row, Encoding.UTF8.GetBytes(string.Join('|', parts)));
            }
        }
    }

    private sealed class Echo(ScalarType type) : ScalarFunction
    {
        public override string Name => $"echo_{type}";

        public override IReadOnlyList<ScalarType> Parameters => [type];

        public override ScalarType Returns => type;

        public override void Run(ScalarCall call)
        {
            var given = call.Argument(0);
            var output = call.Output;
            for (var row = 0; row < call.Count; row++)
            {
                if (given.IsNull(row))
                    output.SetNull(row);
                else if (type == ScalarType.Integer)
                    output.SetInteger(row, given.Integer(row));
                else if (type == ScalarType.BigInt)
                    output.SetBigInt(row, given.BigInt(row));
                else if (type == ScalarType.Boolean)
                    output.SetBoolean(row, given.Boolean(row));
                else if (type == ScalarType.Amount)
                    output.SetUnits(row, Amount.FromUnits(given.Units(row)).Units);
                else if (type == ScalarType.Timestamp)
                    output.SetMicros(row, given.Micros(row));
                else
                    output.SetUtf8(row, given.Utf8(row));
            }
        }
    }

    private sealed class Failing : ScalarFunction
    {
        public override string Name => "failing";

        public override IReadOnlyList<ScalarType> Parameters => [ScalarType.BigInt];

        public override ScalarType Returns => ScalarType.BigInt;

        public override void Run(ScalarCall call) =>
            throw new InvalidOperationException("the seventh row is one too many");
    }

    private sealed class Counting : ScalarFunction
    {
        private int calls;

        public int Calls => calls;

        public override string Name => "counting";

        public override IReadOnlyList<ScalarType> Parameters => [ScalarType.Integer];

        public override ScalarType Returns => ScalarType.Integer;

        public override bool IsVolatile => true;

        public override void Run(ScalarCall call)
        {
            Interlocked.Add(ref calls, call.Count);
            for (var row = 0; row < call.Count; row++)
                call.Output.SetInteger(row, row);
        }
    }
}
