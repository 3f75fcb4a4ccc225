using Bursar.Warehouse.DuckDb.Native;

namespace Bursar.Warehouse.DuckDb;

/// <summary>The type of a column, with the types inside it (of a list, a map, a struct).</summary>
internal sealed record ColumnType(DuckDbTypeId Id)
{
    /// <summary>Width and scale of a DECIMAL.</summary>
    public int Width { get; private init; }

    public int Scale { get; private init; }

    /// <summary>"JSON" for text that is JSON; null mostly.</summary>
    public string? Alias { get; private init; }

    /// <summary>One for a list or array, two (key, value) for a map, one per field of a struct.</summary>
    public IReadOnlyList<ColumnType> Parts { get; private init; } = [];

    public IReadOnlyList<string> FieldNames { get; private init; } = [];

    /// <summary>The values of an ENUM, and how many bytes their number takes.</summary>
    public IReadOnlyList<string> EnumValues { get; private init; } = [];

    public int EnumBytes { get; private init; }

    public int ArrayLength { get; private init; }

    /// <summary>Reads the engine's description of a type.</summary>
    public static ColumnType Read(LogicalTypeHandle handle)
    {
        var type = new ColumnType(NativeMethods.GetTypeId(handle))
        {
            Alias = NativeText.Take(NativeMethods.LogicalTypeGetAlias(handle)),
        };
        return type.Id switch
        {
            DuckDbTypeId.Decimal => type with
            {
                Width = NativeMethods.DecimalWidth(handle),
                Scale = NativeMethods.DecimalScale(handle),
            },
            DuckDbTypeId.Enum => ReadEnum(type, handle),
            DuckDbTypeId.List => type with { Parts = [Take(NativeMethods.ListTypeChildType(handle))] },
            DuckDbTypeId.Array => type with
            {
                Parts = [Take(NativeMethods.ArrayTypeChildType(handle))],
                ArrayLength = (int)NativeMethods.ArrayTypeSize(handle),
            },
            DuckDbTypeId.Map => type with
            {
                Parts = [Take(NativeMethods.MapTypeKeyType(handle)), Take(NativeMethods.MapTypeValueType(handle))],
            },
            DuckDbTypeId.Struct => ReadStruct(type, handle),
            _ => type,
        };
    }

    /// <summary>The type as SQL writes it.</summary>
    public override string ToString() =>
        Id switch
        {
            _ when Alias is not null => Alias,
            DuckDbTypeId.Decimal => $"DECIMAL({Width},{Scale})",
            DuckDbTypeId.List => $"{Parts[0]}[]",
            DuckDbTypeId.Array => $"{Parts[0]}[{ArrayLength}]",
            DuckDbTypeId.Map => $"MAP({Parts[0]}, {Parts[1]})",
            DuckDbTypeId.Struct =>
                $"STRUCT({string.Join(", ", FieldNames.Select((name, i) => $"\"{name}\" {Parts[i]}"))})",
            DuckDbTypeId.TimestampSeconds => "TIMESTAMP_S",
            DuckDbTypeId.TimestampMilliseconds => "TIMESTAMP_MS",
            DuckDbTypeId.TimestampNanoseconds => "TIMESTAMP_NS",
            DuckDbTypeId.TimestampWithZone => "TIMESTAMP WITH TIME ZONE",
            DuckDbTypeId.TimeWithZone => "TIME WITH TIME ZONE",
            _ => Id.ToString().ToUpperInvariant(),
        };

    private static ColumnType Take(LogicalTypeHandle handle)
    {
        using (handle)
            return Read(handle);
    }

    private static ColumnType ReadEnum(ColumnType type, LogicalTypeHandle handle)
    {
        var values = new string[NativeMethods.EnumDictionarySize(handle)];
        for (var i = 0; i < values.Length; i++)
            values[i] = NativeText.Take(NativeMethods.EnumDictionaryValue(handle, (ulong)i)) ?? "";
        var bytes = NativeMethods.EnumInternalType(handle) switch
        {
            DuckDbTypeId.UTinyInt => 1,
            DuckDbTypeId.USmallInt => 2,
            _ => 4,
        };
        return type with { EnumValues = values, EnumBytes = bytes };
    }

    private static ColumnType ReadStruct(ColumnType type, LogicalTypeHandle handle)
    {
        var count = (int)NativeMethods.StructTypeChildCount(handle);
        var names = new string[count];
        var parts = new ColumnType[count];
        for (var i = 0; i < count; i++)
        {
            names[i] = NativeText.Take(NativeMethods.StructTypeChildName(handle, (ulong)i)) ?? "";
            parts[i] = Take(NativeMethods.StructTypeChildType(handle, (ulong)i));
        }
        return type with { FieldNames = names, Parts = parts };
    }
}
