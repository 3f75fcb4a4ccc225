using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Bursar.Understand.Ingestion.Tables;

/// <summary>
/// Makes a table of the first sheet of an Excel workbook that has one; cover sheets are passed over. Read without a
/// library: numbers come with the digits that are stored, where a library would hand out binary fractions.
/// </summary>
/// <remarks>
/// Titles above the header are left out: the header is the first row with most of the sheet's columns.
/// </remarks>
internal static class WorkbookTable
{
    private const int RowsLookedAt = 200;

    /// <summary>A cover sheet has a column of names and one of remarks; a table of charges has more.</summary>
    private const int TableColumnsMin = 3;

    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Whether a zip archive is a workbook.</summary>
    public static bool Is(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return archive.GetEntry("xl/workbook.xml") is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <returns>False when no sheet holds a table.</returns>
    /// <exception cref="InvalidDataException">The workbook is damaged.</exception>
    /// <exception cref="XmlException">The workbook is damaged.</exception>
    public static bool TryWrite(string from, string to)
    {
        using var archive = ZipFile.OpenRead(from);
        var texts = SharedTexts(archive);
        var styles = WorkbookStyles.Read(archive);
        List<List<string?>>? first = null;
        foreach (var sheet in Sheets(archive))
        {
            var rows = SheetRows.Read(sheet, texts, styles).Where(row => row.Any(cell => cell is not null)).ToList();
            if (rows.Count < 2)
                continue;
            first ??= rows;
            if (!rows.Any(row => Filled(row) >= TableColumnsMin))
                continue;
            Write(rows, to);
            return true;
        }
        if (first is not null)
            Write(first, to);
        return first is not null;
    }

    private static void Write(List<List<string?>> rows, string to)
    {
        var width = rows.Take(RowsLookedAt).Max(Filled);
        var header = rows.FindIndex(row => Filled(row) * 2 > width);
        if (header + 2 < rows.Count && IsSecondHeader(rows[header], rows[header + 1], rows[header + 2]))
        {
            rows[header + 1] = Named(rows[header], rows[header + 1]);
            header++;
        }
        using var table = new TableText(to);
        var columns = rows[header].Count;
        foreach (var row in rows.Skip(header))
            table.Write(Enumerable.Range(0, columns).Select(i => i < row.Count ? row[i] : null));
    }

    /// <summary>
    /// Groups of columns have a row of their own above the names: the names are all words, fill gaps of the groups, and
    /// have numbers below them.
    /// </summary>
    private static bool IsSecondHeader(List<string?> groups, List<string?> names, List<string?> first) =>
        Filled(names) > Filled(groups)
        && names.All(name => name is null || !name.Any(char.IsAsciiDigit))
        && first.Any(cell => cell is not null && char.IsAsciiDigit(cell.TrimStart('-').FirstOrDefault()));

    /// <summary>"Cost 2026 net" of a column "net" in a group "Cost 2026" where another group has a "net" too.</summary>
    private static List<string?> Named(List<string?> groups, List<string?> names)
    {
        var (group, named) = ((string?)null, new List<string?>());
        for (var i = 0; i < names.Count; i++)
        {
            group = (i < groups.Count ? groups[i] : null) ?? group;
            var repeated = names[i] is { } name && names.Count(other => other == name) > 1;
            named.Add(
                names[i] is null ? group
                : repeated ? $"{group} {names[i]}"
                : names[i]
            );
        }
        return named;
    }

    private static int Filled(List<string?> row) => row.Count(cell => cell is not null);

    /// <summary>The sheets in the order of their tabs.</summary>
    private static IEnumerable<ZipArchiveEntry> Sheets(ZipArchive archive)
    {
        var targets = new Dictionary<string, string>();
        foreach (var relation in Elements(archive.GetEntry("xl/_rels/workbook.xml.rels"), "Relationship"))
            targets[relation.GetAttribute("Id") ?? ""] = relation.GetAttribute("Target") ?? "";
        var ids = Elements(archive.GetEntry("xl/workbook.xml"), "sheet")
            .Select(sheet => sheet.GetAttribute("id", Relations) ?? "")
            .ToList();
        foreach (var id in ids)
        {
            var target = targets.GetValueOrDefault(id, "");
            var path = target.StartsWith('/') ? target[1..] : "xl/" + target;
            if (archive.GetEntry(path) is { } entry)
                yield return entry;
        }
    }

    private static List<string> SharedTexts(ZipArchive archive)
    {
        var texts = new List<string>();
        foreach (var item in Elements(archive.GetEntry("xl/sharedStrings.xml"), "si"))
            texts.Add(SheetRows.TextOf(item));
        return texts;
    }

    /// <summary>The elements of a name in a part of the workbook, each to be read before the next.</summary>
    public static IEnumerable<XmlReader> Elements(ZipArchiveEntry? entry, string name)
    {
        if (entry is null)
            yield break;
        using var reader = XmlReader.Create(
            entry.Open(),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit }
        );
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == name)
                yield return reader;
        }
    }
}

