using System.Text.RegularExpressions;
using Bursar.Core.Focus;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>Rules about the names and the order of the columns.</summary>
internal static partial class HeaderRules
{
    private const int LengthMax = 50;

    public static CompiledCheck Judge(Subject subject, string rule)
    {
        var headers = subject.Layout.Columns.Select(column => column.Header).ToList();
        var ids = FocusColumns.All.Select(column => column.Id).ToHashSet();
        var own = headers.Where(header => !ids.Contains(header)).ToList();
        var broken = rule switch
        {
            "prefixed" => own.Where(header => !header.StartsWith("x_", StringComparison.Ordinal)),
            "pascal-case" => own.Where(header => !PascalCase().IsMatch(Bare(header))),
            "alphanumeric" => own.Where(header => !Alphanumeric().IsMatch(Bare(header))),
            "short" => headers.Where(header => header.Length > LengthMax),
            "last" => headers.Take(headers.FindLastIndex(ids.Contains) + 1).Where(header => !ids.Contains(header)),
            _ => throw new InvalidOperationException($"There is no rule of headers called {rule}."),
        };
        var found = broken.ToList();
        return new CompiledCheck.Header(found.Count, found);
    }

    private static string Bare(string header) =>
        header.StartsWith("x_", StringComparison.Ordinal) ? header[2..] : header;

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$", RegexOptions.NonBacktracking)]
    private static partial Regex PascalCase();

    [GeneratedRegex("^[A-Za-z0-9]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Alphanumeric();
}
