using System.ComponentModel;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;
using Bursar.Rulebooks;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>
/// How the rows of a file that is not FOCUS become charges: which column each cost, day and name is in.
/// </summary>
internal sealed record Mapping : Declaration
{
    [Description("What people call such a file; without it, the name.")]
    public string? Title { get; init; }

    [Description("Columns that every such file has. Case, spaces and punctuation do not matter.")]
    public IReadOnlyList<string> Recognise { get; init; } = [];

    [Description("Columns that no such file has.")]
    public IReadOnlyList<string> Unless { get; init; } = [];

    [Description("Patterns of the files that are of this form: invoices/*.csv. * stays in a folder, ** does not.")]
    public IReadOnlyList<string> Files { get; init; } = [];

    [Description("Which rows are charges, as a condition: [Status] <> 'Total'. The others are left out and counted.")]
    public string? Where { get; init; }

    [Description("A column with a JSON array: each of its items becomes a row of its own beside the row itself.")]
    public string? Each { get; init; }

    [Description("For each FOCUS column, where it comes from: BilledCost: \"[Amount]\".")]
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    [Description("Two files of the same month tell different costs of the same charges: how to tell them apart.")]
    public PairRule? Pair { get; init; }

    [Description("What a reader of its totals should know, told with each delivery.")]
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The name that people read.</summary>
    public string Shown => Title ?? Name;

    /// <summary>Its name and a hash of what it says: a mended mapping is another.</summary>
    public string Identity => $"{Name} {DocumentHash.Of("mapping-1", [this])[..16]}";

    public override void Check(RulebookCheck check)
    {
        foreach (var (id, expression) in Columns)
        {
            if (!FocusColumns.CostAndUsage.ContainsKey(id) && !id.StartsWith("x_", StringComparison.Ordinal))
                Wrong(
                    check,
                    "unknown-column",
                    "columns",
                    $"{id} is no FOCUS column.{DidYouMean.Question(id, FocusColumns.CostAndUsage.Keys)}",
                    "Use a column of FOCUS Cost and Usage, or a name of your own that begins with x_."
                );
            Try(check, "columns", id, () => ExpressionReader.Read(expression));
        }
        if (Where is not null)
            Try(check, "where", "where", () => ExpressionReader.ReadCondition(Where));
        if (Each is not null)
            Try(check, "each", "each", () => ExpressionReader.Read(Each));
        if (Pair is not null)
        {
            Try(check, "pair", "billed", () => ExpressionReader.ReadCondition(Pair.Billed));
            Try(check, "pair", "effective", () => ExpressionReader.ReadCondition(Pair.Effective));
        }
        if (Recognise.Count == 0 && Files.Count == 0)
            Wrong(
                check,
                "nothing-recognised",
                "name",
                $"The mapping {Name} does not say which files it is for.",
                "Add recognise: with a few columns that such a file has, or files: with a pattern."
            );
    }

    /// <summary>Whether a file belongs to this mapping by its path, with forward slashes.</summary>
    public bool IsFor(string path) => Files.Any(pattern => FilePattern.Matches(pattern, path));

    private void Try(RulebookCheck check, string key, string what, Func<MapExpression> read)
    {
        try
        {
            read();
        }
        catch (ExpressionException problem)
        {
            Wrong(
                check,
                "bad-cell",
                key,
                $"{what}: {problem.Message}",
                "Write [Column], 'text', numbers with + - * /, & to join, if … then … else …, or a function."
            );
        }
    }

    private void Wrong(RulebookCheck check, string code, string key, string message, string remedy) =>
        check.Error(this, key, code, message, remedy);
}
