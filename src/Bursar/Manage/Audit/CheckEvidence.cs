using System.IO.Compression;
using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Audit;

/// <summary>What became of the check of an evidence archive.</summary>
/// <param name="Files">Files whose checksum was compared.</param>
/// <param name="Entries">Journal entries whose chain was proved.</param>
/// <param name="Head">The hash of the last of them.</param>
/// <param name="Rows">Source rows that were added up.</param>
/// <param name="Findings">What is wrong.</param>
internal sealed record EvidenceCheck(
    int Files,
    long Entries,
    string Head,
    long Rows,
    IReadOnlyList<Diagnostic> Findings
);

/// <summary>
/// Proves an evidence archive without the books: no file was changed, the journal's chain holds to the stated head, the
/// rules are those that the journal names, and the rows come to the figure.
/// </summary>
internal static class CheckEvidence
{
    private const long EngineBytes = 1L << 30;

    /// <exception cref="RefusedException">It is no evidence archive.</exception>
    public static EvidenceCheck Run(string path, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("bursar-evidence-").FullName;
        try
        {
            Extract(path, folder);
            var findings = new List<Diagnostic>();
            var files = CheckSums(folder, findings);
            using var question = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "question.json")));
            var (entries, head) = CheckJournal(folder, question.RootElement, findings);
            CheckRules(folder, question.RootElement, findings);
            var rows = CheckRows(folder, question.RootElement, findings, cancel);
            return new EvidenceCheck(files, entries, head, rows, findings);
        }
        catch (Exception cause)
            when (cause is InvalidDataException or JsonException or FileNotFoundException or KeyNotFoundException)
        {
            throw new RefusedException(
                "audit/no-evidence",
                $"{path} is no evidence archive, or its parts are missing: {cause.Message}",
                "Name the .zip that `bursar audit export` wrote, unchanged."
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Extract(string path, string folder)
    {
        if (!File.Exists(path))
            throw new RefusedException(
                "audit/no-evidence",
                $"There is no file {path}.",
                "Name the .zip that `bursar audit export` wrote."
            );
        ZipFile.ExtractToDirectory(path, folder);
    }

    private static int CheckSums(string folder, List<Diagnostic> findings)
    {
        var stated = File.ReadAllLines(Path.Combine(folder, EvidenceArchive.Checksums))
            .Select(line => line.Split("  ", 2))
            .ToDictionary(parts => parts[1], parts => parts[0]);
        var found = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(name => name != EvidenceArchive.Checksums)
            .ToHashSet();
        foreach (var name in found.Except(stated.Keys).Order(StringComparer.Ordinal))
            findings.Add(Wrong($"{name} is in the archive, and its list of checksums does not name it."));
        foreach (var (name, sha256) in stated)
            if (!found.Contains(name))
                findings.Add(Wrong($"{name} is missing from the archive."));
            else if (Checksum.OfFile(Path.Combine(folder, name)) != sha256)
                findings.Add(Wrong($"{name} was changed after it was written."));
        return stated.Count;
    }

    private static (long Entries, string Head) CheckJournal(
        string folder,
        JsonElement question,
        List<Diagnostic> findings
    )
    {
        try
        {
            var entries = JournalCopy.Read(folder);
            var head = entries.Count > 0 ? entries[^1].Hash : JournalHead.NoHash;
            if (head != question.GetProperty("journalHead").GetString())
                findings.Add(Wrong($"The journal ends with {head}, not with the hash that the question states."));
            return (entries.Count, head);
        }
        catch (RefusedException damage)
        {
            findings.Add(Wrong(damage.Diagnostic.Message));
            return (0, "");
        }
    }

    private static void CheckRules(string folder, JsonElement question, List<Diagnostic> findings)
    {
        if (question.GetProperty("rulebook").GetString() is not { } hash)
            return;
        var rules = Path.Combine(folder, "rules");
        var files = Directory.Exists(rules)
            ? Directory
                .EnumerateFiles(rules, "*", SearchOption.AllDirectories)
                .Select(file => new PublishedFile(
                    Path.GetRelativePath(rules, file).Replace('\\', '/'),
                    Checksum.OfFile(file)
                ))
            : [];
        if (RulebookHash.Of(files) != hash)
            findings.Add(Wrong("The rules are not those that were published under the stated hash."));
    }

    private static long CheckRows(
        string folder,
        JsonElement question,
        List<Diagnostic> findings,
        CancellationToken cancel
    )
    {
        using var engine = DuckDbEngine.Open(
            new DuckDbOptions { MemoryLimitBytes = EngineBytes, TempDirectory = folder }
        );
        using var session = engine.Connect();
        var measure = Enum.TryParse<CostMeasure>(question.GetProperty("measure").GetString(), out var stating)
            ? stating
            : CostMeasure.EffectiveCost;
        var sums = ExportedRows.Sum(Path.Combine(folder, "rows.csv"), measure.UnitColumn, session, cancel);
        foreach (var total in question.GetProperty("rowTotals").EnumerateArray())
        {
            var currency = total.GetProperty(ExplainRecord.UnitField(measure)).GetString()!;
            var stated = Amount.Parse(total.GetProperty("amount").GetRawText());
            var sum = sums.GetValueOrDefault(currency).Sum;
            if (sum != stated)
                findings.Add(Wrong($"The rows come to {sum} {currency}, the figure is {stated}."));
        }
        return sums.Values.Sum(one => one.Rows);
    }

    private static Diagnostic Wrong(string message) =>
        new(
            "audit/evidence-changed",
            Severity.Error,
            message,
            "Ask for the archive again from whoever keeps the books, and compare its SHA-256 with their journal."
        );
}
