using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Bursar.Understand.Ingestion.Tables;

/// <summary>Reads the rows of a workbook's sheets as texts: each number with its own digits, days as days.</summary>
internal sealed class WorkbookCells
{
    private const int ColumnsMax = 16_384;

    private readonly List<string> texts = [];
    private readonly List<bool> isDate = [];
    private readonly bool from1904;

    private WorkbookCells(bool from1904) => this.from1904 = from1904;

    /// <summary>What all sheets of a workbook share: texts, formats, and where its days begin.</summary>
    public static WorkbookCells Of(WorkbookPart book)
    {
        var cells = new WorkbookCells(book.Workbook?.WorkbookProperties?.Date1904?.InnerText is "1" or "true");
        if (book.SharedStringTablePart is { } shared)
            cells.texts.AddRange(Each<SharedStringItem>(shared).Select(TextOf));
        var styles = book.WorkbookStylesPart?.Stylesheet;
        var ownDates = (styles?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
            .Where(format => ShowsDay(format.FormatCode?.InnerText ?? ""))
            .Select(format => format.NumberFormatId?.InnerText ?? "")
            .ToHashSet();
        cells.isDate.AddRange(
            (styles?.CellFormats?.Elements<CellFormat>() ?? []).Select(format =>
                IsDateFormat(format.NumberFormatId?.InnerText ?? "0", ownDates)
            )
        );
        return cells;
    }

    /// <summary>The rows of a sheet, read as they come.</summary>
    public IEnumerable<List<string?>> Rows(WorksheetPart sheet)
    {
        foreach (var row in Each<Row>(sheet))
        {
            var values = new List<string?>();
            foreach (var cell in row.Elements<Cell>())
            {
                var column = cell.CellReference?.Value is { } place ? ColumnOf(place) : values.Count;
                while (values.Count < Math.Min(column, ColumnsMax))
                    values.Add(null);
                values.Add(Value(cell));
            }
            yield return values;
        }
    }

    /// <summary>The elements of a kind in a part, one in memory at a time.</summary>
    private static IEnumerable<T> Each<T>(OpenXmlPart part)
        where T : OpenXmlElement
    {
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.IsStartElement && reader.ElementType == typeof(T))
                yield return (T)reader.LoadCurrentElement()!;
        }
    }

    private string? Value(Cell cell)
    {
        // Formatted runs and how a word is read stand in an inline text beside the text itself.
        var text = cell.InlineString is { } inline ? TextOf(inline) : cell.CellValue?.Text ?? "";
        if (text.Length == 0)
            return null;
        return cell.DataType?.InnerText switch
        {
            "e" => null,
            "s" => SharedText(text),
            "b" => text == "1" ? "true" : "false",
            "inlineStr" or "str" or "d" => text,
            _ => Shown(text, cell.StyleIndex?.InnerText),
        };
    }

    private string SharedText(string index) =>
        int.TryParse(index, CultureInfo.InvariantCulture, out var place) && place >= 0 && place < texts.Count
            ? texts[place]
            : throw new InvalidDataException($"a cell shows text {index}, and there are {texts.Count}");

    private static string TextOf(RstType item) =>
        item.Text?.Text ?? string.Concat(item.Elements<Run>().Select(run => run.Text?.Text));

    /// <summary>A number as its cell means it: a day, or the number itself.</summary>
    private string Shown(string number, string? style)
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

    /// <summary>2 of "C7".</summary>
    private static int ColumnOf(string place) =>
        place.TakeWhile(char.IsAsciiLetter).Aggregate(0, (column, letter) => (column * 26) + letter - 'A' + 1) - 1;
}
