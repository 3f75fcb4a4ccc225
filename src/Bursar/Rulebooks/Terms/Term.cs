using System.ComponentModel;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;
using Bursar.Warehouse.Queries;

namespace Bursar.Rulebooks.Terms;

/// <summary>A word, what it means, who answers for that, and what others call the same thing.</summary>
internal sealed record Term : Declaration
{
    [Description("The word itself.")]
    public required string Word { get; init; }

    [Description("Whose word it is."), AsInFocus]
    public required Vocabulary Vocabulary { get; init; }

    [Description("What it means, in one or two sentences.")]
    public required string Definition { get; init; }

    [Description("Who answers for the definition: one for each edition."), RefersTo("owners")]
    public required string Owner { get; init; }

    [Description("The edition of the definition, 1, 2, 3, …; 1 unless given."), Between(1, 10_000)]
    public int Edition { get; init; } = 1;

    [Description("The first day on which this edition holds.")]
    public DateOnly? From { get; init; }

    [Description("The column whose heading it is: a FOCUS id or a shared field such as x_CostCentre.")]
    public string? Column { get; init; }

    [Description("What the same thing is called elsewhere, by vocabulary: FinOps, ITFM, TBM, FOCUS or Company.")]
    public IReadOnlyDictionary<string, string> Equivalents { get; init; } = new Dictionary<string, string>();

    /// <summary>What it is called in a vocabulary; null where that has no word for it.</summary>
    public string? In(Vocabulary vocabulary) =>
        vocabulary == Vocabulary ? Word : Equivalents.GetValueOrDefault(vocabulary.ToString());

    /// <summary>Whether both are editions of one word.</summary>
    public bool IsEditionOf(Term other) =>
        Vocabulary == other.Vocabulary && Word.Equals(other.Word, StringComparison.OrdinalIgnoreCase);

    public override void Check(RulebookCheck check)
    {
        if (At("column") is { } column)
            CheckColumn(check, column);
        if (At("equivalents") is { } equivalents)
            CheckEquivalents(check, equivalents);
        foreach (var earlier in check.Rulebook.All<Term>().TakeWhile(other => !ReferenceEquals(other, this)))
        {
            if (IsEditionOf(earlier) && At("edition") is { } at)
                CheckAgainst(earlier, check, at);
        }
    }

    private void CheckColumn(RulebookCheck check, YamlNode at)
    {
        if (
            Column is null
            || CostColumns.SharedFields.Contains(Column)
            || FocusColumns.CostAndUsage.ContainsKey(Column)
        )
            return;
        var known = FocusColumns.CostAndUsage.Keys.Concat(CostColumns.SharedFields);
        check.Findings.Error(
            at,
            "unknown-column",
            $"There is no column \"{Column}\".{DidYouMean.Question(Column, known)}",
            "Columns are FOCUS ids and the seven shared fields, such as x_CostCentre."
        );
    }

    private void CheckEquivalents(RulebookCheck check, YamlNode at)
    {
        var names = Enum.GetNames<Vocabulary>();
        foreach (var key in Equivalents.Keys.Where(key => !names.Contains(key)))
            check.Findings.Error(
                at,
                "unknown-vocabulary",
                $"\"{key}\" is no vocabulary.{DidYouMean.Question(key, names)}",
                $"Write one of {string.Join(", ", names)}."
            );
    }

    /// <summary>An edition has one definition and one owner; two editions never begin on the same day.</summary>
    private void CheckAgainst(Term earlier, RulebookCheck check, YamlNode at)
    {
        if (earlier.Edition == Edition)
            check.Findings.Error(
                at,
                "term-defined-twice",
                $"Edition {Edition} of \"{Word}\" ({Vocabulary}) is defined here, owned by {Owner}, and "
                    + $"{RulebookCheck.Where(earlier)}, owned by {earlier.Owner}.",
                "A word has one definition and one owner in each edition. Give the newer one the next edition and a from."
            );
        else if ((earlier.From ?? DateOnly.MinValue) == (From ?? DateOnly.MinValue))
            check.Findings.Error(
                at,
                "overlapping-editions",
                $"Editions {earlier.Edition} and {Edition} of \"{Word}\" ({Vocabulary}) hold from the same day on.",
                "Give the newer one a from: the first day on which it holds."
            );
    }
}
