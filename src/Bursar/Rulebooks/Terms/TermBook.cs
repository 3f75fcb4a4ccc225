namespace Bursar.Rulebooks.Terms;

/// <summary>A word of the dictionary: the edition in force, and the ones before and after it.</summary>
/// <param name="Term">The edition that holds on the day.</param>
/// <param name="Editions">All of them, oldest first.</param>
/// <param name="IsBuiltIn">Whether it came with Bursar, and no rulebook has said otherwise.</param>
internal sealed record DefinedTerm(Term Term, IReadOnlyList<Term> Editions, bool IsBuiltIn);

/// <summary>The dictionary on one day: the words of the rulebook, and those that came with Bursar.</summary>
internal sealed class TermBook
{
    private static readonly Lazy<IReadOnlyList<Term>> BuiltIn = new(() => BuiltInDocuments.Read<Term>("Bursar.Terms."));

    private TermBook(IReadOnlyList<DefinedTerm> terms) => Terms = terms;

    /// <summary>By the word, then by vocabulary.</summary>
    public IReadOnlyList<DefinedTerm> Terms { get; }

    public static TermBook Of(Rulebook rulebook, DateOnly day)
    {
        var own = rulebook.All<Term>().ToList();
        var kept = BuiltIn.Value.Where(term => !own.Exists(other => Overrides(other, term)));
        return new TermBook([
            .. own.Select(term => (Term: term, IsBuiltIn: false))
                .Concat(kept.Select(term => (Term: term, IsBuiltIn: true)))
                .GroupBy(pair => (pair.Term.Vocabulary, pair.Term.Word.ToUpperInvariant(), pair.IsBuiltIn))
                .Select(same => InForce([.. same.Select(pair => pair.Term)], same.Key.IsBuiltIn, day))
                .OfType<DefinedTerm>()
                .OrderBy(defined => defined.Term.Word, StringComparer.OrdinalIgnoreCase)
                .ThenBy(defined => defined.Term.Vocabulary),
        ]);
    }

    /// <summary>The words that match a text, in whatever vocabulary; the exact one alone where there is one.</summary>
    public IReadOnlyList<DefinedTerm> Find(string text)
    {
        var exact = Terms.Where(defined => Names(defined.Term).Any(name => Same(name, text))).ToList();
        if (exact.Count > 0)
            return exact;
        return
        [
            .. Terms.Where(defined =>
                Names(defined.Term).Any(name => name.Contains(text, StringComparison.OrdinalIgnoreCase))
            ),
        ];
    }

    /// <summary>Everything that words are called, for a question that had no match.</summary>
    public IEnumerable<string> Words => Terms.SelectMany(defined => Names(defined.Term)).Distinct();

    /// <summary>What the columns are called in a vocabulary, by their ids.</summary>
    public IReadOnlyDictionary<string, string> Headings(Vocabulary vocabulary)
    {
        var headings = new Dictionary<string, string>();
        foreach (var defined in Terms.OrderBy(defined => defined.IsBuiltIn))
        {
            if (defined.Term.Column is { } column && defined.Term.In(vocabulary) is { } word)
                headings.TryAdd(column, word);
        }
        return headings;
    }

    private static IEnumerable<string> Names(Term term) =>
        [
            term.Word,
            term.Name,
            .. term.Equivalents.Values,
            .. term.Column is { } column ? [column] : Array.Empty<string>(),
        ];

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>A rulebook speaks of the same thing by its name, its column or its word.</summary>
    private static bool Overrides(Term own, Term builtIn) =>
        own.Name == builtIn.Name || (own.Column is { } column && column == builtIn.Column) || own.IsEditionOf(builtIn);

    /// <summary>An edition holds until the next begins; before the first day of all, the word is not defined.</summary>
    private static DefinedTerm? InForce(IReadOnlyList<Term> editions, bool isBuiltIn, DateOnly day)
    {
        var ordered = editions.OrderBy(term => term.From ?? DateOnly.MinValue).ThenBy(term => term.Edition).ToList();
        return ordered.FindLast(term => (term.From ?? DateOnly.MinValue) <= day) is { } term
            ? new DefinedTerm(term, ordered, isBuiltIn)
            : null;
    }
}
