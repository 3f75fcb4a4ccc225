using System.Collections.Concurrent;
using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Bursar.Rulebooks;

/// <summary>One key of a kind or of a part of it: a property of its record.</summary>
internal sealed record RecordField(string Key, PropertyInfo Property, bool IsRequired)
{
    public bool Has<T>()
        where T : Attribute => Property.IsDefined(typeof(T), inherit: true);

    /// <summary>What the key is for, as editors show it.</summary>
    public string Description => Property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
}

/// <summary>The keys that a record has. Reading, schemas and checks all go by this one list, so they cannot
/// differ.</summary>
internal static class RecordFields
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<RecordField>> Known = new();

    /// <summary>The keys of a record type, the name first, then as declared.</summary>
    public static IReadOnlyList<RecordField> Of(Type type) => Known.GetOrAdd(type, Read);

    public static string KeyOf(string property) => char.ToLowerInvariant(property[0]) + property[1..];

    /// <summary>How many records it builds on.</summary>
    private static int Depth(Type type) => type.BaseType is { } below ? 1 + Depth(below) : 0;

    private static IReadOnlyList<RecordField> Read(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite)
                .OrderBy(property => Depth(property.DeclaringType!))
                .ThenBy(property => property.MetadataToken)
                .Select(property => new RecordField(
                    KeyOf(property.Name),
                    property,
                    property.IsDefined(typeof(RequiredMemberAttribute), inherit: false)
                )),
        ];
}
