using Bursar.Cli.Output;

namespace Bursar.Understand.Reporting.WhatIf;

/// <summary>A change of rules as Markdown, for a pull request: a reviewer reads it in ten seconds.</summary>
internal static class ChangeMarkdown
{
    public static void Write(RulebookChange change, int top, TextWriter output)
    {
        output.WriteLine($"### What these rules move: {Text(change.Old.Title)} → {Text(change.New.Title)}");
        output.WriteLine();
        foreach (var one in change.Shown)
        {
            output.WriteLine($"**{Text(ChangeWords.Sentence(one, change.Question))}** {Text(ChangeWords.Zero(one))}");
            output.WriteLine();
        }
        if (change.Currencies.Count == 0)
            output.WriteLine("There is no cost in this period.");
        if (change.IsAny)
        {
            Write(ChangeTables.Groups(change, top), output);
            Write(ChangeTables.Rules(change, top), output);
        }
        foreach (var note in change.Notes)
            output.WriteLine($"- {Text(note)}");
    }

    private static void Write(ResultTable table, TextWriter output)
    {
        if (table.Rows.Count == 0)
            return;
        output.WriteLine(
            $"| {string.Join(" | ", table.Columns.Select(column => Text(column.Heading ?? column.Id)))} |"
        );
        output.WriteLine(
            $"|{string.Concat(table.Columns.Select(column => column.Kind == ColumnKind.Figure ? "---:|" : "---|"))}"
        );
        foreach (var row in table.Rows)
            output.WriteLine($"| {string.Join(" | ", Cells(row, table))} |");
        foreach (var row in table.Totals)
            output.WriteLine(
                $"| {string.Join(" | ", Cells(row, table).Select(cell => cell.Length == 0 ? "" : $"**{cell}**"))} |"
            );
        output.WriteLine();
    }

    private static IEnumerable<string> Cells(IReadOnlyList<object?> row, ResultTable table) =>
        row.Select((cell, place) => Text(CellText.ForPeople(cell, table.Columns[place])));

    /// <summary>A value must not end a cell, begin a tag or become a link.</summary>
    private static string Text(string text)
    {
        var safe = new System.Text.StringBuilder();
        foreach (var letter in text)
        {
            if ("\\`*[]<>|".Contains(letter))
                safe.Append('\\');
            safe.Append(char.IsControl(letter) ? ' ' : letter);
        }
        return safe.ToString();
    }
}
