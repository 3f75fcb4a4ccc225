using System.Collections;
using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks;

/// <summary>Reads a map of keys into the record of a kind, saying everything that does not fit.</summary>
internal static class RecordReader
{
    /// <summary>Keys of the envelope that every document has beside those of its record.</summary>
    private static readonly string[] Envelope = ["kind", "version"];

    /// <summary>The record, whole or not; it is to be used only if this added no error to the findings.</summary>
    public static RulebookRecord Read(Type type, YamlMap map, Findings findings)
    {
        var fields = RecordFields.Of(type);
        var keys = fields.Select(field => field.Key).ToList();
        var record = (RulebookRecord)Activator.CreateInstance(type)!;
        typeof(RulebookRecord).GetProperty(nameof(RulebookRecord.Origin), OriginBinding)!.SetValue(record, map);
        foreach (var (key, value) in map.Entries)
        {
            var field = fields.FirstOrDefault(field => field.Key == key.Text);
            if (field is null)
                CheckUnknown(type, key, fields, findings);
            else if (ReadField(field, value, findings) is { } read)
                field.Property.SetValue(record, read);
        }
        foreach (var field in fields.Where(field => field.IsRequired))
        {
            // a misspelled key is not missing as well
            if (
                map.Find(field.Key) is null
                && !map.Entries.Any(entry =>
                    !keys.Contains(entry.Key.Text) && DidYouMean.Nearest(entry.Key.Text, keys) == field.Key
                )
            )
                findings.Error(
                    map,
                    "missing-key",
                    $"\"{field.Key}\" is missing here.",
                    $"Add {field.Key}: {field.Description}"
                );
            if (field.Property.GetValue(record) is null)
                field.Property.SetValue(record, Nothing(field.Property.PropertyType));
        }
        return record;
    }

    /// <summary>Stands for a required value that is missing, so that the rest of the record can be checked all the
    /// same.</summary>
    private static object? Nothing(Type type)
    {
        if (type == typeof(string))
            return "";
        if (type == typeof(Conditions))
            return new Conditions([]);
        if (!type.IsGenericType)
            return null;
        var arguments = type.GetGenericArguments();
        return arguments.Length == 1
            ? Array.CreateInstance(arguments[0], 0)
            : Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments));
    }

    private const System.Reflection.BindingFlags OriginBinding =
        System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance;

    private static void CheckUnknown(Type type, YamlScalar key, IReadOnlyList<RecordField> fields, Findings findings)
    {
        if (type.IsSubclassOf(typeof(Declaration)) && Envelope.Contains(key.Text))
            return;
        var known = fields.Select(field => field.Key).ToList();
        findings.Error(
            key,
            "unknown-key",
            $"There is no key \"{key.Text}\" here.{DidYouMean.Question(key.Text, known)}",
            "Keys here are " + string.Join(", ", known) + "."
        );
    }

    private static object? ReadField(RecordField field, YamlNode node, Findings findings)
    {
        var type = Nullable.GetUnderlyingType(field.Property.PropertyType) ?? field.Property.PropertyType;
        if (type == typeof(Conditions))
            return ConditionsReader.Read(node, field.Has<AsFilterAttribute>(), findings, field.Has<OfRulesAttribute>());
        if (node is not YamlScalar { IsPlain: true } scalar || !(scalar.IsEmpty || scalar.IsNull))
            return ReadValue(type, field, node, findings);
        // "key:" with nothing below it: a list whose items are all commented out is an empty list
        if (type.IsGenericType && !field.IsRequired)
            return null;
        if (field.IsRequired)
            findings.Error(node, "no-value", $"\"{field.Key}\" has no value.", $"Add {field.Key}: {field.Description}");
        else
            findings.Warn(
                node,
                "no-value",
                $"\"{field.Key}\" has no value and is left out.",
                "Write one, or remove the line."
            );
        return null;
    }

    private static object? ReadValue(Type type, RecordField field, YamlNode node, Findings findings)
    {
        if (!type.IsGenericType)
        {
            if (type.IsSubclassOf(typeof(RulebookRecord)))
                return node is YamlMap part
                    ? Read(type, part, findings)
                    : Mistyped(field, "a map of keys", node, findings);
            return node is YamlScalar scalar
                ? ScalarReader.Read(type, field, scalar, findings)
                : NotAScalar(field, node, findings);
        }
        var shape = type.GetGenericTypeDefinition();
        if (shape == typeof(IReadOnlyList<>))
            return ReadList(type.GetGenericArguments()[0], field, node, findings);
        if (shape == typeof(IReadOnlyDictionary<,>))
            return ReadMap(type.GetGenericArguments()[1], field, node, findings);
        throw new InvalidOperationException($"No reader for {type}.");
    }

    private static Array? ReadList(Type itemType, RecordField field, YamlNode node, Findings findings)
    {
        if (node is not YamlList list)
        {
            Mistyped(field, "a list", node, findings);
            return null;
        }
        var read = list
            .Items.Select(item => ReadValue(itemType, field, item, findings))
            .Where(item => item is not null)
            .ToList();
        var items = Array.CreateInstance(itemType, read.Count);
        for (var i = 0; i < read.Count; i++)
            items.SetValue(read[i], i);
        return items;
    }

    private static IDictionary? ReadMap(Type valueType, RecordField field, YamlNode node, Findings findings)
    {
        if (node is not YamlMap map)
        {
            Mistyped(field, "a map of keys", node, findings);
            return null;
        }
        var entries = (IDictionary)
            Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
        foreach (var (key, value) in map.Entries)
        {
            if (ReadValue(valueType, field, value, findings) is { } read)
                entries[key.Text] = read;
        }
        return entries;
    }

    private static object? NotAScalar(RecordField field, YamlNode node, Findings findings)
    {
        // x_Owner: {Tags/owner} is a YAML map; as text it needs quotes
        if (node is not YamlMap { Entries: [{ Value: YamlScalar { IsEmpty: true } } only] })
            return Mistyped(field, "a single value", node, findings);
        findings.Error(
            node,
            "wrong-type",
            $"Without quotes, {{{only.Key.Text}}} is a YAML map, not text.",
            $"Put it into quotes: \"{{{only.Key.Text}}}\"."
        );
        return null;
    }

    private static object? Mistyped(RecordField field, string expected, YamlNode node, Findings findings)
    {
        var remedy =
            expected == "a list" && node is YamlScalar { IsEmpty: false } scalar
                ? $"Write [{scalar.Text}]."
                : "Look at the indentation, or see the schema of this kind.";
        findings.Error(node, "wrong-type", $"\"{field.Key}\" is {expected}; this is {node.What}.", remedy);
        return null;
    }
}
