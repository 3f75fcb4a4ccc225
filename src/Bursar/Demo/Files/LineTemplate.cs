using System.Text;

namespace Bursar.Demo.Files;

/// <summary>
/// The lines of one resource: what is always the same, ready as bytes, and the places of what changes.
/// </summary>
internal sealed class LineTemplate
{
    /// <summary>What a cell may say that differs from line to line.</summary>
    private static readonly (string Marker, Slot Slot)[] Markers =
    [
        ("{month}", Slot.BillingMonth),
        ("{billed}", Slot.BilledCost),
        ("{effective}", Slot.EffectiveCost),
    ];

    private readonly (byte[] Text, Slot Slot)[] pieces;

    /// <param name="shape">The file's shape.</param>
    /// <param name="cells">Cells by column; a missing cell of a varying column is filled line by line, any other is
    /// null.</param>
    public LineTemplate(FileShape shape, IReadOnlyDictionary<string, string?> cells)
    {
        Provider = cells.GetValueOrDefault("ServiceProviderName") ?? cells.GetValueOrDefault("ProviderName") ?? "";
        Currency = cells.GetValueOrDefault("BillingCurrency") ?? "USD";
        Issuer = cells.GetValueOrDefault("InvoiceIssuerName") ?? Provider;
        Account = cells.GetValueOrDefault("BillingAccountId") ?? "";
        Category = cells.GetValueOrDefault("ChargeCategory") is "Tax" or "Credit" ? cells["ChargeCategory"]! : "Usage";
        Invoice = cells.GetValueOrDefault("InvoiceId");
        var text = new StringBuilder();
        var cut = new List<(byte[], Slot)>();
        var used = 0;
        for (var i = 0; i < shape.Columns.Count; i++)
        {
            if (i > 0)
                text.Append(',');
            var column = shape.Columns[i];
            if (cells.TryGetValue(column, out var cell))
            {
                used++;
                AppendCell(cut, text, cell, shape);
            }
            else if (shape.Slots.TryGetValue(column, out var slot))
                Cut(cut, text, slot);
            else
                text.Append(shape.Null);
        }
        if (used != cells.Count)
            throw new ArgumentException("A cell belongs to no column of the file.", nameof(cells));
        text.Append(shape.NewLine);
        Cut(cut, text, Slot.None);
        pieces = [.. cut];
    }

    public string Provider { get; }

    public string Currency { get; }

    /// <summary>Who issues the invoice.</summary>
    public string Issuer { get; }

    public string Account { get; }

    /// <summary>Tax and Credit are lines of their own on an invoice; all else is Usage.</summary>
    public string Category { get; }

    /// <summary>The invoice's number, its month as {month}; null where the provider delivers none.</summary>
    public string? Invoice { get; }

    /// <summary>The stories that these lines tell, for the truth; none for everyday lines.</summary>
    public IReadOnlyList<string> Stories { get; init; } = [];

    /// <summary>
    /// False for lines that cannot be read (their amount is planted rubbish): they are no part of any total.
    /// </summary>
    public bool Readable { get; init; } = true;

    public ReadOnlySpan<(byte[] Text, Slot Slot)> Pieces => pieces;

    private static void AppendCell(List<(byte[], Slot)> cut, StringBuilder text, string? cell, FileShape shape)
    {
        if (cell is null)
        {
            text.Append(shape.Null);
            return;
        }
        foreach (var (marker, slot) in Markers)
        {
            var at = cell.IndexOf(marker, StringComparison.Ordinal);
            if (at < 0)
                continue;
            text.Append(cell.AsSpan(0, at));
            Cut(cut, text, slot);
            text.Append(cell.AsSpan(at + marker.Length));
            return;
        }
        text.Append(Quoted(cell));
    }

    private static void Cut(List<(byte[], Slot)> cut, StringBuilder text, Slot slot)
    {
        cut.Add((Encoding.UTF8.GetBytes(text.ToString()), slot));
        text.Clear();
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : "\"" + cell.Replace("\"", "\"\"") + "\"";
}
