using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bursar.Core.Amounts;

namespace Bursar.Rulebooks;

/// <summary>JSON schemas of the kinds, for editors. They are made from the same records that rulebooks are read
/// into.</summary>
internal static class RulebookSchemas
{
    private const string Draft = "http://json-schema.org/draft-07/schema#";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>The schema of one kind.</summary>
    public static string Of(RulebookKind kind)
    {
        var schema = Document(kind);
        schema.Insert(0, "$schema", Draft);
        return schema.ToJsonString(Indented) + "\n";
    }

    /// <summary>One schema for every document of a rulebook: what may stand in it follows from its kind.</summary>
    public static string OfRulebook()
    {
        var schema = new JsonObject
        {
            ["$schema"] = Draft,
            ["title"] = "A document of a Bursar rulebook",
            ["type"] = "object",
            ["required"] = new JsonArray("kind", "name"),
            ["properties"] = new JsonObject
            {
                ["kind"] = new JsonObject
                {
                    ["enum"] = new JsonArray([.. RulebookKinds.All.Select(kind => JsonValue.Create(kind.Name))]),
                },
            },
            ["allOf"] = new JsonArray([
                .. RulebookKinds.All.Select(kind => new JsonObject
                {
                    ["if"] = new JsonObject
                    {
                        ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = kind.Name } },
                    },
                    ["then"] = Document(kind),
                }),
            ]),
        };
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Document(RulebookKind kind)
    {
        var schema = Record(kind.Record);
        schema["title"] = kind.Name;
        schema["description"] = kind.Summary;
        var properties = (JsonObject)schema["properties"]!;
        properties.Insert(0, "kind", new JsonObject { ["const"] = kind.Name });
        properties.Insert(1, "version", new JsonObject { ["const"] = 1 });
        ((JsonArray)schema["required"]!).Insert(0, "kind");
        return schema;
    }

    private static JsonObject Record(Type type)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in RecordFields.Of(type))
        {
            var schema = Value(
                Nullable.GetUnderlyingType(field.Property.PropertyType) ?? field.Property.PropertyType,
                field
            );
            schema["description"] = field.Description;
            properties[field.Key] = schema;
            if (field.IsRequired)
                required.Add(field.Key);
        }
        return new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = required,
            ["properties"] = properties,
        };
    }

    private static JsonObject Value(Type type, RecordField field)
    {
        if (type == typeof(Conditions))
            return ConditionsSchema(field);
        if (type == typeof(string))
            return Text(field);
        if (type == typeof(bool))
            return new JsonObject { ["type"] = "boolean" };
        if (type == typeof(int))
            return Between(new JsonObject { ["type"] = "integer" }, field);
        if (type == typeof(decimal) || type == typeof(Amount))
            return Between(new JsonObject { ["type"] = "number" }, field);
        if (type == typeof(DateOnly))
            return new JsonObject
            {
                ["type"] = "string",
                ["format"] = "date",
                ["pattern"] = @"^\d{4}-\d{2}-\d{2}$",
            };
        if (type.IsEnum)
            return Words(ScalarReader.Words(type, field));
        if (type.IsSubclassOf(typeof(RulebookRecord)))
            return Record(type);
        if (type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return new JsonObject { ["type"] = "array", ["items"] = Value(type.GetGenericArguments()[0], field) };
        return new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = Value(type.GetGenericArguments()[1], field),
        };
    }

    private static JsonObject Text(RecordField field)
    {
        if (field.Property.GetCustomAttribute<OneOfAttribute>() is { } list)
            return Words(list.Words);
        if (field.Has<CurrencyCodeAttribute>())
            return new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Z]{3}$" };
        // editors read 0123 and no as YAML types; the reader takes any plain value as the text it is
        return new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
    }

    private static JsonObject Words(IReadOnlyList<string> words) =>
        new() { ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]) };

    private static JsonObject Between(JsonObject schema, RecordField field)
    {
        if (field.Property.GetCustomAttribute<BetweenAttribute>() is not { } range)
            return schema;
        schema["minimum"] = range.Min;
        if (range.Max != int.MaxValue)
            schema["maximum"] = range.Max;
        return schema;
    }

    private static JsonObject ConditionsSchema(RecordField field)
    {
        var operators = ConditionsReader.Operators.Where(name => name != "matches" || !field.Has<AsFilterAttribute>());
        var tests = new JsonObject();
        foreach (var name in operators)
            tests[name] = new JsonObject();
        return new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "null", "array") },
                    new JsonObject
                    {
                        ["type"] = "object",
                        ["additionalProperties"] = false,
                        ["minProperties"] = 1,
                        ["properties"] = tests,
                    }
                ),
            },
        };
    }
}
