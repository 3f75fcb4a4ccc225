using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Bursar.Core.Amounts;

namespace Bursar.Cli.Output;

/// <summary>
/// A workbook for spreadsheets (.xlsx): one sheet a table, numbers as numbers, text as text, the same bytes for
/// the same
/// tables. It holds no formula, so nothing that a tag says is ever run.
/// </summary>
internal static class WorkbookResult
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private const int TextWidth = 28;
    private const int FigureWidth = 18;

    /// <summary>Styles of the sheet: plain, bold, and amounts with two decimals and thousands apart.</summary>
    private const string Styles =
        $"<styleSheet xmlns=\"{Main}\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
        + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
        + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
        + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
        + "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
        + "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
        + "<xf numFmtId=\"4\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";

    /// <summary>The archive's clock: a file says nothing of when it was written.</summary>
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Write(IReadOnlyList<(string Name, ResultTable Table)> sheets)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "[Content_Types].xml", Types(sheets.Count));
            Add(archive, "_rels/.rels", Relations([("officeDocument", "xl/workbook.xml")]));
            Add(archive, "xl/workbook.xml", Workbook([.. sheets.Select(sheet => sheet.Name)]));
            Add(
                archive,
                "xl/_rels/workbook.xml.rels",
                Relations([
                    .. sheets.Select((_, i) => ("worksheet", $"worksheets/sheet{i + 1}.xml")),
                    ("styles", "styles.xml"),
                ])
            );
            Add(archive, "xl/styles.xml", Styles);
            for (var i = 0; i < sheets.Count; i++)
                Add(archive, $"xl/worksheets/sheet{i + 1}.xml", Sheet(sheets[i].Table));
        }
        return bytes.ToArray();
    }

    private static string Sheet(ResultTable table)
    {
        var xml = new StringBuilder($"<worksheet xmlns=\"{Main}\">");
        xml.Append(
            "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>"
        );
        for (var i = 1; i <= table.Columns.Count; i++)
        {
            var width = table.Columns[i - 1].Kind == ColumnKind.Figure ? FigureWidth : TextWidth;
            xml.Append(
                CultureInfo.InvariantCulture,
                $"<col min=\"{i}\" max=\"{i}\" width=\"{width}\" customWidth=\"1\"/>"
            );
        }
        xml.Append("</cols><sheetData>");
        Row(xml, table.Columns.Select(column => (object?)column.Id), style: 1);
        foreach (var row in table.Rows)
            Row(xml, row, style: 0);
        return xml.Append("</sheetData></worksheet>").ToString();
    }

    private static void Row(StringBuilder xml, IEnumerable<object?> cells, int style)
    {
        xml.Append("<row>");
        foreach (var cell in cells)
            xml.Append(Cell(cell, style));
        xml.Append("</row>");
    }

    private static string Cell(object? cell, int style) =>
        cell is null ? "<c/>"
        : CellText.IsNumber(cell)
            ? $"<c s=\"{(cell is Amount or Money ? 2 : style)}\"><v>{CellText.Exact(cell)}</v></c>"
        : $"<c t=\"inlineStr\" s=\"{style}\"><is><t xml:space=\"preserve\">{Escaped(CellText.Exact(cell))}</t></is></c>";

    /// <summary>Letters that XML 1.0 cannot hold are left out.</summary>
    private static string Escaped(string text) =>
        SecurityElement.Escape(string.Concat(text.Where(letter => letter >= ' ' || letter is '\t' or '\n')));

    private static string Types(int sheets)
    {
        var parts = Enumerable.Range(1, sheets).Select(i => Part($"worksheets/sheet{i}", "worksheet"));
        return $"<Types xmlns=\"{Package}/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + Part("workbook", "sheet.main")
            + Part("styles", "styles")
            + string.Concat(parts)
            + "</Types>";
    }

    private static string Part(string name, string kind) =>
        $"<Override PartName=\"/xl/{name}.xml\" ContentType=\"{Type}.{kind}+xml\"/>";

    private static string Workbook(IReadOnlyList<string> names) =>
        $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets>"
        + string.Concat(
            names.Select((name, i) => $"<sheet name=\"{Escaped(name)}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>")
        )
        + "</sheets></workbook>";

    private static string Relations(IReadOnlyList<(string Kind, string Target)> targets) =>
        $"<Relationships xmlns=\"{Package}/relationships\">"
        + string.Concat(
            targets.Select(
                (one, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Office}/{one.Kind}\" Target=\"{one.Target}\"/>"
            )
        )
        + "</Relationships>";

    private static void Add(ZipArchive archive, string name, string xml)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Epoch;
        using var writer = new StreamWriter(entry.Open(), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + xml);
    }
}
