using Bursar.Core.Focus;

namespace Bursar.Understand.Validation.Rules;

/// <summary>The rule tables that travel with Bursar: one line a rule, FOCUS 1.0 to 1.4.</summary>
internal static class RuleTable
{
    /// <summary>The rules of a release and dataset.</summary>
    /// <param name="version">The release.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="asPublished">True for the rules with the defects of the published models.</param>
    public static RuleSet Of(FocusVersion version, FocusDataset dataset, bool asPublished)
    {
        var rules = TextOf(version)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => CsvCells.Split(line))
            .Where(cells =>
                FocusVersions.Parse(cells[1]) <= version && (cells[2].Length == 0 || cells[2] == dataset.ToString())
            )
            .Select(cells => Read(cells, asPublished))
            .ToList();
        return RuleSet.From(version, dataset, rules);
    }

    private static Rule Read(IReadOnlyList<string> cells, bool asPublished) =>
        new(
            cells[0],
            Enum.Parse<RuleKind>(cells[3], ignoreCase: true),
            cells[4],
            cells[5],
            cells[6],
            cells[7].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            CheckText.Read(Choose(cells[8], cells[11], asPublished)),
            CheckText.Read(Choose(cells[9], cells[12], asPublished)),
            cells[10].Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );

    /// <summary>An empty cell of the published columns means "the same"; a hyphen, "nothing".</summary>
    private static string Choose(string corrected, string published, bool asPublished) =>
        !asPublished || published.Length == 0 ? corrected
        : published == "-" ? ""
        : published;

    /// <summary>The table that a release is judged by, as it is written.</summary>
    public static string TextOf(FocusVersion version)
    {
        var table = version <= FocusVersion.V1_2 ? "1.2" : version.Number();
        using var stream =
            typeof(RuleTable).Assembly.GetManifestResourceStream($"Bursar.Understand.Validation.rules-{table}.csv")
            ?? throw new InvalidOperationException($"The rules of FOCUS {table} are not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
