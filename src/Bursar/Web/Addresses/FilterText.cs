using System.Text;
using Bursar.Warehouse.Queries;

namespace Bursar.Web.Addresses;

/// <summary>A condition as one line of text: <c>ServiceName=Amazon EC2,Amazon RDS</c>, <c>x_CostCentre!=</c> (has a
/// value).</summary>
/// <remarks>Commas separate values and an empty value means "no value"; a backslash takes the next character as it
/// is.</remarks>
public static class FilterText
{
    public static string Write(CostFilter filter)
    {
        var values = filter.Values.Select(value => Escaped(value ?? "", ",\\"));
        return Escaped(filter.Column, "=!,\\") + (filter.Negated ? "!=" : "=") + string.Join(',', values);
    }

    /// <summary>Reads a condition; null when there is no column or no equals sign.</summary>
    public static CostFilter? Read(string text)
    {
        var equals = Find(text, '=', 0);
        if (equals < 1)
            return null;
        var negated = text[equals - 1] == '!' && !(equals > 1 && IsEscaped(text, equals - 1));
        var column = Unescaped(text[..(negated ? equals - 1 : equals)]).Trim();
        return column.Length == 0 ? null : new CostFilter(column, Values(text[(equals + 1)..]), negated);
    }

    /// <summary>Splits at commas that no backslash protects.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var parts = new List<string>();
        var start = 0;
        for (var comma = Find(text, ',', 0); comma >= 0; comma = Find(text, ',', start))
        {
            parts.Add(Unescaped(text[start..comma]));
            start = comma + 1;
        }
        parts.Add(Unescaped(text[start..]));
        return parts;
    }

    /// <summary>Joins with commas, protecting those inside.</summary>
    public static string Join(IEnumerable<string> parts) =>
        string.Join(',', parts.Select(part => Escaped(part, ",\\")));

    private static List<string?> Values(string text) =>
        [.. Split(text).Select(value => value.Length == 0 ? null : value)];

    private static int Find(string text, char sought, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == sought)
                return i;
        }
        return -1;
    }

    private static bool IsEscaped(string text, int at)
    {
        var slashes = 0;
        while (at - slashes > 0 && text[at - slashes - 1] == '\\')
            slashes++;
        return slashes % 2 == 1;
    }

    private static string Escaped(string text, string special)
    {
        if (text.AsSpan().IndexOfAny(special) < 0)
            return text;
        var escaped = new StringBuilder();
        foreach (var letter in text)
        {
            if (special.Contains(letter))
                escaped.Append('\\');
            escaped.Append(letter);
        }
        return escaped.ToString();
    }

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\'))
            return text;
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            plain.Append(text[i]);
        }
        return plain.ToString();
    }
}
