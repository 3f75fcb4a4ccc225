namespace Bursar.Rulebooks;

/// <summary>A pattern in which <c>*</c> stands for any text, also none. </summary>
internal sealed class Wildcard(string pattern, StringComparison letters = StringComparison.Ordinal)
{
    private readonly string[] _pieces = pattern.Split('*');

    public static bool IsPattern(string text) => text.Contains('*', StringComparison.Ordinal);

    /// <summary>Takes each piece at its first place, which is enough when pieces are plain text.</summary>
    public bool Matches(string text)
    {
        if (_pieces.Length == 1)
            return text.Equals(_pieces[0], letters);
        var last = _pieces[^1];
        if (text.Length < _pieces[0].Length + last.Length)
            return false;
        if (!text.StartsWith(_pieces[0], letters) || !text.EndsWith(last, letters))
            return false;
        var at = _pieces[0].Length;
        var end = text.Length - last.Length;
        for (var i = 1; i < _pieces.Length - 1; i++)
        {
            var found = text.AsSpan(at, end - at).IndexOf(_pieces[i], letters);
            if (found < 0)
                return false;
            at += found + _pieces[i].Length;
        }
        return true;
    }
}
