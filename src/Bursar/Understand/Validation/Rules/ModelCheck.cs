using System.Text.Json;

namespace Bursar.Understand.Validation.Rules;

/// <summary>Reads a check of an official model: a tree of check functions with named arguments.</summary>
internal static class ModelCheck
{
    private static readonly string[] ColumnNames = ["ColumnName", "ColumnAName", "CheckCondition"];

    private static readonly Dictionary<string, CheckKind> Plain = new()
    {
        ["ColumnPresent"] = CheckKind.Present,
        ["TypeString"] = CheckKind.String,
        ["TypeDecimal"] = CheckKind.Decimal,
        ["TypeDateTime"] = CheckKind.Datetime,
        ["FormatNumeric"] = CheckKind.NumericFormat,
        ["FormatString"] = CheckKind.StringFormat,
        ["FormatDateTime"] = CheckKind.DatetimeFormat,
        ["FormatUnit"] = CheckKind.UnitFormat,
        ["FormatCurrency"] = CheckKind.CurrencyFormat,
        ["FormatKeyValue"] = CheckKind.KeyValueFormat,
        ["FormatJSON"] = CheckKind.JsonFormat,
        ["CheckNationalCurrency"] = CheckKind.NationalCurrency,
        ["CheckDecimalValue"] = CheckKind.DecimalValue,
        ["CheckNoDuplicates"] = CheckKind.Unique,
        ["CheckSameValue"] = CheckKind.Same,
        ["CheckNotSameValue"] = CheckKind.NotSame,
        ["CheckGreaterOrEqualThanValue"] = CheckKind.AtLeast,
        ["ColumnByColumnEqualsColumnValue"] = CheckKind.Product,
        ["CheckDistinctCount"] = CheckKind.EachOne,
        ["JSONCheckPathType"] = CheckKind.JsonType,
        ["JSONCheckPathKeyValueFormat"] = CheckKind.JsonKeyValue,
        ["JSONCheckPathKeyStartsWith"] = CheckKind.JsonKeyPrefix,
        ["JSONCheckPathKeyExists"] = CheckKind.JsonKey,
        ["JSONCheckPathNumericFormat"] = CheckKind.JsonNumericFormat,
        ["JSONFormatNumeric"] = CheckKind.JsonNumericFormat,
        ["JSONCheckPathUnitFormat"] = CheckKind.JsonUnitFormat,
        ["JSONFormatUnit"] = CheckKind.JsonUnitFormat,
        ["JSONFormatString"] = CheckKind.JsonStringFormat,
        ["JSONCheckPathSameValue"] = CheckKind.JsonSame,
        ["JSONCheckPathDistinctParent"] = CheckKind.JsonOneParent,
    };

    /// <summary>The other arguments, in our order.</summary>
    private static readonly string[] Others =
    [
        "Path",
        "PathA",
        "ChildPath",
        "ParentPath",
        "ColumnBName",
        "ResultColumnName",
        "ExpectedType",
        "Prefix",
        "IgnoreKeys",
        "Value",
    ];

    /// <summary>The check; null for an empty one.</summary>
    /// <exception cref="FormatException">There is no such check function.</exception>
    public static Check? Read(JsonElement element)
    {
        // Some conditions of the published models stand inside {"AND": …} without a check function.
        if (element.TryGetProperty("AND", out var wrapped))
            return wrapped.ValueKind == JsonValueKind.Array
                ? new Check(CheckKind.And, [], [.. wrapped.EnumerateArray().Select(Read).OfType<Check>()])
                : Read(wrapped);
        if (!element.TryGetProperty("CheckFunction", out var named))
            return null;
        var function = named.GetString() ?? "";
        return function switch
        {
            "AND" or "OR" => Together(function == "AND", [.. element.GetProperty("Items").EnumerateArray()]),
            "CheckValue" or "CheckNotValue" or "JSONCheckPathValue" or "JSONCheckPathNotValue" => Value(
                element,
                isJson: function.StartsWith("JSON", StringComparison.Ordinal),
                isNot: function.Contains("Not", StringComparison.Ordinal)
            ),
            _ when Plain.TryGetValue(function, out var kind) => new Check(kind, Arguments(element), []),
            _ => throw new FormatException($"There is no check function {function}."),
        };
    }

    private static Check Together(bool all, IReadOnlyList<JsonElement> items)
    {
        if (items.All(item => item.TryGetProperty("ModelRuleId", out _)))
            return new Check(
                all ? CheckKind.All : CheckKind.Any,
                [.. items.Select(item => item.GetProperty("ModelRuleId").GetString() ?? "")],
                []
            );
        var checks = items.Select(Read).OfType<Check>().ToList();
        if (!all && checks.TrueForAll(check => check.Kind == CheckKind.Is && check.Column == checks[0].Column))
            return new Check(CheckKind.In, [checks[0].Column, .. checks.Select(check => check.Arguments[1])], []);
        if (!all && checks.TrueForAll(IsPair))
            return new Check(
                CheckKind.Pairs,
                [
                    .. checks[0].Items.Select(item => item.Column),
                    .. checks.SelectMany(check => check.Items.Select(item => item.Arguments[1])),
                ],
                []
            );
        return new Check(all ? CheckKind.And : CheckKind.Or, [], checks);
    }

    private static bool IsPair(Check check) =>
        check is { Kind: CheckKind.And, Items: [{ Kind: CheckKind.Is }, { Kind: CheckKind.Is }] };

    private static Check Value(JsonElement element, bool isJson, bool isNot)
    {
        var value = element.GetProperty("Value");
        var isNull = value.ValueKind == JsonValueKind.Null;
        var kind = (isJson, isNull, isNot) switch
        {
            (true, true, false) => CheckKind.JsonNull,
            (true, true, true) => CheckKind.JsonNotNull,
            (false, true, false) => CheckKind.Null,
            (false, true, true) => CheckKind.NotNull,
            (false, false, false) => CheckKind.Is,
            (false, false, true) => CheckKind.IsNot,
            _ => throw new FormatException("A JSON path is compared with null only."),
        };
        return new Check(kind, Arguments(element), []);
    }

    private static List<string> Arguments(JsonElement element)
    {
        var column = ColumnNames.FirstOrDefault(name => element.TryGetProperty(name, out _));
        var arguments = new List<string>();
        if (column is not null)
            arguments.Add(element.GetProperty(column).GetString() ?? "");
        foreach (var name in Others)
        {
            if (!element.TryGetProperty(name, out var value))
                continue;
            if (value.ValueKind == JsonValueKind.Array)
                arguments.AddRange(value.EnumerateArray().Select(item => item.GetString() ?? ""));
            else if (value.ValueKind != JsonValueKind.Null)
                arguments.Add(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
        }
        return arguments;
    }
}
