using System.Text.RegularExpressions;

namespace Bursar.Tests.House;

/// <summary>Sizes and words that keep the code readable (CONTRIBUTING.md).</summary>
public sealed partial class TidyTests
{
    /// <summary>
    /// CSharpier breaks code at 120; only a text or a line of SQL that has no better place is longer.
    /// </summary>
    private const int LineLengthMax = 120;
    private const int TextLineLengthMax = 175;
    private const int FileLinesMax = 425;
    private const int MethodLinesMax = 85;

    /// <summary>Files that may be longer, each with its reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    /// <summary>Places where binary fractions may be, each with its reason. Amounts never are.</summary>
    private static readonly Dictionary<string, string> DoubleFolders = new()
    {
        ["src/Bursar.Core/Numbers/"] = "statistics",
        ["src/Bursar.Warehouse/DuckDb/"] = "the engine has a DOUBLE type, and parquet files have DOUBLE columns",
        ["src/Bursar/Understand/Anomalies/Detection/"] = "a score says how rare a figure is, and is no amount",
        ["src/Bursar/Quantify/Forecasts/Models/"] = "a forecast is an estimate; it becomes an amount in ForecastSums",
    };

    [Fact]
    public void A_line_fits_on_a_screen() =>
        SourceFile.None(
            SourceFile.CSharp.SelectMany(file =>
                file.Lines.Select((line, place) => (line, place))
                    .Where(pair => pair.line.Length > (IsComment(pair.line) ? LineLengthMax : TextLineLengthMax))
                    .Where(pair => !IsRecordOfAnExport(file.Path, pair.line))
                    .Select(pair => $"{file.Path}:{pair.place + 1} ({pair.line.Length})")
            ),
            $"Comments have at most {LineLengthMax} characters a line, code with a text in it {TextLineLengthMax}:"
        );

    /// <summary>What a provider writes as one line stands in a test as one line.</summary>
    private static bool IsRecordOfAnExport(string path, string line) =>
        path.StartsWith("tests/", StringComparison.Ordinal)
        && !line.TrimEnd().EndsWith(';')
        && (line.TrimStart().StartsWith('{') || line.Count(letter => letter == ',') >= 5);

    private static bool IsComment(string line) =>
        line.TrimStart().StartsWith("//", StringComparison.Ordinal) && !line.Contains("https://");

    [Fact]
    public void A_file_is_read_in_one_sitting() =>
        SourceFile.None(
            SourceFile
                .CSharp.Where(file => file.Lines.Length > FileLinesMax && !LongFiles.ContainsKey(file.Path))
                .Select(file => $"{file.Path} ({file.Lines.Length})"),
            $"A file over {FileLinesMax} lines holds two ideas. Split it, or list it in LongFiles with the reason:"
        );

    [Fact]
    public void A_method_fits_on_a_screen() =>
        SourceFile.None(
            SourceFile.CSharp.SelectMany(file =>
                MemberLengths(file)
                    .Where(member => member.Lines > MethodLinesMax)
                    .Select(member => $"{file.Path}:{member.Start} ({member.Lines})")
            ),
            $"Methods have at most {MethodLinesMax} lines. Push the loops' bodies down into named functions:"
        );

    [Fact]
    public void Nothing_is_left_for_later() =>
        SourceFile.None(
            SourceFile
                .Under([".cs", ".razor", ".css", ".js", ".sql", ".yaml", ".yml", ".csproj", ".props", ".targets"], "")
                .SelectMany(file =>
                    file.Lines.Select((line, place) => (line, place))
                        .Where(pair => ForLater().IsMatch(pair.line) && file.Name != nameof(TidyTests))
                        .Select(pair => $"{file.Path}:{pair.place + 1}: {pair.line.Trim()}")
                ),
            "Do it now, or write an issue. The code has no promises in it:"
        );

