using System.Text;
using Bursar.Core.Diagnostics;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>An expression that cannot be read: what is wrong, in a sentence.</summary>
internal sealed class ExpressionException(string message) : Exception(message);

/// <summary>
/// Reads the mapping language: <c>[Column]</c>, <c>[Column|Other spelling]</c>, <c>'text'</c>, numbers, <c>+ - * /</c>,
/// <c>&amp;</c> for joining texts, <c>if … then … else …</c>, comparisons, and functions.
/// </summary>
internal sealed class ExpressionReader
{
    private readonly string text;
    private readonly IReadOnlyList<MapFunction> functions;
    private int at;

    private ExpressionReader(string text, IReadOnlyList<MapFunction> functions) =>
        (this.text, this.functions) = (text, functions);

    /// <summary>The expression of a cell.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="functions">The functions it may use; null for those of mappings.</param>
    /// <exception cref="ExpressionException">It cannot be read.</exception>
    public static MapExpression Read(string text, IReadOnlyList<MapFunction>? functions = null)
    {
        var reader = new ExpressionReader(text, functions ?? MapFunction.All);
        var expression = reader.Sum();
        reader.End();
        return IsCondition(expression)
            ? throw new ExpressionException("This is a condition, not a value.")
            : expression;
    }

    /// <summary>A condition.</summary>
    /// <exception cref="ExpressionException">It cannot be read.</exception>
    public static MapExpression ReadCondition(string text)
    {
        var reader = new ExpressionReader(text, MapFunction.All);
        var condition = reader.Condition();
        reader.End();
        return condition;
    }

    private static bool IsCondition(MapExpression expression) =>
        expression is Test or Not or OneOfTexts or IsEmpty or Contains or Call { Function.Name: "is_item" };

    private MapExpression Condition()
    {
        var left = Conjunction();
        while (TakeWord("or"))
            left = new Test("or", left, Conjunction());
        return left;
    }

    private MapExpression Conjunction()
    {
        var left = Question();
        while (TakeWord("and"))
            left = new Test("and", left, Question());
        return left;
    }

    private MapExpression Question()
    {
        if (TakeWord("not"))
            return new Not(Question());
        if (Peek() == '(' && TryParenthesised() is { } inner)
            return inner;
        var left = Sum();
        if (left is Call { Function.Name: "is_item" })
            return left;
        foreach (var comparison in new[] { "<>", "<=", ">=", "=", "<", ">" })
        {
            if (Take(comparison))
                return new Test(comparison, left, Sum());
        }
        if (TakeWord("in"))
            return new OneOfTexts(left, List());
        if (TakeWord("contains"))
            return new Contains(left, Sum());
        if (TakeWord("is"))
        {
            var isNot = TakeWord("not");
            if (!TakeWord("empty"))
                throw Expected("empty after is");
            return isNot ? new Not(new IsEmpty(left)) : new IsEmpty(left);
        }
        throw Expected("a comparison (=, <>, <, >, in, contains, is empty)");
    }

    /// <summary>A condition in parentheses; null when what is in them is a value.</summary>
    private MapExpression? TryParenthesised()
    {
        var start = at;
        try
        {
            Need('(');
            var inner = Condition();
            Need(')');
            return inner;
        }
        catch (ExpressionException)
        {
            at = start;
            return null;
        }
    }

    private MapExpression Sum()
    {
        var left = Product();
        while (Peek() is '+' or '-' or '&')
            left = new Joined(text[at++], left, Product());
        return left;
    }

    private MapExpression Product()
    {
        var left = Single();
        while (Peek() is '*' or '/')
            left = new Joined(text[at++], left, Single());
        return left;
    }

    private MapExpression Single()
    {
        if (TakeWord("if"))
            return IfThenElse();
        return Peek() switch
        {
            '[' => Column(),
            '\'' => new Constant(Quoted()),
            '(' => Parenthesised(),
            '-' => Negative(),
            >= '0' and <= '9' => Number(),
            var letter when char.IsAsciiLetter(letter) => Function(),
            _ => throw Expected("a [Column], a 'text', a number or a function"),
        };
    }

    private MapExpression Parenthesised()
    {
        Need('(');
        var inner = Sum();
        Need(')');
        return inner;
    }

    private Joined Negative()
    {
        at++;
        return new Joined('-', new Constant("0", IsNumber: true), Single());
    }

    private Choice IfThenElse()
    {
        var condition = Condition();
        if (!TakeWord("then"))
            throw Expected("then");
        var then = Sum();
        return new Choice(condition, then, TakeWord("else") ? Sum() : null);
    }

    private ColumnOf Column()
    {
        at++;
        var end = text.IndexOf(']', at);
        if (end < 0)
            throw new ExpressionException("A [ is not closed.");
        var names = text[at..end].Split('|', StringSplitOptions.TrimEntries);
        at = end + 1;
        return names.Any(name => name.Length == 0)
            ? throw new ExpressionException("There is no column name between the brackets.")
            : new ColumnOf(names);
    }

    private string Quoted()
    {
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '\'')
                value.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '\'')
                value.Append(text[at++]);
            else
            {
                at++;
                return value.ToString();
            }
        }
        throw new ExpressionException("A ' is not closed.");
    }

    private Constant Number()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
            at++;
        return new Constant(text[start..at], IsNumber: true);
    }

    private Call Function()
    {
        var name = Word();
        var function =
            functions.FirstOrDefault(known => known.Name == name)
            ?? throw new ExpressionException(
                $"There is no function \"{name}\"." + DidYouMean.Question(name, functions.Select(known => known.Name))
            );
        var arguments = List();
        if (arguments.Count < function.ArgumentsMin || arguments.Count > function.ArgumentsMax)
            throw new ExpressionException($"{name} gives {function.Help}; it has {arguments.Count} arguments here.");
        if (function.TextsOnly && arguments.Any(argument => argument is not Constant))
            throw new ExpressionException($"{name} takes texts in quotes.");
        if (
            name is "tags" or "object"
            && arguments.Where((argument, i) => i % 2 == 0 && argument is not Constant).Any()
        )
            throw new ExpressionException($"{name} takes pairs: a text in quotes, and a cell.");
        return new Call(function, arguments);
    }

    private List<MapExpression> List()
    {
        Need('(');
        var items = new List<MapExpression>();
        if (Peek() != ')')
        {
            do items.Add(Sum());
            while (Take(","));
        }
        Need(')');
        return items;
    }

    private string Word()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        return text[start..at];
    }

    private char Peek()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at < text.Length ? text[at] : '\0';
    }

    private bool Take(string mark)
    {
        Peek();
        if (!text.AsSpan(at).StartsWith(mark, StringComparison.Ordinal))
            return false;
        at += mark.Length;
        return true;
    }

    private bool TakeWord(string word)
    {
        Peek();
        var end = at + word.Length;
        if (!text.AsSpan(at).StartsWith(word, StringComparison.Ordinal))
            return false;
        if (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            return false;
        at = end;
        return true;
    }

    private void Need(char mark)
    {
        if (Peek() != mark)
            throw Expected($"\"{mark}\"");
        at++;
    }

    private void End()
    {
        if (Peek() != '\0')
            throw Expected("the end");
    }

    private ExpressionException Expected(string what)
    {
        var found = at >= text.Length ? "the text ends" : $"there is \"{text[at..Math.Min(at + 20, text.Length)]}\"";
        return new ExpressionException($"Expected {what} at character {at + 1}, but {found}.");
    }
}
