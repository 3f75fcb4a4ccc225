using Bursar.Cli.Output;
using Bursar.Rulebooks.Terms;

namespace Bursar.Manage.Education;

/// <summary>The dictionary as doors show it.</summary>
internal static class TermsRecord
{
    private static readonly ResultColumn[] Columns =
    [
        new("word"),
        new("vocabulary", ColumnKind.Whole),
        new("elsewhere", Spare: true),
        new("definition"),
        new("owner", Spare: true),
        new("edition", ColumnKind.Figure, Spare: true),
    ];

    /// <summary>One line a word: in its own vocabulary, or as another calls it.</summary>
    public static ResultTable Table(IEnumerable<DefinedTerm> terms, Vocabulary? vocabulary) =>
        new(Columns, [.. terms.Select(defined => Row(defined, vocabulary))]) { WhenEmpty = "No word is defined." };

    /// <summary>Everything known of words, for programs and for a single word.</summary>
    public static ResultRecord Of(DefinedTerm defined) =>
        ResultRecord.Of(
            ("name", defined.Term.Name),
            ("word", defined.Term.Word),
            ("vocabulary", defined.Term.Vocabulary.ToString()),
            ("definition", defined.Term.Definition),
            ("owner", defined.Term.Owner),
            ("edition", defined.Term.Edition),
            ("from", defined.Term.From),
            ("column", defined.Term.Column),
            ("source", defined.IsBuiltIn ? "built-in" : "rulebook"),
            (
                "equivalents",
                Elsewhere(defined.Term)
                    .Select(pair => ResultRecord.Of(("vocabulary", pair.Vocabulary.ToString()), ("word", pair.Word)))
                    .ToList()
            ),
            (
                "editions",
                defined
                    .Editions.Select(term =>
                        ResultRecord.Of(
                            ("edition", term.Edition),
                            ("from", term.From),
                            ("owner", term.Owner),
                            ("definition", term.Definition)
                        )
                    )
                    .ToList()
            )
        );

    /// <summary>What other vocabularies call it, in their order.</summary>
    public static IEnumerable<(Vocabulary Vocabulary, string Word)> Elsewhere(Term term) =>
        Enum.GetValues<Vocabulary>()
            .Where(vocabulary => vocabulary != term.Vocabulary)
            .Select(vocabulary => (vocabulary, Word: term.In(vocabulary)!))
            .Where(pair => pair.Word is not null);

    private static IReadOnlyList<object?> Row(DefinedTerm defined, Vocabulary? vocabulary)
    {
        var (term, shown) = (defined.Term, vocabulary ?? defined.Term.Vocabulary);
        var word = term.In(shown);
        return
        [
            word ?? term.Word,
            (word is null ? term.Vocabulary : shown).ToString(),
            string.Join(
                "; ",
                Elsewhere(term)
                    .Prepend((term.Vocabulary, term.Word))
                    .Where(pair => pair.Item1 != (word is null ? term.Vocabulary : shown))
                    .Select(pair => $"{pair.Item1} {pair.Item2}")
            ),
            term.Definition,
            term.Owner,
            term.Edition,
        ];
    }
}
