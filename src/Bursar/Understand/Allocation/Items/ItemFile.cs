using System.Globalization;
using System.Text.Json;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.Items;

/// <summary>Reads configuration items from a csv or json file of a register, by its headings.</summary>
/// <param name="file">The file.</param>
/// <param name="columns">Headings that somebody named, by column.</param>
/// <param name="findings">Where mistakes go.</param>
internal sealed class ItemFile(YamlFile file, IReadOnlyDictionary<string, string> columns, Findings findings)
{
    private static readonly string[] DayForms = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    public IReadOnlyList<ConfigurationItem> Read()
    {
        var (headings, rows) = file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Json() : Csv();
        if (headings.Count == 0)
            return [];
        var places = ItemColumns.PlacesIn(headings, columns);
        foreach (var (column, heading) in columns.Where(pair => !places.ContainsKey(pair.Key)))
            Wrong(
                1,
                "no-such-heading",
                $"The file has no heading \"{heading}\" for {column}.{DidYouMean.Question(heading, headings)}",
                $"Its headings are {string.Join(", ", headings.Take(20))}."
            );
        if (!places.ContainsKey("id") && !places.ContainsKey("name"))
        {
            Wrong(
                1,
                "no-item-id",
                $"No heading names the items: {string.Join(", ", headings.Take(20))}.",
                "Give a column id or name, or say which it is: --map id=HEADING."
            );
            return [];
        }
        var tags = headings
            .Select((heading, place) => (Key: ColumnNames.TagKey(heading), Place: place))
            .Where(tag => tag.Key is { Length: > 0 })
            .Select(tag => (tag.Key!, tag.Place))
            .DistinctBy(tag => tag.Item1)
            .ToList();
        return [.. rows.Select(row => Item(row.Line, row.Cells, places, tags)).OfType<ConfigurationItem>()];
    }

    private ConfigurationItem? Item(
        int line,
        IReadOnlyList<string?> cells,
        Dictionary<string, int> places,
        List<(string Key, int Place)> tags
    )
    {
        if ((Cell("id") ?? Cell("name")) is { } id)
            return new ConfigurationItem
            {
                Id = id,
                Name = Cell("name"),
                Class = Cell("class"),
                Resource = Cell("resource"),
                Account = Cell("account"),
                Application = Cell("application"),
                Owner = Cell("owner"),
                From = Day("from"),
                To = Day("to"),
                Tags = tags.Select(tag => (tag.Key, Value: At(tag.Place)))
                    .Where(tag => tag.Value is not null)
                    .ToDictionary(tag => tag.Key, tag => tag.Value!),
            };
        Wrong(line, "no-item-id", "This item has neither an id nor a name.", "Give it one, or remove the line.");
        return null;

        string? Cell(string column) => places.TryGetValue(column, out var place) ? At(place) : null;

        string? At(int place) => place < cells.Count && cells[place]?.Trim() is { Length: > 0 } text ? text : null;

        DateOnly? Day(string column)
        {
            if (Cell(column) is not { } text)
                return null;
            if (DateTime.TryParseExact(text, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return DateOnly.FromDateTime(day);
            Wrong(line, "bad-date", $"\"{text}\" is not a day ({column}).", "Write year-month-day: 2026-03-31.");
            return null;
        }
    }

    private (IReadOnlyList<string> Headings, IEnumerable<(int Line, IReadOnlyList<string?> Cells)> Rows) Csv()
    {
        var rows = CsvRows.Of(string.Join('\n', file.Lines)).ToList();
        if (rows.Count == 0)
        {
            Wrong(1, "no-items", "This file is empty.", "Export it again, with a line of headings.");
            return ([], []);
        }
        return ([.. rows[0].Cells.Select(cell => cell!)], rows.Skip(1));
    }

    /// <summary>A list of objects, perhaps inside one; objects within them become "spec.owner".</summary>
    private (IReadOnlyList<string> Headings, IEnumerable<(int Line, IReadOnlyList<string?> Cells)> Rows) Json()
    {
        try
        {
            using var document = JsonDocument.Parse(string.Join('\n', file.Lines));
            var list =
                document.RootElement.ValueKind == JsonValueKind.Array
                    ? document.RootElement
                    : document
                        .RootElement.EnumerateObject()
                        .FirstOrDefault(part => part.Value.ValueKind == JsonValueKind.Array)
                        .Value;
            if (list.ValueKind != JsonValueKind.Array)
                throw new JsonException("It holds no list of items.");
            var objects = list.EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.Object)
                .Select(item =>
                    Flat(item, "").GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.First().Value)
                )
                .ToList();
            var headings = objects.SelectMany(one => one.Keys).Distinct().ToList();
            return (
                headings,
                [.. objects.Select(one => (1, (IReadOnlyList<string?>)[.. headings.Select(one.GetValueOrDefault)]))]
            );
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            Wrong(1, "bad-json", $"This is no list of items: {problem.Message}", "Export a JSON list of objects.");
            return ([], []);
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Flat(JsonElement value, string prefix)
    {
        foreach (var part in value.EnumerateObject())
        {
            var name = prefix + part.Name;
            if (part.Value.ValueKind != JsonValueKind.Object)
                yield return new(name, part.Value.ValueKind is JsonValueKind.Null ? null : part.Value.ToString());
            // A reference as ServiceNow writes it says in words what it means.
            else if (part.Value.TryGetProperty("display_value", out var shown))
                yield return new(name, shown.ToString());
            else
                foreach (var inner in Flat(part.Value, name + "."))
                    yield return inner;
        }
    }

    private void Wrong(int line, string code, string message, string remedy) =>
        findings.Error(file, new SourcePosition(file.Path, line, 1, 1), code, message, remedy);
}