    [Fact]
    public void Binary_fractions_stay_with_statistics() =>
        SourceFile.None(
            SourceFile
                .Product.Where(file => !DoubleFolders.Keys.Any(file.Path.StartsWith))
                .SelectMany(file =>
                    file.Code.Where(line => BinaryFraction().IsMatch(line.Text))
                        .Select(line => $"{file.Path}:{line.Number}: {line.Text.Trim()}")
                ),
            "Use Amount for money and quantities, decimal for rates. Statistics live in Bursar.Core/Numbers:"
        );

    [Fact]
    public void A_type_is_named_for_what_it_is() =>
        SourceFile.None(
            SourceFile.Product.SelectMany(file =>
                file.Code.Where(line => EmptyName().IsMatch(line.Text))
                    .Select(line => $"{file.Path}:{line.Number}: {line.Text.Trim()}")
            ),
            "Such a name says nothing. Name the noun or the verb, and put it beside its only caller:"
        );

    [Fact]
    public void A_role_suffix_is_kept() =>
        SourceFile.None(
            SourceFile
                .Product.Where(file => file.Path.EndsWith(".cs"))
                .Where(file =>
                    (file.Name.EndsWith("Math") && !file.Text.Contains($"static class {file.Name}"))
                    || (file.Name.EndsWith("Cli") && !file.Text.Contains($"class {file.Name}"))
                    || (
                        file.Name.Length > "Capability".Length
                        && file.Name.EndsWith("Capability")
                        && !file.Text.Contains(": Capability")
                    )
                )
                .Select(file => file.Path),
            "A *Math.cs holds a static class of that name, a *Cli.cs a class of that name, a *Capability.cs a Capability:"
        );

    [Fact]
    public void Every_type_says_what_it_is() =>
        SourceFile.None(
            // The native types are named in the engine's own manual; a JSON context is written by the compiler.
            SourceFile
                .Product.Where(file => file.Path.EndsWith(".cs") && !file.Path.Contains("/Native/"))
                .SelectMany(file =>
                    file.Lines.Select((line, place) => (line, place))
                        .Where(pair => TypeLine().IsMatch(pair.line) && !pair.line.Contains(": JsonSerializerContext"))
                        .Where(pair => !HasSummary(file.Lines, pair.place))
                        .Select(pair => $"{file.Path}:{pair.place + 1}: {pair.line.Trim()}")
                ),
            "Give the type a <summary>: one sentence that a finance person understands."
        );

    /// <summary>
    /// Bodies of members, found by the layout that the formatter keeps: '{' alone on a line, '}' at the same depth.
    /// </summary>
    private static IEnumerable<(int Start, int Lines)> MemberLengths(SourceFile file)
    {
        for (var start = 1; start < file.Lines.Length; start++)
        {
            var line = file.Lines[start];
            var depth = line.Length - line.TrimStart().Length;
            if (line.Trim() != "{" || depth is not (4 or 8) || TypeLine().IsMatch(file.Lines[start - 1].TrimStart()))
                continue;
            var closing = new string(' ', depth) + "}";
            var end = Array.FindIndex(file.Lines, start, text => text.StartsWith(closing));
            if (end > start)
                yield return (start, end - start + 1);
        }
    }

    private static bool HasSummary(string[] lines, int place)
    {
        var above = place - 1;
        while (above >= 0 && (lines[above].StartsWith('[') || lines[above].StartsWith(' ')))
            above--;
        return above >= 0 && lines[above].StartsWith("///");
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|^\s*#region")]
    private static partial Regex ForLater();

    [GeneratedRegex(@"\b(double|float)\b(?=[^""]*(""[^""]*""[^""]*)*$)")]
    private static partial Regex BinaryFraction();

    [GeneratedRegex(
        @"\b(class|record|interface|struct)\s+\w*"
            + @"(Manager|Helpers?|Utils?|Utilities|Processor|Repository|Dto|Impl|Common|Misc)\b"
    )]
    private static partial Regex EmptyName();

    [GeneratedRegex(
        "^(public |internal |private |file |static |sealed |abstract |readonly |partial |unsafe |ref )*"
            + "(class|record|struct|enum|interface) "
    )]
    private static partial Regex TypeLine();
}
