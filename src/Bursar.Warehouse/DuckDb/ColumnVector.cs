using System.Runtime.CompilerServices;
using Bursar.Warehouse.DuckDb.Native;

namespace Bursar.Warehouse.DuckDb;

/// <summary>The values of one column in the chunk at hand: two pointers that are renewed with every chunk.</summary>
internal sealed unsafe class ColumnVector
{
    private readonly ColumnVector[] parts;
    private byte* data;
    private ulong* validity;

    public ColumnVector(string name, ColumnType type)
    {
        Name = name;
        Type = type;
        parts = [.. type.Parts.Select(part => new ColumnVector(name, part))];
    }

    /// <summary>The column's name, also in the vectors inside it: errors say it.</summary>
    public string Name { get; }

    public ColumnType Type { get; }

    public void Attach(nint vector)
    {
        data = (byte*)NativeMethods.VectorData(vector);
        validity = NativeMethods.VectorValidity(vector);
        switch (Type.Id)
        {
            case DuckDbTypeId.List:
                parts[0].Attach(NativeMethods.ListVectorChild(vector));
                break;
            case DuckDbTypeId.Array:
                parts[0].Attach(NativeMethods.ArrayVectorChild(vector));
                break;
            case DuckDbTypeId.Map:
                var entries = NativeMethods.ListVectorChild(vector);
                parts[0].Attach(NativeMethods.StructVectorChild(entries, 0));
                parts[1].Attach(NativeMethods.StructVectorChild(entries, 1));
                break;
            case DuckDbTypeId.Struct:
                for (var i = 0; i < parts.Length; i++)
                    parts[i].Attach(NativeMethods.StructVectorChild(vector, (ulong)i));
                break;
        }
    }

    public void Detach()
    {
        data = null;
        validity = null;
        foreach (var part in parts)
            part.Detach();
    }

    public ColumnVector Part(int index) => parts[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNull(long row) => validity != null && (validity[row >> 6] & (1UL << (int)(row & 63))) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read<T>(long row)
        where T : unmanaged => ((T*)data)[row];

    /// <summary>UTF-8 text, or the bytes of a BLOB, valid until the next chunk.</summary>
    public ReadOnlySpan<byte> ReadBytes(long row) => NativeString.Read((NativeString*)data + row);

    public InvalidOperationException WrongType(string wanted) =>
        new($"Column \"{Name}\" is {Type}, and cannot be read as {wanted}.");

    public OverflowException OutOfRange(object value, string wanted) =>
        new($"Column \"{Name}\": {value} ({Type}) is out of the range of {wanted}.");
}
