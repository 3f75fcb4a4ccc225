using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Bursar.Understand.Ingestion.Tables;

/// <summary>
/// Makes a table of the first sheet of an Excel workbook that has one; cover sheets are passed over. Numbers come with
/// the digits that are stored.
/// </summary>
/// <remarks>
/// Titles above the header are left out: the header is the first row with most of the sheet's columns.
/// </remarks>
internal static class WorkbookTable
{
    private const int RowsLookedAt = 200;

    /// <summary>A cover sheet has a column of names and one of remarks; a table of charges has more.</summary>
    private const int TableColumnsMin = 3;

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
    /// <exception cref="OpenXmlPackageException">The workbook is damaged.</exception>
    public static bool TryWrite(string from, string to)
    {
        using var workbook = Open(from);
        if (workbook.WorkbookPart is not { } book)
            throw new InvalidDataException("it does not say which of its parts is the workbook");
        var cells = WorkbookCells.Of(book);
        List<List<string?>>? first = null;
        foreach (var sheet in Sheets(book))
        {
            var rows = cells.Rows(sheet).Where(row => row.Any(cell => cell is not null)).ToList();
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

    /// <summary>
    /// A workbook whose links are no addresses ("mailto:a b") is opened as a copy in memory in which they are mended.
    /// </summary>
    private static SpreadsheetDocument Open(string path)
    {
        try
        {
            return SpreadsheetDocument.Open(path, isEditable: false);
        }
        catch (OpenXmlPackageException)
        {
            var copy = new MemoryStream();
            using (var file = File.OpenRead(path))
                file.CopyTo(copy);
            return SpreadsheetDocument.Open(
                copy,
                isEditable: true,
                new OpenSettings
                {
                    AutoSave = false,
                    RelationshipErrorHandlerFactory = RelationshipErrorHandler.CreateRewriterFactory(
                        (_, _, _) => "about:blank"
                    ),
                }
            );
        }
    }

    /// <summary>The sheets of cells in the order of their tabs; charts have tabs too.</summary>
    private static IEnumerable<WorksheetPart> Sheets(WorkbookPart book) =>
        (book.Workbook?.Descendants<Sheet>() ?? [])
            .Select(sheet => book.Parts.FirstOrDefault(part => part.RelationshipId == sheet.Id?.Value)?.OpenXmlPart)
            .OfType<WorksheetPart>();
}
