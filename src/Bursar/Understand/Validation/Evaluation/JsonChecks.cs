using Bursar.Understand.Validation.Rules;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>Checks of what stands inside a JSON cell, as <see cref="CellTest"/> is told them.</summary>
internal static class JsonChecks
{
    public static bool Has(Check check) =>
        check.Kind
            is CheckKind.JsonType
                or CheckKind.JsonKeyValue
                or CheckKind.JsonKey
                or CheckKind.JsonKeyPrefix
                or CheckKind.JsonNull
                or CheckKind.JsonNotNull
                or CheckKind.JsonStringFormat
                or CheckKind.JsonUnitFormat
                or CheckKind.JsonNumericFormat;

    /// <summary>The check without its column.</summary>
    public static string Text(Check check) => CheckText.Write(Bare(check));

    /// <summary>The second check, for the elements in which the first holds.</summary>
    public static string Where(Check condition, Check check) =>
        CheckText.Write(new Check(CheckKind.Or, [], [Bare(condition), Bare(check)]));

    private static Check Bare(Check check) => check with { Arguments = [.. check.Arguments.Skip(1)] };
}
