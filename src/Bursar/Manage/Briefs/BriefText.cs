using System.Runtime.CompilerServices;

namespace Bursar.Manage.Briefs;

/// <summary>
/// A name that is written as its owners write it: of a service, an account, a priority, a person's role.
/// </summary>
/// <param name="Text">The name.</param>
public readonly record struct BriefName(string Text);

/// <summary>A piece of a sentence: words, a name, or a figure.</summary>
/// <param name="Text">As it reads.</param>
/// <param name="Figure">The figure, when it is one.</param>
/// <param name="IsName">True for names, which need no explanation.</param>
public sealed record BriefPiece(string Text, BriefFigure? Figure = null, bool IsName = false);

/// <summary>Text of a brief, in which every figure knows where it comes from.</summary>
/// <param name="Pieces">In reading order.</param>
public sealed record BriefText(IReadOnlyList<BriefPiece> Pieces)
{
    /// <summary>Writes a text: <c>BriefText.Of($"September cost {figure}.")</c>.</summary>
    public static BriefText Of(BriefSentence sentence) => sentence.ToText();

    public static BriefText Plain(string text) => new([new BriefPiece(text)]);

    public static BriefText Name(string text) => new([new BriefPiece(text, IsName: true)]);

    /// <summary>Texts one after the other, a space between them.</summary>
    public static BriefText Join(IEnumerable<BriefText?> texts)
    {
        var pieces = new List<BriefPiece>();
        foreach (var text in texts)
        {
            if (text is null || text.Pieces.Count == 0)
                continue;
            if (pieces.Count > 0)
                pieces.Add(new BriefPiece(" "));
            pieces.AddRange(text.Pieces);
        }
        return new BriefText(pieces);
    }

    public override string ToString() => string.Concat(Pieces.Select(piece => piece.Text));
}

/// <summary>Collects the pieces of an interpolated sentence.</summary>
[InterpolatedStringHandler]
public readonly struct BriefSentence
{
    private readonly List<BriefPiece> pieces;

    public BriefSentence(int literalLength, int formattedCount) =>
        pieces = new List<BriefPiece>((2 * formattedCount) + Math.Min(literalLength, 1));

    public void AppendLiteral(string text) => pieces.Add(new BriefPiece(text));

    public void AppendFormatted(string text) => pieces.Add(new BriefPiece(text));

    public void AppendFormatted(BriefName name) => pieces.Add(new BriefPiece(name.Text, IsName: true));

    public void AppendFormatted(BriefFigure figure) => pieces.Add(new BriefPiece(figure.Text, figure));

    public void AppendFormatted(BriefText text) => pieces.AddRange(text.Pieces);

    internal BriefText ToText() => new(pieces);
}
