using Bursar.Warehouse.DuckDb.Native;

namespace Bursar.Warehouse.DuckDb;

/// <summary>Reads a value of any type as an object, with what is inside it.</summary>
internal static class BoxedReader
{
    public static object? Read(ColumnVector vector, long row) =>
        vector.IsNull(row)
            ? null
            : vector.Type.Id switch
            {
                DuckDbTypeId.SqlNull => null,
                DuckDbTypeId.Boolean => ColumnReader.ReadBoolean(vector, row),
                DuckDbTypeId.TinyInt => vector.Read<sbyte>(row),
                DuckDbTypeId.SmallInt => vector.Read<short>(row),
                DuckDbTypeId.Integer => vector.Read<int>(row),
                DuckDbTypeId.BigInt => vector.Read<long>(row),
                DuckDbTypeId.UTinyInt => vector.Read<byte>(row),
                DuckDbTypeId.USmallInt => vector.Read<ushort>(row),
                DuckDbTypeId.UInteger => vector.Read<uint>(row),
                DuckDbTypeId.UBigInt => vector.Read<ulong>(row),
                DuckDbTypeId.HugeInt => vector.Read<NativeHugeInt>(row).Value,
                DuckDbTypeId.UHugeInt => ColumnReader.ReadUHugeInt(vector, row),
                DuckDbTypeId.Decimal => ColumnReader.ReadAmount(vector, row),
                DuckDbTypeId.Float => vector.Read<float>(row),
                DuckDbTypeId.Double => vector.Read<double>(row),
                DuckDbTypeId.Varchar or DuckDbTypeId.Enum => ColumnReader.ReadString(vector, row),
                DuckDbTypeId.Uuid => ColumnReader.ReadGuid(vector, row),
                DuckDbTypeId.Blob => vector.ReadBytes(row).ToArray(),
                DuckDbTypeId.Date => ColumnReader.ReadDate(vector, row),
                DuckDbTypeId.Time => new TimeOnly(vector.Read<long>(row) * TimeSpan.TicksPerMicrosecond),
                DuckDbTypeId.Timestamp
                or DuckDbTypeId.TimestampWithZone
                or DuckDbTypeId.TimestampSeconds
                or DuckDbTypeId.TimestampMilliseconds
                or DuckDbTypeId.TimestampNanoseconds => ColumnReader.ReadDateTime(vector, row),
                DuckDbTypeId.List => ReadList(vector.Part(0), vector.Read<NativeListEntry>(row)),
                DuckDbTypeId.Array => ReadItems(vector.Part(0), row * vector.Type.ArrayLength, vector.Type.ArrayLength),
                DuckDbTypeId.Map => ReadMap(vector, vector.Read<NativeListEntry>(row)),
                DuckDbTypeId.Struct => ReadStruct(vector, row),
                _ => throw vector.WrongType("a value; cast it to VARCHAR in the query"),
            };

    private static object?[] ReadList(ColumnVector items, NativeListEntry entry) =>
        ReadItems(items, (long)entry.Offset, (int)entry.Length);

    private static object?[] ReadItems(ColumnVector items, long offset, int length)
    {
        var list = new object?[length];
        for (var i = 0; i < length; i++)
            list[i] = Read(items, offset + i);
        return list;
    }

    private static KeyValuePair<object, object?>[] ReadMap(ColumnVector map, NativeListEntry entry)
    {
        var pairs = new KeyValuePair<object, object?>[(int)entry.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            var row = (long)entry.Offset + i;
            pairs[i] = new(Read(map.Part(0), row)!, Read(map.Part(1), row));
        }
        return pairs;
    }

    private static Dictionary<string, object?> ReadStruct(ColumnVector fields, long row)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Type.FieldNames.Count; i++)
            values[fields.Type.FieldNames[i]] = Read(fields.Part(i), row);
        return values;
    }
}
