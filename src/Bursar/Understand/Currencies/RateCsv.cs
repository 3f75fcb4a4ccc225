using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Understand.Currencies;

/// <summary>
/// Reads a csv file of rates as the European Central Bank publishes it: Date, USD, JPY, …; one line per day, N/A or
/// nothing where a currency has no rate.
/// </summary>
internal sealed class RateCsv(YamlFile file, string baseCurrency, Findings findings)
{
    private readonly List<PublishedRate> rates = [];
    private readonly Dictionary<DateOnly, int> lines = [];

    public IReadOnlyList<PublishedRate> Read()
    {
        if (ReadHeader() is not { } currencies)
            return [];
        for (var line = 2; line <= file.Lines.Length; line++)
        {
            if (file.Lines[line - 1].Trim().Length > 0)
                ReadLine(line, currencies);
        }
        return rates;
    }

    /// <summary>The currency of each column; null for a column that is passed over.</summary>
    private List<string?>? ReadHeader()
    {
        var cells = Cells(1);
        if (cells[0].Text != "Date")
        {
            Wrong(
                cells[0],
                "bad-rates-file",
                $"The first column is \"{cells[0].Text}\", not Date.",
                "Begin with a line of headings: Date,USD,GBP. The ECB's eurofxref-hist.csv has it."
            );
            return null;
        }
        var currencies = new List<string?> { null };
        foreach (var cell in cells.Skip(1))
        {
            var twice = currencies.Contains(cell.Text);
            // The bank ends every line with a comma: an empty heading is no column.
            if (cell.Text.Length > 0 && twice)
                Wrong(cell, "bad-rates-file", $"{cell.Text} has two columns.", "Keep one of them.");
            else if (cell.Text.Length > 0 && !RateTable.IsCode(cell.Text))
                Wrong(
                    cell,
                    "bad-currency",
                    $"\"{cell.Text}\" is not a currency code.",
                    "Write three capital letters, as in ISO 4217: EUR."
                );
            currencies.Add(RateTable.IsCode(cell.Text) && !twice ? cell.Text : null);
        }
        return currencies;
    }

    private void ReadLine(int line, List<string?> currencies)
    {
        var cells = Cells(line);
        if (RateTable.Day(cells[0].Text) is not { } day)
        {
            Wrong(cells[0], "bad-date", $"\"{cells[0].Text}\" is not a day.", "Write year-month-day: 2026-03-31.");
            return;
        }
        if (!lines.TryAdd(day, line))
        {
            Wrong(
                cells[0],
                "rate-twice",
                $"{day:yyyy-MM-dd} stands on line {lines[day]} already.",
                "Keep one line for each day."
            );
            return;
        }
        if (cells.Count > currencies.Count)
            Wrong(
                cells[currencies.Count],
                "bad-rates-file",
                $"This line has {cells.Count} cells; the headings are {currencies.Count}.",
                "Write decimals with a point, and no comma within a number."
            );
        for (var i = 1; i < Math.Min(cells.Count, currencies.Count); i++)
        {
            if (currencies[i] is { } currency && cells[i].Text is not ("" or "N/A"))
                ReadRate(day, currency, cells[i]);
        }
    }

    private void ReadRate(DateOnly day, string currency, Cell cell)
    {
        if (AmountText.TryRead(cell.Text, out var rate, out _) != AmountReading.Exact)
            Wrong(
                cell,
                "bad-rate",
                $"\"{cell.Text}\" is no exchange rate.",
                "Write digits with a point for decimals, at most 18 of them; N/A where there is no rate."
            );
        else if (RateTable.Mistake(currency, baseCurrency, rate) is { } mistake)
            Wrong(cell, "bad-rate", mistake.Message, mistake.Remedy);
        else
            rates.Add(new PublishedRate(day, currency, rate, file, Position(cell)));
    }

    private List<Cell> Cells(int line)
    {
        var text = file.Lines[line - 1];
        var cells = new List<Cell>();
        for (var start = 0; ; )
        {
            var comma = text.IndexOf(',', start);
            var end = comma < 0 ? text.Length : comma;
            var raw = text[start..end];
            cells.Add(new Cell(line, start + raw.Length - raw.TrimStart().Length + 1, raw.Trim()));
            if (comma < 0)
                return cells;
            start = comma + 1;
        }
    }

    private void Wrong(Cell cell, string code, string message, string remedy) =>
        findings.Error(file, Position(cell), code, message, remedy);

    private SourcePosition Position(Cell cell) => new(file.Path, cell.Line, cell.Column, Math.Max(cell.Text.Length, 1));

    private sealed record Cell(int Line, int Column, string Text);
}
