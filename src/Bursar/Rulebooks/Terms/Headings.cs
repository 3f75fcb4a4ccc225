using Bursar.Core.Focus;

namespace Bursar.Rulebooks.Terms;

/// <summary>
/// What columns are called for the reader of one command or page. Programs get ids; only what people read is switched.
/// </summary>
internal static class Headings
{
    private static readonly AsyncLocal<IReadOnlyDictionary<string, string>?> Spoken = new();

    /// <summary>From now on, in this command or page, headings are in a vocabulary.</summary>
    /// <param name="asked">The vocabulary that the reader asks for; null is the organisation's choice.</param>
    /// <param name="rulebook">Whose dictionary, and whose choice.</param>
    /// <param name="day">The day whose editions hold.</param>
    public static void Speak(Vocabulary? asked, Rulebook rulebook, DateOnly day) =>
        Spoken.Value = (asked ?? rulebook.Vocabulary) is { } vocabulary
            ? TermBook.Of(rulebook, day).Headings(vocabulary)
            : null;

    /// <summary>What a column is called; null where the reader's vocabulary has no word of its own.</summary>
    public static string? Of(string column) => Spoken.Value?.GetValueOrDefault(column);

    /// <summary>A heading with the column's usual name replaced by the reader's word: "Accrued Cost (USD)".</summary>
    public static string? In(string column, string? heading)
    {
        // Fields of records begin with a small letter; they are the same columns.
        var id =
            column.Length > 0 && char.IsLower(column[0]) && !column.StartsWith("x_", StringComparison.Ordinal)
                ? char.ToUpperInvariant(column[0]) + column[1..]
                : column;
        if (Of(id) is not { } word)
            return heading;
        return heading?.Contains(FocusColumns.DisplayName(id), StringComparison.Ordinal) == true
            ? heading.Replace(FocusColumns.DisplayName(id), word, StringComparison.Ordinal)
            : word;
    }
}
