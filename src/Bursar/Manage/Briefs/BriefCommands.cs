using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Briefs;

/// <summary>Writes questions as the command lines that ask them, ready to be pasted.</summary>
internal static class BriefCommands
{
    /// <summary>
    /// <c>bursar explain --from 2026-09 --to 2026-09 --as-of '#41'</c>; a table of figures is asked with <c>costs</c>.
    /// </summary>
    public static string Of(CostQuery query, long sequence)
    {
        var isOneFigure = query.By.Count == 0 && query.Over is null;
        var parts = new List<string> { isOneFigure ? "bursar explain" : "bursar costs" };
        if (query.By.Count > 0)
            parts.Add("--by " + Quoted(FilterText.Join(query.By)));
        if (query.Over is { } grain)
            parts.Add("--over " + grain.ToString().ToLowerInvariant());
        parts.AddRange(query.Where.Select(filter => "--where " + Quoted(FilterText.Write(filter))));
        if (query.From is { } from)
            parts.Add("--from " + CostQueryText.WriteStart(from));
        if (query.To is { } to)
            parts.Add("--to " + CostQueryText.WriteEnd(to));
        if (query.Measure != default)
            parts.Add("--measure " + query.Measure);
        if (query.Time != default)
            parts.Add("--time billing");
        if (query.Top is { } top)
            parts.Add($"--top {top}");
        if (query.Split != default)
            parts.Add("--split " + SplitText(query.Split));
        if (query.Conversion is { } conversion)
            parts.Add($"--currency {conversion.Target}{(conversion.Use == RateUse.Plan ? " --rates plan" : "")}");
        if (query.Structure is { } structure)
            parts.Add($"--structure {structure}");
        return AsOf(string.Join(' ', parts), sequence);
    }

    /// <summary>Every command line that reproduces a figure.</summary>
    public static IReadOnlyList<string> Of(BriefFigure figure, long sequence) =>
        [
            .. figure.Questions.Select(question => Of(question, sequence)),
            .. figure.Commands.Select(command => AsOf(command, sequence)),
        ];

    private static string AsOf(string command, long sequence) => $"{command} --as-of '#{sequence}'";

    private static string SplitText(CostSplit split) =>
        split switch
        {
            CostSplit.Tax => "tax",
            CostSplit.Credits => "credits",
            _ => "tax,credits",
        };

    private static string Quoted(string text) =>
        text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or ',' or '=' or '-' or '.' or '/' or ':')
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
