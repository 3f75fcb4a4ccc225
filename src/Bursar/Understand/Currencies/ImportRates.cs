using System.IO.Compression;
using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Understand.Currencies;

/// <summary>What was written into the rulebook.</summary>
/// <param name="Csv">The file of rates.</param>
/// <param name="Yaml">The document that names it.</param>
/// <param name="Days">Days with rates, all together.</param>
/// <param name="NewDays">Days that were not there before.</param>
/// <param name="Changed">Rates that were there before and are others now.</param>
internal sealed record ImportedRates(string Csv, string Yaml, int Days, int NewDays, int Changed);

/// <summary>Takes the rates that the European Central Bank publishes into the working copy of the rules.</summary>
internal sealed class ImportRates(string rulebookFolder)
{
    private const string Base = "EUR";

    /// <summary>Reads the bank's file, and adds its days to those that are there.</summary>
    /// <param name="path">eurofxref-hist.csv, eurofxref.csv, or the zip of either.</param>
    /// <param name="name">How the document and its file are called.</param>
    /// <param name="currencies">Only these; none for all.</param>
    /// <param name="from">Only from this day on.</param>
    /// <returns>What was written; null when the file has mistakes, which are the findings.</returns>
    public (ImportedRates? Written, IReadOnlyList<Diagnostic> Findings) Import(
        string path,
        string name,
        IReadOnlyCollection<string> currencies,
        DateOnly? from
    )
    {
        var findings = new Findings();
        var read = new RateCsv(new YamlFile(path, Plain(Text(path))), Base, findings).Read();
        if (findings.ErrorCount > 0)
            return (null, findings.InOrder());
        var unknown = currencies.Except(read.Select(rate => rate.Currency)).ToList();
        var rates = read.Where(rate =>
                (currencies.Count == 0 || currencies.Contains(rate.Currency)) && !(rate.Date < from)
            )
            .ToList();
        if (unknown.Count > 0 || rates.Count == 0)
            throw new RefusedException(
                "rates/nothing-to-import",
                unknown.Count > 0
                    ? $"{path} has no rate of {string.Join(", ", unknown)}."
                    : $"{path} has no rate{(from is { } day ? $" from {day:yyyy-MM-dd} on" : "")}.",
                $"Use the bank's eurofxref-hist.csv, which has many currencies since 1999 per one {Base}.",
                exitCode: 2
            );
        return (Write(name, rates), []);
    }

    private ImportedRates Write(string name, IReadOnlyList<PublishedRate> rates)
    {
        var csv = Path.Combine(rulebookFolder, name + ".csv");
        var yaml = Path.Combine(rulebookFolder, name + ".yaml");
        try
        {
            Directory.CreateDirectory(rulebookFolder);
            IReadOnlyList<PublishedRate> before = File.Exists(csv)
                ? new RateCsv(new YamlFile(csv, Plain(File.ReadAllText(csv))), Base, new Findings()).Read()
                : [];
            var all = before.ToDictionary(rate => (rate.Date, rate.Currency), rate => rate.Rate);
            var changed = rates.Count(rate =>
                all.TryGetValue((rate.Date, rate.Currency), out var old) && old != rate.Rate
            );
            foreach (var rate in rates)
                all[(rate.Date, rate.Currency)] = rate.Rate;
            Durable.WriteFile(csv, Encoding.UTF8.GetBytes(Csv(all)));
            if (!File.Exists(yaml))
                Durable.WriteFile(yaml, Encoding.UTF8.GetBytes(Yaml(name)));
            var days = all.Keys.Select(key => key.Date).ToHashSet();
            var known = before.Select(rate => rate.Date).ToHashSet();
            return new ImportedRates(csv, yaml, days.Count, days.Count(day => !known.Contains(day)), changed);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "rates/cannot-write",
                $"{csv} could not be written: {problem.Message}",
                "Name a folder that you may write to with --rulebook DIR."
            );
        }
    }

    /// <summary>Oldest day first, so that a new day is one new line.</summary>
    private static string Csv(Dictionary<(DateOnly Date, string Currency), Core.Amounts.Amount> rates)
    {
        var currencies = rates.Keys.Select(key => key.Currency).Distinct().Order(StringComparer.Ordinal).ToList();
        var text = new StringBuilder("Date").AppendJoin("", currencies.Select(code => "," + code)).Append('\n');
        foreach (var day in rates.Keys.Select(key => key.Date).Distinct().Order())
        {
            text.Append($"{day:yyyy-MM-dd}");
            foreach (var currency in currencies)
                text.Append(',').Append(rates.TryGetValue((day, currency), out var rate) ? rate.ToString() : "N/A");
            text.Append('\n');
        }
        return text.ToString();
    }

    private static string Yaml(string name) =>
        $"""
            # Written by bursar rates import; run it again with a newer file to add its days.
            kind: ExchangeRates
            name: {name}
            source: European Central Bank
            use: actual
            base: {Base}
            file: {name}.csv

            """.ReplaceLineEndings("\n");

    private static string Text(string path)
    {
        try
        {
            if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
                return File.ReadAllText(path);
            using var zip = ZipFile.OpenRead(path);
            var entry =
                zip.Entries.FirstOrDefault(entry => entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
                ?? throw new InvalidDataException("it holds no csv file.");
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RefusedException(
                "rates/cannot-read",
                $"{path} could not be read: {problem.Message}",
                "Name the csv file, or the zip that it came in.",
                exitCode: 2
            );
        }
    }

    private static string Plain(string text) => text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
}