/// <summary>Which of a workbook's number formats show days.</summary>
internal sealed class WorkbookStyles
{
    private readonly List<bool> isDate = [];

    private readonly bool from1904;

    private WorkbookStyles(bool from1904) => this.from1904 = from1904;

    public static WorkbookStyles Read(ZipArchive archive)
    {
        var styles = new WorkbookStyles(
            WorkbookTable
                .Elements(archive.GetEntry("xl/workbook.xml"), "workbookPr")
                .Any(properties => properties.GetAttribute("date1904") is "1" or "true")
        );
        var dateFormats = new HashSet<string>();
        foreach (var format in WorkbookTable.Elements(archive.GetEntry("xl/styles.xml"), "numFmt"))
        {
            if (ShowsDay(format.GetAttribute("formatCode") ?? ""))
                dateFormats.Add(format.GetAttribute("numFmtId") ?? "");
        }
        foreach (var formats in WorkbookTable.Elements(archive.GetEntry("xl/styles.xml"), "cellXfs"))
        {
            using var inner = formats.ReadSubtree();
            while (inner.Read())
            {
                if (inner is { NodeType: XmlNodeType.Element, LocalName: "xf" })
                    styles.isDate.Add(IsDateFormat(inner.GetAttribute("numFmtId") ?? "0", dateFormats));
            }
        }
        return styles;
    }

    /// <summary>A number as its cell means it: a day, or the number itself.</summary>
    public string Shown(string number, string? style)
    {
        if (
            style is null
            || !int.TryParse(style, CultureInfo.InvariantCulture, out var index)
            || index >= isDate.Count
            || !isDate[index]
            || !decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var days)
            || days is < 1 or > 2_958_465
        )
            return number;
        var origin = from1904 ? new DateTime(1904, 1, 1) : new DateTime(1899, 12, 30);
        var day = origin.AddTicks(
            (long)decimal.Round(days * 86_400, MidpointRounding.AwayFromZero) * TimeSpan.TicksPerSecond
        );
        return day.TimeOfDay == TimeSpan.Zero
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : day.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static bool IsDateFormat(string id, HashSet<string> own) =>
        own.Contains(id)
        || (int.TryParse(id, CultureInfo.InvariantCulture, out var number) && number is >= 14 and <= 22);

    /// <summary>A format with a day or a year in it, texts in quotes and colours in brackets aside.</summary>
    private static bool ShowsDay(string format)
    {
        var (quoted, bracketed) = (false, false);
        foreach (var letter in format)
        {
            if (letter == '"')
                quoted = !quoted;
            else if (letter is '[' or ']')
                bracketed = letter == '[';
            else if (!quoted && !bracketed && letter is 'd' or 'D' or 'y' or 'Y')
                return true;
        }
        return false;
    }
}

/// <summary>Reads the rows of a sheet as texts.</summary>
internal static class SheetRows
{
    private const int ColumnsMax = 16_384;

    public static IEnumerable<List<string?>> Read(ZipArchiveEntry sheet, List<string> texts, WorkbookStyles styles)
    {
        foreach (var row in WorkbookTable.Elements(sheet, "row"))
        {
            var cells = new List<string?>();
            using (var inner = row.ReadSubtree())
            {
                while (inner.Read())
                {
                    if (inner is not { NodeType: XmlNodeType.Element, LocalName: "c" })
                        continue;
                    var column = inner.GetAttribute("r") is { } place ? ColumnOf(place) : cells.Count;
                    var (type, style) = (inner.GetAttribute("t"), inner.GetAttribute("s"));
                    while (cells.Count < Math.Min(column, ColumnsMax))
                        cells.Add(null);
                    cells.Add(Value(inner, type, style, texts, styles));
                }
            }
            yield return cells;
        }
    }

    /// <summary>The texts of an element, its formatted runs joined.</summary>
    public static string TextOf(XmlReader element)
    {
        var text = "";
        using var inner = element.ReadSubtree();
        var isText = false;
        while (inner.Read())
        {
            if (inner.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
                isText = inner is { NodeType: XmlNodeType.Element, LocalName: "t" or "v", IsEmptyElement: false };
            else if (
                isText && inner.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA
            )
                text += inner.Value;
        }
        return text;
    }

    private static string? Value(XmlReader cell, string? type, string? style, List<string> texts, WorkbookStyles styles)
    {
        var text = TextOf(cell);
        if (text.Length == 0 || type == "e")
            return null;
        return type switch
        {
            "s" => texts[int.Parse(text, CultureInfo.InvariantCulture)],
            "b" => text == "1" ? "true" : "false",
            "inlineStr" or "str" or "d" => text,
            _ => styles.Shown(text, style),
        };
    }

    /// <summary>2 of "C7".</summary>
    private static int ColumnOf(string place) =>
        place.TakeWhile(char.IsAsciiLetter).Aggregate(0, (column, letter) => (column * 26) + letter - 'A' + 1) - 1;
}
