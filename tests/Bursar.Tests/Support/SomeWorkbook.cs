using System.IO.Compression;

namespace Bursar.Tests.Support;

/// <summary>A workbook as programs write it, put together by hand so that a test says every byte of a cell.</summary>
internal static class SomeWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <param name="rows">The content of sheetData.</param>
    /// <param name="texts">The shared texts, each a si element.</param>
    /// <param name="formats">Number formats of the styles 0, 1, 2, …</param>
    /// <param name="links">Relationships of the sheet.</param>
    /// <param name="properties">The workbook's properties.</param>
    public static byte[] Of(
        string rows,
        string texts = "",
        int[]? formats = null,
        string links = "",
        string properties = ""
    )
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(
                "[Content_Types].xml",
                $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                    + Part("workbook", "sheet.main")
                    + Part("worksheets/sheet1", "worksheet")
                    + Part("sharedStrings", "sharedStrings")
                    + Part("styles", "styles")
                    + "</Types>"
            );
            Add("_rels/.rels", Related(Relation("rId1", "officeDocument", "xl/workbook.xml")));
            Add(
                "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\">{properties}<sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            );
            Add(
                "xl/_rels/workbook.xml.rels",
                Related(
                    Relation("rId1", "worksheet", "worksheets/sheet1.xml")
                        + Relation("rId2", "sharedStrings", "sharedStrings.xml")
                        + Relation("rId3", "styles", "styles.xml")
                )
            );
            Add("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{texts}</sst>");
            var styles = string.Concat((formats ?? [0]).Select(id => $"<xf numFmtId=\"{id}\"/>"));
            Add("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><cellXfs>{styles}</cellXfs></styleSheet>");
            Add("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>");
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
}
