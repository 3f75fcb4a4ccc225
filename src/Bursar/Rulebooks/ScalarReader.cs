using System.Globalization;
using System.Reflection;
using System.Text;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks;

/// <summary>Turns a written value into what its field holds, exactly, or says why it cannot be.</summary>
internal static class ScalarReader
{
    public static object? Read(Type type, RecordField field, YamlScalar scalar, Findings findings)
    {
        if (type == typeof(string))
            return ReadText(field, scalar, findings);
        if (type == typeof(bool))
            return ReadBool(field, scalar, findings);
        if (type == typeof(int))
            return ReadInt(field, scalar, findings);
        if (type == typeof(decimal))
            return ReadDecimal(field, scalar, findings);
        if (type == typeof(Amount))
            return ReadAmount(scalar, findings);
        if (type == typeof(DateOnly))
            return ReadDate(field, scalar, findings);
        if (type.IsEnum)
            return ReadWord(type, field, scalar, findings);
        throw new InvalidOperationException($"No reader for {type}.");
    }

    /// <summary>The words of an enumeration as they are written in a rulebook: "public-cloud".</summary>
    public static IReadOnlyList<string> Words(Type type, RecordField field) =>
        [.. Names(type, field).Select(name => field.Has<AsInFocusAttribute>() ? name : Kebab(name))];

    private static IEnumerable<string> Names(Type type, RecordField field) =>
        field.Property.GetCustomAttribute<AsInFocusAttribute>() is { Only.Count: > 0 } focus
            ? focus.Only
            : Enum.GetNames(type);

    /// <summary>Reads an exact number; says what is wrong otherwise.</summary>
    public static Amount? ReadAmount(YamlScalar scalar, Findings findings)
    {
        switch (AmountText.TryRead(scalar.Text, out var amount, out _))
        {
            case AmountReading.Exact:
                return amount;
            case AmountReading.Rounded:
                findings.Error(
                    scalar,
                    "bad-amount",
                    $"{scalar.Text} has more than 18 decimals, which the books do not keep.",
                    "Round it yourself, so that it is known how."
                );
                return null;
            case AmountReading.OutOfRange:
                findings.Error(
                    scalar,
                    "bad-amount",
                    $"{scalar.Text} is larger than any amount the books keep.",
                    "An amount has at most 20 digits before the point."
                );
                return null;
            default:
                findings.Error(
                    scalar,
                    "bad-amount",
                    $"\"{scalar.Text}\" is not an amount.",
                    "Write digits with a point for decimals, without currency or separators: 1000000.50."
                );
                return null;
        }
    }

    private static string? ReadText(RecordField field, YamlScalar scalar, Findings findings)
    {
        if (scalar.Text.Trim().Length == 0)
        {
            findings.Error(scalar, "no-value", $"\"{field.Key}\" has no text.", "Write one, or remove the line.");
            return null;
        }
        if (field.Property.GetCustomAttribute<OneOfAttribute>() is { } list && !list.Words.Contains(scalar.Text))
            return Unknown(field, scalar, list.Words, findings);
        if (
            field.Has<CurrencyCodeAttribute>() && !(scalar.Text.Length == 3 && scalar.Text.All(char.IsAsciiLetterUpper))
        )
        {
            findings.Error(
                scalar,
                "bad-currency",
                $"\"{scalar.Text}\" is not a currency code.",
                "Write three capital letters, as in ISO 4217: EUR."
            );
            return null;
        }
        return scalar.Text;
    }

    private static string? Unknown(RecordField field, YamlScalar scalar, IReadOnlyList<string> words, Findings findings)
    {
        findings.Error(
            scalar,
            "unknown-word",
            $"{field.Key} cannot be \"{scalar.Text}\".{DidYouMean.Question(scalar.Text, words)}",
            "It is one of " + string.Join(", ", words) + "."
        );
        return null;
    }

    private static bool? ReadBool(RecordField field, YamlScalar scalar, Findings findings)
    {
        if (scalar.Text is "true" or "false")
            return scalar.Text == "true";
        findings.Error(
            scalar,
            "wrong-type",
            $"\"{field.Key}\" is true or false; this is {scalar.What}.",
            "Write true or false."
        );
        return null;
    }

    private static int? ReadInt(RecordField field, YamlScalar scalar, Findings findings)
    {
        var isInt =
            int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == scalar.Text;
        if (!isInt)
        {
            findings.Error(
                scalar,
                "wrong-type",
                $"\"{field.Key}\" is a whole number; this is {scalar.What}.",
                "Write digits only: 10."
            );
            return null;
        }
        return InRange(field, number, scalar, findings) ? number : null;
    }

    private static decimal? ReadDecimal(RecordField field, YamlScalar scalar, Findings findings)
    {
        if (AmountText.TryRead(scalar.Text, out var amount, out _) != AmountReading.Exact)
        {
            findings.Error(
                scalar,
                "wrong-type",
                $"\"{field.Key}\" is a number; this is {scalar.What}.",
                scalar.Text.EndsWith('%')
                    ? "Leave the % away: the field's name says it."
                    : "Write digits with a point for decimals: 12.5."
            );
            return null;
        }
        return InRange(field, amount.ToDecimal(), scalar, findings) ? amount.ToDecimal() : null;
    }

    private static bool InRange(RecordField field, decimal number, YamlScalar scalar, Findings findings)
    {
        if (
            field.Property.GetCustomAttribute<BetweenAttribute>() is not { } range
            || (number >= range.Min && number <= range.Max)
        )
            return true;
        var span = range.Max == int.MaxValue ? $"at least {range.Min}" : $"between {range.Min} and {range.Max}";
        findings.Error(
            scalar,
            "out-of-range",
            $"\"{field.Key}\" is {span}; this is {scalar.Text}.",
            "Write a number in that range."
        );
        return false;
    }

    private static DateOnly? ReadDate(RecordField field, YamlScalar scalar, Findings findings)
    {
        if (
            DateOnly.TryParseExact(
                scalar.Text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
        {
            if (day.Year is >= 1990 and <= 2199)
                return day;
            findings.Error(
                scalar,
                "bad-date",
                $"{scalar.Text} lies outside the years 1990 to 2199.",
                "Leave an open end away instead."
            );
            return null;
        }
        var looksRight =
            scalar.Text.Length == 10
            && scalar.Text[4] == '-'
            && scalar.Text[7] == '-'
            && scalar.Text.Count(char.IsAsciiDigit) == 8;
        findings.Error(
            scalar,
            "bad-date",
            looksRight ? $"There is no day {scalar.Text}." : $"\"{field.Key}\" is a day; this is {scalar.What}.",
            "Write year-month-day: 2026-03-31. A range runs from its first day to the day after its last."
        );
        return null;
    }

    private static object? ReadWord(Type type, RecordField field, YamlScalar scalar, Findings findings)
    {
        foreach (var name in Names(type, field))
        {
            if (Letters(name).Equals(Letters(scalar.Text), StringComparison.OrdinalIgnoreCase))
                return Enum.Parse(type, name);
        }
        return Unknown(field, scalar, Words(type, field), findings);
    }

    private static string Letters(string text) => text.Replace("-", "", StringComparison.Ordinal);

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
