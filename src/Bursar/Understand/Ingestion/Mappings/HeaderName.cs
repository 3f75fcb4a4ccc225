using System.Text;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>Tells that two headers mean the same column.</summary>
internal static class HeaderName
{
    /// <summary>
    /// Letters and digits only, small: <c>lineItem/UnblendedCost</c> and <c>line_item_unblended_cost</c> are one
    /// column.
    /// </summary>
    public static string Key(string header)
    {
        var key = new StringBuilder(header.Length);
        foreach (var letter in header)
        {
            if (char.IsLetterOrDigit(letter))
                key.Append(char.ToLowerInvariant(letter));
        }
        return key.ToString();
    }

    /// <summary>
    /// The original that a translated header keeps in parentheses: <c>Ressourcengruppe (ResourceGroup)</c>.
    /// </summary>
    public static string? Original(string header)
    {
        var open = header.LastIndexOf('(');
        return open > 0 && header.EndsWith(')') ? header[(open + 1)..^1] : null;
    }

    /// <summary>
    /// What follows a prefix in a header: <c>user:env</c> of <c>resourceTags/user:env</c>; null when it has another
    /// beginning.
    /// </summary>
    public static string? After(string header, string prefix)
    {
        var (wanted, found) = (Key(prefix), 0);
        var i = 0;
        for (; i < header.Length && found < wanted.Length; i++)
        {
            if (!char.IsLetterOrDigit(header[i]))
                continue;
            if (char.ToLowerInvariant(header[i]) != wanted[found])
                return null;
            found++;
        }
        if (found < wanted.Length || i >= header.Length || char.IsLetterOrDigit(header[i]))
            return null;
        var rest = header[i..].TrimStart('/', '_', ':', '.', ' ');
        return rest.Length == 0 ? null : rest;
    }

    /// <summary>
    /// The id under which a column that FOCUS does not know is kept: <c>lineItem/UsageType</c> is
    /// <c>x_LineItemUsageType</c>.
    /// </summary>
    public static string OwnId(string header)
    {
        if (header.StartsWith("x_", StringComparison.OrdinalIgnoreCase))
            return "x_" + header[2..];
        var id = new StringBuilder("x_");
        var starts = true;
        foreach (var letter in header)
        {
            if (!char.IsLetterOrDigit(letter))
            {
                starts = true;
                continue;
            }
            id.Append(starts ? char.ToUpperInvariant(letter) : letter);
            starts = false;
        }
        return id.ToString();
    }
}
