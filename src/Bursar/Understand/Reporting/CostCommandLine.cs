using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting;

/// <summary>Writes a question as somebody would type it.</summary>
internal static class CostCommandLine
{
    public static string Of(CostQuery query)
    {
        var parts = new List<string> { "bursar costs" };
        if (query.By.Count > 0)
            parts.Add($"--by {Quoted(string.Join(',', query.By))}");
        if (query.Over is { } over)
            parts.Add($"--over {over.ToString().ToLowerInvariant()}");
        parts.AddRange(query.Where.Select(filter => $"--where {Quoted(FilterText.Write(filter))}"));
        if (query.From is { } from)
            parts.Add($"--from {CostQueryText.WriteStart(from)}");
        if (query.To is { } to)
            parts.Add($"--to {CostQueryText.WriteEnd(to)}");
        parts.Add($"--measure {query.Measure}");
        if (query.Time != TimeBasis.Charge)
            parts.Add($"--time {query.Time.ToString().ToLowerInvariant()}");
        if (query.Top is { } top)
            parts.Add(FormattableString.Invariant($"--top {top}"));
        if (query.Split != CostSplit.None)
            parts.Add(
                $"--split {query.Split.ToString().ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal)}"
            );
        if (query.Conversion is { } conversion)
            parts.Add($"--currency {conversion.Target.Code} --rates {conversion.Use.ToString().ToLowerInvariant()}");
        return string.Join(' ', parts);
    }

    private static string Quoted(string text) =>
        text.Any(letter => char.IsWhiteSpace(letter) || letter is '"' or '\'' or '*' or '!' or '$' or '&' or '(' or '#')
            ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : text;
}
