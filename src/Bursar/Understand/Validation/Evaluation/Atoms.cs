namespace Bursar.Understand.Validation.Evaluation;

/// <summary>The facts that the rules of a run need about a row, each asked of the engine once.</summary>
internal sealed class Atoms
{
    /// <summary>Facts packed into one BIGINT.</summary>
    public const int BitsPerWord = 60;

    private readonly Dictionary<string, int> numbers = [];
    private readonly List<string> expressions = [];
    private readonly Dictionary<int, Formula> formulas = [];

    /// <summary>The SQL of every fact; null is as good as false.</summary>
    public IReadOnlyList<string> Expressions => expressions;

    public int Words => Math.Max((expressions.Count + BitsPerWord - 1) / BitsPerWord, 1);

    /// <summary>The fact that an SQL expression states; the same expression is the same fact.</summary>
    public Formula Of(string expression)
    {
        if (!numbers.TryGetValue(expression, out var number))
        {
            number = expressions.Count;
            numbers.Add(expression, number);
            expressions.Add(expression);
            formulas.Add(number, Formula.Atom(number));
        }
        return formulas[number];
    }

    /// <summary>The facts of one word, packed: bit by bit.</summary>
    public string Packed(int word)
    {
        var bits = Enumerable
            .Range(word * BitsPerWord, BitsPerWord)
            .TakeWhile(number => number < expressions.Count)
            .Select(number => $"a{number}")
            .ToList();
        return bits.Count == 0 ? "0::BIGINT" : $"pack_bits({string.Join(", ", bits)})";
    }
}
