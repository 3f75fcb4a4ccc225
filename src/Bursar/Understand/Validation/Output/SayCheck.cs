using Bursar.Understand.Validation.Rules;

namespace Bursar.Understand.Validation.Output;

/// <summary>What a rule expects, in words.</summary>
internal static class SayCheck
{
    private const int ValuesMax = 8;

    /// <summary>"BilledCost is a number, where ChargeCategory is Usage."</summary>
    public static string Expected(Rule rule)
    {
        if (rule.Check is not { } check)
            return "Needs knowledge that is not in the file.";
        var words = check.Gathers
            ? $"{(check.Kind == CheckKind.All ? "All" : "One")} of {check.Arguments.Count} rules about {rule.Column}"
            : Words(check);
        var condition = rule.Condition is { } when ? $" where {Words(when)}" : "";
        var sentence = $"{words}{condition}.";
        return sentence.StartsWith("x_", StringComparison.Ordinal)
            ? sentence
            : char.ToUpperInvariant(sentence[0]) + sentence[1..];
    }

    private static string Words(Check check)
    {
        var column = check.Column;
        string Argument(int i) => check.Arguments[i];
        return check.Kind switch
        {
            CheckKind.And => string.Join(" and ", check.Items.Select(Words)),
            CheckKind.Or => string.Join(" or ", check.Items.Select(Words)),
            CheckKind.Present => $"There is a column {column}",
            CheckKind.String => $"{column} is text",
            CheckKind.Decimal or CheckKind.DecimalValue => $"{column} is a number",
            CheckKind.Datetime => $"{column} is a time",
            CheckKind.NumericFormat => $"{column} is written like 1234.5 or 6.1E-7: no plus sign, comma or unit",
            CheckKind.StringFormat => $"{column} is clean text",
            CheckKind.DatetimeFormat => $"{column} is written like 2026-09-01T00:00:00Z",
            CheckKind.UnitFormat => $"{column} is a unit such as GB, GB-Hours or Requests/Second",
            CheckKind.CurrencyFormat or CheckKind.NationalCurrency => $"{column} is an ISO 4217 code such as USD",
            CheckKind.KeyValueFormat => $"{column} is a JSON object of plain values",
            CheckKind.Null => $"{column} is empty",
            CheckKind.NotNull => $"{column} is not empty",
            CheckKind.Is => $"{column} is {Argument(1)}",
            CheckKind.IsNot => $"{column} is not {Argument(1)}",
            CheckKind.In => $"{column} is {OneOf([.. check.Arguments.Skip(1)])}",
            CheckKind.Pairs => $"{column} belongs to its {Argument(1)}",
            CheckKind.Same => $"{column} equals {Argument(1)}",
            CheckKind.NotSame => $"{column} differs from {Argument(1)}",
            CheckKind.NotSameEntity => $"{column} and {Argument(1)} name different companies",
            CheckKind.AtLeast => $"{column} is at least {Argument(1)}",
            CheckKind.AtMost => $"{column} is at most {Argument(1)}",
            CheckKind.SameAmount => $"{column} equals {Argument(1)}",
            CheckKind.Later => $"{column} is after {Argument(1)}",
            CheckKind.NotEarlier => $"{column} is not before {Argument(1)}",
            CheckKind.Product => $"{column} × {Argument(1)} is {Argument(2)}",
            CheckKind.EachOne => $"each {column} has one {Argument(1)}",
            CheckKind.Unique when check.Arguments.Count > 1 => $"each {column} occurs once per {Argument(1)}",
            CheckKind.Unique => $"each {column} occurs once",
            CheckKind.Columns => Header(column),
            CheckKind.JsonFormat => $"{column} is a JSON object",
            CheckKind.JsonType => $"{column} has {Kind(Argument(2))} at {Argument(1)}",
            CheckKind.JsonKeyValue => $"{column} has plain values only at {Argument(1)}",
            CheckKind.JsonKey => $"{column} has {Argument(1)}",
            CheckKind.JsonKeyPrefix => $"other keys of {column} at {Argument(1)} begin with {Argument(2)}",
            CheckKind.JsonNull => $"{column} has no value at {Argument(1)}",
            CheckKind.JsonNotNull => $"{column} has a value at {Argument(1)}",
            CheckKind.JsonStringFormat => $"{column} has clean text at {Argument(1)}",
            CheckKind.JsonUnitFormat => $"{column} has a unit at {Argument(1)}",
            CheckKind.JsonNumericFormat => $"{column} has a number at {Argument(1)}",
            CheckKind.JsonSame => $"{column} has {Argument(2)} at {Argument(1)}",
            CheckKind.JsonOneParent => $"in {column}, each {Argument(1)} has one {Argument(2)}",
            CheckKind.FoundIn =>
                $"{Together(check)} {(check.Columns.Count() == 1 ? "stands" : "stand together")} in {Other(check)}",
            CheckKind.JsonFoundIn => $"in {column}, each {Argument(1)} stands with its {Argument(2)} in {Other(check)}",
            CheckKind.AgreesWith =>
                $"{column} is the same in {Other(check)} for the same {string.Join(" and ", check.Columns.Skip(1))}",
            CheckKind.SumAgreesWith =>
                $"{column} comes to the same in {Other(check)}, but for rounding, for each {string.Join(" and ", check.Columns.Skip(1))}",
            CheckKind.NotAfterClosing =>
                $"{column} is not after the last update of its billing period in {Other(check)}, once that is closed",
            _ => column,
        };
    }

    private static string Other(Check check) => FocusNames.Of(check.OtherDataset);

    private static string Together(Check check) => string.Join(" and ", check.Columns);

    private static string Header(string rule) =>
        rule switch
        {
            "prefixed" => "columns that are not FOCUS begin with x_",
            "pascal-case" => "names of columns are written in PascalCase",
            "alphanumeric" => "names of columns have letters and digits only",
            "short" => "names of columns have at most 50 characters",
            _ => "columns that are not FOCUS stand behind all others",
        };

    private static string Kind(string type) =>
        type switch
        {
            "Array" => "a list",
            "Object" => "an object",
            "Decimal" => "a number",
            "Boolean" => "true or false",
            _ => "text",
        };

    private static string OneOf(IReadOnlyList<string> values) =>
        values.Count <= ValuesMax
            ? string.Join(
                " or ",
                new[] { string.Join(", ", values.SkipLast(1)), values[^1] }.Where(text => text.Length > 0)
            )
            : $"one of {values.Count} values ({string.Join(", ", values.Take(3))}, …)";
}
