using System.IO.Compression;
using System.Security;

namespace Bursar.Tests.Ingestion;

/// <summary>Excel workbooks as programs write them, made of texts.</summary>
internal static class SomeWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>One sheet of texts and numbers; an empty text is no cell.</summary>
    public static byte[] Of(params string[][] rows) => OfSheets(rows);

    /// <summary>Several sheets, in the order of their tabs.</summary>
    public static byte[] OfSheets(params string[][][] sheets) =>
        OfXml([.. sheets.Select(rows => string.Concat(rows.Select((row, i) => Row(row, i + 1))))]);

    /// <summary>Sheets of rows as XML, beside other parts.</summary>
    public static byte[] OfXml(IReadOnlyList<string> sheets, params (string Name, string Content)[] parts)
    {
        var numbers = Enumerable.Range(1, sheets.Count).ToList();
        var tabs = string.Concat(numbers.Select(n => $"<sheet name=\"S{n}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"));
        var relations = string.Concat(
            numbers.Select(n => $"<Relationship Id=\"rId{n}\" Target=\"worksheets/sheet{n}.xml\"/>")
        );
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(
                "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{tabs}</sheets></workbook>"
            );
            Add(
                "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
            );
            foreach (var (name, content) in parts)
                Add(name, content);
            foreach (var n in numbers)
                Add(
                    $"xl/worksheets/sheet{n}.xml",
                    $"<worksheet xmlns=\"{Main}\"><sheetData>{sheets[n - 1]}</sheetData></worksheet>"
                );

            void Add(string name, string text)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }
        return stream.ToArray();
    }

    /// <summary>Texts that cells name by number, the first one in two formatted runs.</summary>
    public static (string Name, string Content) SharedText(string begins, string ends) =>
        ("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\"><si><r><t>{begins}</t></r><r><t>{ends}</t></r></si></sst>");

    /// <summary>The second style shows days.</summary>
    public static (string Name, string Content) Styles =>
        (
            "xl/styles.xml",
            $"<styleSheet xmlns=\"{Main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
        );

    private static string Row(string[] cells, int row) =>
        $"<row r=\"{row}\">{string.Concat(cells.Select((cell, i) => cell.Length == 0 ? "" : Cell(cell, $"{(char)('A' + i)}{row}")))}</row>";

    private static string Cell(string text, string place) =>
        text.All(letter => char.IsAsciiDigit(letter) || letter == '.')
            ? $"<c r=\"{place}\"><v>{text}</v></c>"
            : $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";
}
