using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation.Items;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Understand.Inventory;

/// <summary>What was written into the rulebook.</summary>
internal sealed record ImportedItems(string Yaml, string Csv, int Items, int New, int Changed, int Ended);

/// <summary>
/// Takes a register's export into the working copy of the rules. What it said before stays, with the day until which it
/// held, so that last year's cost keeps last year's owner.
/// </summary>
internal sealed class ImportItems(string rulebookFolder)
{
    /// <param name="path">The csv or json file.</param>
    /// <param name="name">How the document and its file are called.</param>
    /// <param name="columns">Headings that somebody named, by column.</param>
    /// <param name="day">The day from which changes hold.</param>
    /// <param name="partial">True when what is not in the file goes on as it was.</param>
    /// <returns>What was written; null when the file has mistakes, which are the findings.</returns>
    public (ImportedItems? Written, IReadOnlyList<Diagnostic> Findings) Import(
        string path,
        string name,
        IReadOnlyDictionary<string, string> columns,
        DateOnly day,
        bool partial
    )
    {
        var findings = new Findings();
        var read = new ItemFile(new YamlFile(path, Text(path)), columns, findings).Read();
        if (findings.ErrorCount > 0)
            return (null, findings.InOrder());
        if (read.Count == 0)
            throw new RefusedException(
                "organisation/nothing-to-import",
                $"{path} holds no configuration item.",
                "Export it again, one item a line or object.",
                exitCode: 2
            );
        var csv = Path.Combine(rulebookFolder, name + ".csv");
        var yaml = Path.Combine(rulebookFolder, name + ".yaml");
        try
        {
            Directory.CreateDirectory(rulebookFolder);
            IReadOnlyList<ConfigurationItem> before = File.Exists(csv)
                ? new ItemFile(new YamlFile(csv, Text(csv)), new Dictionary<string, string>(), new Findings()).Read()
                : [];
            var (items, counts) = ItemMath.Merge(before, read, day, partial);
            Durable.WriteFile(csv, Encoding.UTF8.GetBytes(Csv(items)));
            if (!File.Exists(yaml))
                Durable.WriteFile(yaml, Encoding.UTF8.GetBytes(Yaml(name, path)));
            return (new ImportedItems(yaml, csv, read.Count, counts.New, counts.Changed, counts.Ended), []);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "organisation/cannot-write",
                $"{csv} could not be written: {problem.Message}",
                "Name a folder that you may write to with --rulebook DIR."
            );
        }
    }

    private static string Csv(IEnumerable<ConfigurationItem> items)
    {
        var all = items.ToList();
        var tags = all.SelectMany(item => item.Tags.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var headings = ItemColumns.Names.Concat(tags.Select(key => $"Tags/{key}"));
        var text = new StringBuilder().AppendJoin(',', headings.Select(Quoted)).Append('\n');
        foreach (var item in all)
        {
            string?[] cells =
            [
                item.Id,
                item.Name,
                item.Class,
                item.Resource,
                item.Account,
                item.Application,
                item.Owner,
                item.From?.ToString("yyyy-MM-dd"),
                item.To?.ToString("yyyy-MM-dd"),
                .. tags.Select(key => item.Tags.GetValueOrDefault(key)),
            ];
            text.AppendJoin(',', cells.Select(Quoted)).Append('\n');
        }
        return text.ToString();
    }

    private static string Quoted(string? cell) =>
        cell is null ? ""
        : cell.AsSpan().IndexOfAny(",;\"\n") < 0 ? cell
        : $"\"{cell.Replace("\"", "\"\"")}\"";

    private static string Yaml(string name, string path) =>
        $"""
            # Written by bursar organisation import; run it again with a newer export to bring it up to date.
            kind: ConfigurationItems
            name: {name}
            source: {Path.GetFileName(path)}
            file: {name}.csv

            """.ReplaceLineEndings("\n");

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "organisation/cannot-read",
                $"{path} could not be read: {problem.Message}",
                "Name a csv or json file.",
                exitCode: 2
            );
        }
    }
}
