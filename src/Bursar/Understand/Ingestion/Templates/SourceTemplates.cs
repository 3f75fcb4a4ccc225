using System.Text;
using Bursar.Core.Diagnostics;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Bursar.Understand.Ingestion.Templates;

/// <summary>Example tables for cost that no provider delivers: invoices, licences, assets, staff.</summary>
internal static class SourceTemplates
{
    private const string Prefix = "Bursar.Templates.";

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
        using var workbook = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(workbook, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var sheet = book.AddNewPart<WorksheetPart>();
            var rows = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Row);
            sheet.Worksheet = new Worksheet(new SheetData(rows));
            book.Workbook = new Workbook(
                new Sheets(
                    new Sheet
                    {
                        Id = book.GetIdOfPart(sheet),
                        SheetId = 1,
                        Name = "Costs",
                    }
                )
            );
        }
        workbook.WriteTo(file);
    }

    /// <summary>Titles are one quoted cell; no other cell of a template has a comma or a quote.</summary>
    private static Row Row(string line) =>
        new((line.StartsWith('"') ? [line.Trim('"')] : line.Split(',')).Select(Cell));

    private static Cell Cell(string text) =>
        text.Length > 0
        && text.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-')
        && !text.Contains("-0", StringComparison.Ordinal)
        && text.LastIndexOf('-') <= 0
            ? new Cell { CellValue = new CellValue(text) }
            : new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };
}
