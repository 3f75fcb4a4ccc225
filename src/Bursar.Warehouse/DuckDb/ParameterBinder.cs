using System.Globalization;
using System.Text;
using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb.Native;

namespace Bursar.Warehouse.DuckDb;

/// <summary>Gives a prepared statement its parameters, each with its exact type.</summary>
internal static unsafe class ParameterBinder
{
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    public static void Bind(PreparedHandle prepared, IReadOnlyList<object?> parameters)
    {
        var expected = NativeMethods.ParameterCount(prepared);
        if (expected != (ulong)parameters.Count)
            throw new ArgumentException(
                $"The statement takes {expected} parameters, and {parameters.Count} were given.",
                nameof(parameters)
            );
        for (var i = 0; i < parameters.Count; i++)
        {
            using var value = Make(parameters[i], i + 1);
            if (NativeMethods.BindValue(prepared, (ulong)i + 1, value) != NativeState.Success)
                throw DuckDbException.Of(NativeText.Borrow(NativeMethods.PrepareError(prepared)));
        }
    }

    private static ValueHandle Make(object? value, int position) =>
        value switch
        {
            null => NativeMethods.CreateNull(),
            string text => MakeText(text),
            bool truth => NativeMethods.CreateBoolean(truth),
            int number => NativeMethods.CreateInteger(number),
            long number => NativeMethods.CreateBigInt(number),
            Amount amount => NativeMethods.CreateDecimal(new NativeDecimal(38, Amount.Scale, amount.Units)),
            decimal number => NativeMethods.CreateDecimal(MakeDecimal(number)),
            DateOnly date => NativeMethods.CreateDate(date.DayNumber - Epoch.DayNumber),
            DateTime { Kind: DateTimeKind.Local } => throw new ArgumentException(
                $"Parameter {position} is a local time; give UTC."
            ),
            DateTime time => NativeMethods.CreateTimestamp(
                (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond
            ),
            IReadOnlyList<string?> texts => MakeList(texts),
            _ => throw new ArgumentException(
                $"Parameter {position} is a {value.GetType().Name}, which has no type in the engine."
            ),
        };

    private static ValueHandle MakeText(string? text)
    {
        if (text is null)
            return NativeMethods.CreateNull();
        var utf8 = Encoding.UTF8.GetBytes(text + '\0');
        fixed (byte* start = utf8)
            return NativeMethods.CreateVarchar(start, (ulong)utf8.Length - 1);
    }

    private static ValueHandle MakeList(IReadOnlyList<string?> texts)
    {
        var items = new ValueHandle[texts.Count];
        try
        {
            for (var i = 0; i < items.Length; i++)
                items[i] = MakeText(texts[i]);
            // One place more than needed: the engine takes no null pointer for an empty list.
            var pointers = new nint[items.Length + 1];
            for (var i = 0; i < items.Length; i++)
                pointers[i] = items[i].DangerousGetHandle();
            using var type = NativeMethods.CreateLogicalType(DuckDbTypeId.Varchar);
            fixed (nint* start = pointers)
                return NativeMethods.CreateList(type, start, (ulong)items.Length);
        }
        finally
        {
            foreach (var item in items)
                item?.Dispose();
        }
    }

    /// <summary>
    /// The narrowest DECIMAL that holds the number with the scale it was written with (and a digit before the point).
    /// </summary>
    private static NativeDecimal MakeDecimal(decimal number)
    {
        var bits = new int[4];
        decimal.GetBits(number, bits);
        var scale = (byte)((bits[3] >> 16) & 0xFF);
        var magnitude = unchecked(new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]));
        var digits = magnitude.ToString(CultureInfo.InvariantCulture).Length;
        return new NativeDecimal((byte)Math.Max(digits, scale + 1), scale, number < 0 ? -magnitude : magnitude);
    }
}
