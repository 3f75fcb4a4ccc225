using Bursar.Rulebooks.Terms;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Bursar.Cli.Output;

/// <summary>
/// A table for people: figures right and whole, text wrapped into what room is left, one light rule below the headings.
/// </summary>
internal static class TableResult
{
    private const int Gap = 2;
    private const int TextWidthMin = 8;

    /// <summary>Longer words are addresses of machines: they are broken before names are squeezed for them.</summary>
    private const int WordMax = 26;

    public static void Write(ResultTable table, ShellIo io)
    {
        if (table.Caption is { } caption)
        {
            foreach (var line in caption.Split('\n').SelectMany(part => Help.HelpText.Wrap(part, io.Width)))
                io.Out.WriteLine(line);
            io.Out.WriteLine();
        }
        if (table.Rows.Count == 0)
        {
            io.Out.WriteLine(table.WhenEmpty);
            return;
        }
        var rows = CellsOf(table);
        while (FirstSpare(table, rows, io.Width) is >= 0 and var spare)
        {
            table = Without(table, spare);
            rows = CellsOf(table);
        }
        var widths = Widths(table.Columns, rows, io.Width);
        var grid = new Table
        {
            Border = new LightRule(),
            UseSafeBorder = false,
            ShowRowSeparators = false,
        };
        for (var i = 0; i < widths.Length; i++)
            grid.AddColumn(Column(table.Columns[i], widths[i], last: i == widths.Length - 1));
        foreach (var row in rows.Take(table.Rows.Count))
            grid.AddRow(row.Select(cell => new Text(cell)));
        if (table.Totals.Count > 0)
            grid.AddRow(widths.Select(width => new Text(new string('-', width))));
        foreach (var row in rows.Skip(table.Rows.Count))
            grid.AddRow(row.Select(cell => new Text(cell)));
        io.Out.Write(Render(grid, widths.Sum() + (Gap * widths.Length) + widths.Length + 1, io));
    }

    /// <summary>In the reader's words, where they differ.</summary>
    private static string HeadingOf(ResultColumn column) =>
        Headings.In(column.Id, column.Heading) ?? column.Heading ?? column.Id;

    private static string[][] CellsOf(ResultTable table) =>
        [
            .. table
                .Rows.Concat(table.Totals)
                .Select(row => row.Select((cell, place) => CellText.ForPeople(cell, table.Columns[place])).ToArray()),
        ];

    /// <summary>The first column to do without, where not every word has room on a line; -1 when all have.</summary>
    private static int FirstSpare(ResultTable table, string[][] rows, int width)
    {
        var needed = Floors(table.Columns, rows).Sum() + (Gap * (table.Columns.Count - 1));
        return needed <= width ? -1 : table.Columns.ToList().FindIndex(column => column.Spare);
    }

    private static ResultTable Without(ResultTable table, int column)
    {
        return table with
        {
            Columns = Others(table.Columns),
            Rows = [.. table.Rows.Select(Others)],
            Totals = [.. table.Totals.Select(Others)],
        };

        IReadOnlyList<T> Others<T>(IReadOnlyList<T> items) => [.. items.Where((_, place) => place != column)];
    }

    private static TableColumn Column(ResultColumn column, int width, bool last)
    {
        var heading = new Text(HeadingOf(column), new Style(decoration: Decoration.Bold));
        return new TableColumn(heading)
        {
            Width = width,
            NoWrap = column.Kind != ColumnKind.Text,
            Alignment = column.Kind == ColumnKind.Figure ? Justify.Right : Justify.Left,
            Padding = new Padding(0, 0, last ? 0 : Gap, 0),
        };
    }

    /// <summary>
    /// Figures and whole cells get what they need; text columns share the rest, the widest giving way first. Words are
    /// broken only where there is no other way.
    /// </summary>
    private static int[] Widths(IReadOnlyList<ResultColumn> columns, string[][] rows, int width)
    {
        var widths = columns
            .Select(
                (column, place) =>
                    Math.Max(
                        column.Kind == ColumnKind.Text ? CellWidth(HeadingOf(column)) : LongestWord(HeadingOf(column)),
                        rows.Max(row => CellWidth(row[place]))
                    )
            )
            .ToArray();
        var room = width - (Gap * (columns.Count - 1));
        Narrow(widths, room, Floors(columns, rows));
        Narrow(
            widths,
            room,
            [.. columns.Select((column, place) => column.Kind == ColumnKind.Text ? TextWidthMin : widths[place])]
        );
        return [.. widths.Select(cells => Math.Max(cells, 1))];
    }

    /// <summary>How narrow each column may become without a word of it being broken.</summary>
    private static int[] Floors(IReadOnlyList<ResultColumn> columns, string[][] rows) =>
        [
            .. columns.Select(
                (column, place) =>
                    Math.Max(
                        LongestWord(HeadingOf(column)),
                        rows.Max(row =>
                            column.Kind == ColumnKind.Text
                                ? Math.Min(LongestWord(row[place]), WordMax)
                                : CellWidth(row[place])
                        )
                    )
            ),
        ];

    private static void Narrow(int[] widths, int room, int[] floors)
    {
        while (widths.Sum() > room)
        {
            var widest = Enumerable
                .Range(0, widths.Length)
                .Where(place => widths[place] > floors[place])
                .OrderByDescending(place => widths[place])
                .FirstOrDefault(-1);
            if (widest < 0)
                break;
            widths[widest]--;
        }
    }

    private static int LongestWord(string text) => text.Split(' ').Max(CellWidth);

    private static int CellWidth(string text) => new Text(text).Length;

    private static string Render(Table grid, int width, ShellIo io)
    {
        using var text = new StringWriter();
        var styled = io.Styled(io.OutIsTerminal);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = styled ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = styled ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(text),
            }
        );
        console.Profile.Width = Math.Max(width, 10);
        console.Write(grid);
        // Spectre counts a column for each border, drawn or not, and draws an empty line where the top border would be.
        // It pads every cell to its width, too; blanks at the end of a line only make diffs and copies worse.
        return string.Join(
                '\n',
                text.ToString().ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => line.TrimEnd())
            ) + '\n';
    }

    /// <summary>No lines but one of hyphens below the headings: legible in every font, terminal and e-mail.</summary>
    private sealed class LightRule : TableBorder
    {
        public override string GetPart(TableBorderPart part) => part == TableBorderPart.HeaderBottom ? "-" : "";
    }
}
