using Bursar.Core.Amounts;

namespace Bursar.Web;

/// <summary>How a cell is set.</summary>
public enum CellTone
{
    Plain,

    /// <summary>A sum: heavier.</summary>
    Sum,

    /// <summary>Of secondary interest: lighter.</summary>
    Soft,

    /// <summary>Words, not a figure: left-aligned.</summary>
    Text,

    /// <summary>A sentence: left-aligned, and wide enough that it is not one word a line.</summary>
    Prose,
}

/// <summary>A table ready to be set: every text is written and every link is made.</summary>
/// <param name="Caption">What the figures are, with unit and period.</param>
/// <param name="KeyHeadings">Headings of the leading columns that name a row.</param>
/// <param name="Headings">Headings of the figures.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Foot">Totals.</param>
public sealed record FigureTable(
    string Caption,
    IReadOnlyList<string> KeyHeadings,
    IReadOnlyList<FigureHeading> Headings,
    IReadOnlyList<FigureRow> Rows,
    IReadOnlyList<FigureRow> Foot
);

/// <summary>The heading of a column of figures, with its unit; a column of words has none.</summary>
public sealed record FigureHeading(string Text, string? Unit, string? Href = null);

/// <summary>One row: what it is about, and its figures.</summary>
public sealed record FigureRow(IReadOnlyList<FigureCell> Keys, IReadOnlyList<FigureCell> Cells);

/// <summary>A text, where it leads, and the exact amount behind it.</summary>
public sealed record FigureCell(string Text, string? Href = null, Amount? Exact = null, CellTone Tone = CellTone.Plain);
