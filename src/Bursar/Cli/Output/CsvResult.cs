namespace Bursar.Cli.Output;

/// <summary>
/// CSV for spreadsheets and programs (RFC 4180): header, CRLF, quotes only where needed, every digit.
/// </summary>
/// <remarks>
/// Spreadsheets run text that begins with =, +, - or @ as a formula, and tag values come from anybody who may write a
/// tag. Such text gets a leading apostrophe, the spreadsheets' own mark for "text"; numbers are never touched. Programs
/// that need the text unchanged ask for JSON.
/// </remarks>
internal static class CsvResult
{
    public static void Write(ResultTable table, TextWriter output)
    {
        WriteLine(table.Columns.Select(column => Quoted(column.Id)), output);
        WriteRows(table, output);
    }

    /// <summary>Only the rows: a long table is written in parts.</summary>
    public static void WriteRows(ResultTable table, TextWriter output)
    {
        foreach (var row in table.Rows)
            WriteLine(row.Select(Cell), output);
    }

    private static string Cell(object? cell) => Quoted(cell is string text ? AsText(text) : CellText.Exact(cell));

    private static string AsText(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"")}\"" : text;

    private static void WriteLine(IEnumerable<string> cells, TextWriter output)
    {
        output.Write(string.Join(',', cells));
        output.Write("\r\n");
    }
}
