using System.Text;
using Bursar.Cli;

namespace Bursar.Understand.Validation.Rules;

/// <summary>Reads a check as the tables write it: <c>and(is(ChargeCategory, 'Usage'), not-null(SkuId))</c>.</summary>
internal static class CheckText
{
    private static readonly Dictionary<string, CheckKind> Kinds = Enum.GetValues<CheckKind>()
        .ToDictionary(kind => Choice.KebabCase(kind.ToString()));

    /// <summary>The check; null for an empty cell, which is a rule that data cannot decide.</summary>
    /// <exception cref="FormatException">The text is no check.</exception>
    public static Check? Read(string text)
    {
        if (text.Length == 0)
            return null;
        var at = 0;
        var check = Read(text, ref at);
        return at == text.Length ? check : throw Bad(text, at);
    }

    /// <summary>The text of a check, arguments quoted.</summary>
    public static string Write(Check check)
    {
        var arguments = check.Arguments.Select(argument => $"'{argument.Replace("'", "''")}'");
        var all = string.Join(", ", check.Items.Select(Write).Concat(arguments));
        return $"{Choice.KebabCase(check.Kind.ToString())}({all})";
    }

    private static Check Read(string text, ref int at)
    {
        var name = Word(text, ref at);
        if (!Kinds.TryGetValue(name, out var kind) || at >= text.Length || text[at] != '(')
            throw Bad(text, at);
        at++;
        var (arguments, items) = (new List<string>(), new List<Check>());
        while (true)
        {
            SkipBlanks(text, ref at);
            if (at >= text.Length)
                throw Bad(text, at);
            if (text[at] == '\'')
                arguments.Add(Quoted(text, ref at));
            else if (kind is CheckKind.And or CheckKind.Or)
                items.Add(Read(text, ref at));
            else
                arguments.Add(Word(text, ref at));
            SkipBlanks(text, ref at);
            if (at >= text.Length || text[at] is not (',' or ')'))
                throw Bad(text, at);
            if (text[at++] == ')')
                return new Check(kind, arguments, items);
        }
    }

    private static string Word(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] is not ('(' or ')' or ',' or ' ' or '\''))
            at++;
        return at > start ? text[start..at] : throw Bad(text, at);
    }

    private static string Quoted(string text, ref int at)
    {
        var value = new StringBuilder();
        at++;
        while (at < text.Length)
        {
            var character = text[at++];
            if (character != '\'')
                value.Append(character);
            else if (at < text.Length && text[at] == '\'')
                value.Append(text[at++]);
            else
                return value.ToString();
        }
        throw Bad(text, at);
    }

    private static void SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ')
            at++;
    }

    private static FormatException Bad(string text, int at) => new($"No check at character {at + 1} of: {text}");
}
