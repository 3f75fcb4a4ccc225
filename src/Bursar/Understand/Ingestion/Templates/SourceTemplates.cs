using System.IO.Compression;
using System.Security;
using System.Text;
using Bursar.Core.Diagnostics;

namespace Bursar.Understand.Ingestion.Templates;

/// <summary>Example tables for cost that no provider delivers: invoices, licences, assets, staff.</summary>
internal static class SourceTemplates
{
    private const string Prefix = "Bursar.Templates.";

    private const string Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>In the order of the alphabet.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(SourceTemplates)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".csv".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The table as csv text.</summary>
    /// <exception cref="RefusedException">There is no template of the name.</exception>
    public static string Csv(string name)
    {
        if (!Names.Contains(name))
            throw new RefusedException(
                "source/no-such-template",
                $"There is no template \"{name}\".{DidYouMean.Question(name, Names)}",
                "Name one of these: " + string.Join(", ", Names) + ".",
                exitCode: 2
            );
        using var stream = typeof(SourceTemplates).Assembly.GetManifestResourceStream($"{Prefix}{name}.csv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Writes the table; by the ending of the file's name, as csv or as a workbook.</summary>
    /// <exception cref="RefusedException">There is no such template, the file is there already or cannot be
    /// written.</exception>
    public static void Write(string name, string path)
    {
        var csv = Csv(name);
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            if (Path.GetExtension(path).Equals(".xlsx", StringComparison.OrdinalIgnoreCase))
                WriteWorkbook(csv, file);
            else
                file.Write(new UTF8Encoding(false).GetBytes(csv));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "source/cannot-write",
                $"{path} cannot be written: {cause.Message.TrimEnd('.')}.",
                "Name a file that is not there yet, in a folder that you may write to."
            );
        }
    }

    private static void WriteWorkbook(string csv, Stream file)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        Add(
            archive,
            "[Content_Types].xml",
            """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/xl/workbook.xml"
              ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml"
              ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
            </Types>
            """
        );
        Add(
            archive,
            "_rels/.rels",
            """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1"
              Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
              Target="xl/workbook.xml"/>
            </Relationships>
            """
        );
        Add(
            archive,
            "xl/_rels/workbook.xml.rels",
            """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1"
              Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
              Target="worksheets/sheet1.xml"/>
            </Relationships>
            """
        );
        Add(
            archive,
            "xl/workbook.xml",
            $"""
            <workbook xmlns="{Sheet}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
            <sheets>
            <sheet name="Costs" sheetId="1" r:id="rId1"/>
            </sheets>
            </workbook>
            """
        );
        var rows = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Row);
        Add(
            archive,
            "xl/worksheets/sheet1.xml",
            $"<worksheet xmlns=\"{Sheet}\"><sheetData>{string.Concat(rows)}</sheetData></worksheet>"
        );
    }

    /// <summary>Titles are one quoted cell; no other cell of a template has a comma or a quote.</summary>
    private static string Row(string line)
    {
        var cells = line.StartsWith('"') ? [line.Trim('"')] : line.Split(',');
        return $"<row>{string.Concat(cells.Select(Cell))}</row>";
    }

    private static string Cell(string text) =>
        text.Length > 0
        && text.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-')
        && !text.Contains("-0", StringComparison.Ordinal)
        && text.LastIndexOf('-') <= 0
            ? $"<c><v>{text}</v></c>"
            : $"<c t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";

    private static void Add(ZipArchive archive, string name, string xml)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
        writer.Write(xml);
    }
}
