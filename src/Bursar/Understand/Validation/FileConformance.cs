using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Rules;

namespace Bursar.Understand.Validation;

/// <summary>A rule that a file breaks.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Keyword">How binding it is: MUST, SHOULD, ...</param>
/// <param name="Violations">Rows (or values, or columns) that break it.</param>
public sealed record BrokenRule(string Id, string Keyword, long Violations)
{
    /// <summary>True when breaking it is an error, not a remark.</summary>
    public bool IsMandatory => Keyword is "MUST" or "MUST NOT";
}

/// <summary>How a file conforms to FOCUS, in short: what is remembered of a delivered file.</summary>
/// <param name="FocusVersion">The release it was judged by ("1.2").</param>
/// <param name="Dataset">The dataset it was judged as.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Passed">Rules that hold.</param>
/// <param name="Failed">Rules that do not, those that gather others counted.</param>
/// <param name="Skipped">Rules that could not be decided, or do not apply.</param>
/// <param name="Broken">What is broken, mandatory rules first.</param>
public sealed record FileConformance(
    string FocusVersion,
    string Dataset,
    long Rows,
    int Passed,
    int Failed,
    int Skipped,
    IReadOnlyList<BrokenRule> Broken
)
{
    internal static FileConformance Of(ConformanceReport report) =>
        new(
            report.FocusVersion,
            report.Dataset,
            report.Evaluation.Rows,
            report.Count(RuleStatus.Pass),
            report.Count(RuleStatus.Fail),
            report.Count(RuleStatus.Skip),
            [
                .. report.Findings.Select(finding => new BrokenRule(
                    finding.Rule.Id,
                    finding.Rule.Keyword,
                    finding.Violations
                )),
            ]
        );
}

/// <summary>
/// Remembers how delivered files came out. A file never changes, so it is judged once by the same rules; what is
/// remembered can be deleted.
/// </summary>
/// <param name="booksRoot">The folder of the books.</param>
internal sealed class ConformanceMemory(string booksRoot)
{
    /// <summary>Raise it when rules are decided in another way.</summary>
    private const string Version = "conformance-1";

    private static readonly Lazy<string> Key = new(MakeKey);

    private readonly string folder = Path.Combine(booksRoot, "conformance", Key.Value);

    /// <summary>What is known of a file by its checksum; null when it was not judged, or that is damaged.</summary>
    public FileConformance? Find(string sha256)
    {
        try
        {
            return JsonSerializer.Deserialize<FileConformance>(File.ReadAllText(PathOf(sha256)));
        }
        catch (Exception cause) when (cause is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Keep(string sha256, FileConformance conformance)
    {
        Directory.CreateDirectory(folder);
        var staged = $"{PathOf(sha256)}.{Guid.NewGuid():n}";
        File.WriteAllText(staged, JsonSerializer.Serialize(conformance));
        File.Move(staged, PathOf(sha256), overwrite: true);
    }

    private string PathOf(string sha256) => Path.Combine(folder, sha256 + ".json");

    /// <summary>Stands for everything that decides how a file comes out.</summary>
    private static string MakeKey()
    {
        var rules = Enum.GetValues<Core.Focus.FocusVersion>().Select(RuleTable.TextOf).Distinct();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Version + "\n" + string.Join('\n', rules)));
        return Convert.ToHexStringLower(hash)[..16];
    }
}
