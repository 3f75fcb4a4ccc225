using System.IO.Compression;
using System.Security;

namespace Bursar.Tests.Support;

/// <summary>A workbook as programs write it, put together by hand so that a test says every byte of a cell.</summary>
internal static class SomeWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>One sheet of texts and numbers; an empty text is no cell.</summary>
    public static byte[] Of(params string[][] rows) => OfSheets(rows);

    /// <summary>Several sheets, in the order of their tabs.</summary>
    public static byte[] OfSheets(params string[][][] sheets) =>
        OfXml([.. sheets.Select(rows => string.Concat(rows.Select((row, i) => Row(row, i + 1))))]);

    /// <param name="sheets">The content of sheetData of each sheet.</param>
    /// <param name="texts">The shared texts, each a si element.</param>
    /// <param name="formats">Number formats of the styles 0, 1, 2, …</param>
    /// <param name="links">Relationships of the first sheet.</param>
    /// <param name="properties">The workbook's properties.</param>
    public static byte[] OfXml(
        IReadOnlyList<string> sheets,
        string texts = "",
        int[]? formats = null,
        string links = "",
        string properties = ""
    )
    {
        var numbers = Enumerable.Range(1, sheets.Count).ToList();
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(
                "[Content_Types].xml",
                $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                    + Part("workbook", "sheet.main")
                    + string.Concat(numbers.Select(n => Part($"worksheets/sheet{n}", "worksheet")))
                    + Part("sharedStrings", "sharedStrings")
                    + Part("styles", "styles")
                    + "</Types>"
            );
            Add("_rels/.rels", Related(Relation("rId1", "officeDocument", "xl/workbook.xml")));
            var tabs = numbers.Select(n => $"<sheet name=\"S{n}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>");
            Add(
                "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\">{properties}<sheets>{string.Concat(tabs)}</sheets></workbook>"
            );
            Add(
                "xl/_rels/workbook.xml.rels",
                Related(
                    string.Concat(numbers.Select(n => Relation($"rId{n}", "worksheet", $"worksheets/sheet{n}.xml")))
                        + Relation("texts", "sharedStrings", "sharedStrings.xml")
                        + Relation("styles", "styles", "styles.xml")
                )
            );
            Add("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{texts}</sst>");
            var styles = string.Concat((formats ?? [0]).Select(id => $"<xf numFmtId=\"{id}\"/>"));
            Add("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><cellXfs>{styles}</cellXfs></styleSheet>");
            foreach (var n in numbers)
                Add(
                    $"xl/worksheets/sheet{n}.xml",
                    $"<worksheet xmlns=\"{Main}\"><sheetData>{sheets[n - 1]}</sheetData></worksheet>"
                );
            if (links.Length > 0)
                Add("xl/worksheets/_rels/sheet1.xml.rels", Related(links));

            void Add(string name, string text)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }
        return stream.ToArray();
    }

    /// <summary>A link of the sheet to an address outside.</summary>
    public static string Link(string target) =>
        $"<Relationship Id=\"rId1\" Type=\"{Relations}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>";

    private static string Part(string name, string kind) =>
        $"<Override PartName=\"/xl/{name}.xml\" ContentType=\"{Type}.{kind}+xml\"/>";

    private static string Related(string relations) =>
        $"<Relationships xmlns=\"{Package}/relationships\">{relations}</Relationships>";

    private static string Relation(string id, string kind, string target) =>
        $"<Relationship Id=\"{id}\" Type=\"{Relations}/{kind}\" Target=\"{target}\"/>";

    private static string Row(string[] cells, int row) =>
        $"<row r=\"{row}\">{string.Concat(cells.Select((cell, i) => cell.Length == 0 ? "" : Cell(cell, $"{(char)('A' + i)}{row}")))}</row>";

    private static string Cell(string text, string place) =>
        text.All(letter => char.IsAsciiDigit(letter) || letter == '.')
            ? $"<c r=\"{place}\"><v>{text}</v></c>"
            : $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";
}
