using System.Buffers.Binary;
using System.Text;
using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb.Native;

namespace Bursar.Warehouse.DuckDb;

/// <summary>Turns the engine's values into ours, exactly or not at all.</summary>
internal static class ColumnReader
{
    private static readonly Int128[] PowersOfTen = MakePowersOfTen();

    private static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>Any whole number, or the digits of a DECIMAL.</summary>
    public static bool TryReadInteger(ColumnVector vector, long row, out Int128 value)
    {
        switch (vector.Type.Id)
        {
            case DuckDbTypeId.TinyInt:
                value = vector.Read<sbyte>(row);
                return true;
            case DuckDbTypeId.SmallInt:
                value = vector.Read<short>(row);
                return true;
            case DuckDbTypeId.Integer:
                value = vector.Read<int>(row);
                return true;
            case DuckDbTypeId.BigInt:
                value = vector.Read<long>(row);
                return true;
            case DuckDbTypeId.UTinyInt:
                value = vector.Read<byte>(row);
                return true;
            case DuckDbTypeId.USmallInt:
                value = vector.Read<ushort>(row);
                return true;
            case DuckDbTypeId.UInteger:
                value = vector.Read<uint>(row);
                return true;
            case DuckDbTypeId.UBigInt:
                value = vector.Read<ulong>(row);
                return true;
            case DuckDbTypeId.HugeInt:
                value = vector.Read<NativeHugeInt>(row).Value;
                return true;
            case DuckDbTypeId.Decimal:
                value = ReadDecimalDigits(vector, row);
                return true;
            case DuckDbTypeId.UHugeInt:
                var wide = ReadUHugeInt(vector, row);
                if (wide > (UInt128)Int128.MaxValue)
                    throw vector.OutOfRange(wide, "a 128-bit integer");
                value = (Int128)wide;
                return true;
            default:
                value = 0;
                return false;
        }
    }

    public static Amount ReadAmount(ColumnVector vector, long row)
    {
        if (!TryReadInteger(vector, row, out var digits))
            throw vector.WrongType("an amount");
        var scale = vector.Type.Scale;
        if (scale > Amount.Scale)
            throw vector.WrongType($"an amount, which has {Amount.Scale} decimals");
        try
        {
            return Amount.FromUnits(checked(digits * PowersOfTen[Amount.Scale - scale]));
        }
        catch (OverflowException)
        {
            throw vector.OutOfRange(digits, "an amount");
        }
    }

    public static long ReadInt64(ColumnVector vector, long row)
    {
        if (vector.Type.Id == DuckDbTypeId.BigInt)
            return vector.Read<long>(row);
        if (vector.Type.Scale > 0 || !TryReadInteger(vector, row, out var value))
            throw vector.WrongType("a whole number");
        if (value < long.MinValue || value > long.MaxValue)
            throw vector.OutOfRange(value, "a 64-bit integer");
        return (long)value;
    }

    /// <summary>For statistics only: an amount loses digits here.</summary>
    public static double ReadDouble(ColumnVector vector, long row) =>
        vector.Type.Id switch
        {
            DuckDbTypeId.Double => vector.Read<double>(row),
            DuckDbTypeId.Float => vector.Read<float>(row),
            _ when TryReadInteger(vector, row, out var value) => (double)value / Math.Pow(10, vector.Type.Scale),
            _ => throw vector.WrongType("a floating-point number"),
        };

    public static bool ReadBoolean(ColumnVector vector, long row) =>
        vector.Type.Id == DuckDbTypeId.Boolean ? vector.Read<byte>(row) != 0 : throw vector.WrongType("true or false");

    public static string ReadString(ColumnVector vector, long row) =>
        vector.Type.Id switch
        {
            DuckDbTypeId.Varchar => Encoding.UTF8.GetString(vector.ReadBytes(row)),
            DuckDbTypeId.Enum => vector.Type.EnumValues[ReadEnumNumber(vector, row)],
            DuckDbTypeId.Uuid => ReadGuid(vector, row).ToString(),
            _ => throw vector.WrongType("text"),
        };

    public static DateOnly ReadDate(ColumnVector vector, long row)
    {
        if (vector.Type.Id != DuckDbTypeId.Date)
            throw vector.WrongType("a date");
        var days = (long)vector.Read<int>(row) + Epoch.DayNumber;
        return days >= 0 && days <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)days)
            : throw vector.OutOfRange($"day {days}", "a date of the years 1–9999");
    }

    /// <summary>UTC. Parts finer than 100 ns are cut towards the past.</summary>
    public static DateTime ReadDateTime(ColumnVector vector, long row)
    {
        Int128 ticks = vector.Type.Id switch
        {
            DuckDbTypeId.Timestamp or DuckDbTypeId.TimestampWithZone => (Int128)vector.Read<long>(row)
                * TimeSpan.TicksPerMicrosecond,
            DuckDbTypeId.TimestampSeconds => (Int128)vector.Read<long>(row) * TimeSpan.TicksPerSecond,
            DuckDbTypeId.TimestampMilliseconds => (Int128)vector.Read<long>(row) * TimeSpan.TicksPerMillisecond,
            DuckDbTypeId.TimestampNanoseconds => FloorHundredth(vector.Read<long>(row)),
            DuckDbTypeId.Date => (Int128)vector.Read<int>(row) * TimeSpan.TicksPerDay,
            _ => throw vector.WrongType("a time"),
        };
        ticks += DateTime.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime((long)ticks, DateTimeKind.Utc)
            : throw vector.OutOfRange("a time", "the years 1–9999");
    }

    public static Guid ReadGuid(ColumnVector vector, long row)
    {
        // The engine flips the first bit, so that UUIDs sort as signed numbers.
        var bits = unchecked((UInt128)vector.Read<NativeHugeInt>(row).Value) ^ (UInt128.One << 127);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        return new Guid(bytes, bigEndian: true);
    }

    public static UInt128 ReadUHugeInt(ColumnVector vector, long row) =>
        unchecked((UInt128)vector.Read<NativeHugeInt>(row).Value);

    private static int ReadEnumNumber(ColumnVector vector, long row) =>
        vector.Type.EnumBytes switch
        {
            1 => vector.Read<byte>(row),
            2 => vector.Read<ushort>(row),
            _ => (int)vector.Read<uint>(row),
        };

    /// <summary>The engine stores a DECIMAL in the narrowest integer that holds its width.</summary>
    private static Int128 ReadDecimalDigits(ColumnVector vector, long row) =>
        vector.Type.Width switch
        {
            <= 4 => vector.Read<short>(row),
            <= 9 => vector.Read<int>(row),
            <= 18 => vector.Read<long>(row),
            _ => vector.Read<NativeHugeInt>(row).Value,
        };

    private static long FloorHundredth(long nanoseconds) =>
        nanoseconds >= 0 ? nanoseconds / 100 : (nanoseconds / 100) - (nanoseconds % 100 == 0 ? 0 : 1);

    private static Int128[] MakePowersOfTen()
    {
        var powers = new Int128[Amount.Scale + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
