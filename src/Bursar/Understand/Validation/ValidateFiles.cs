using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Understand.Validation.Rules;
using Bursar.Warehouse.DuckDb;
using Bursar.Workspaces;

namespace Bursar.Understand.Validation;

/// <summary>What is to be judged, and by what.</summary>
internal sealed record ValidationRequest
{
    /// <summary>The release; null to find it from the columns.</summary>
    public FocusVersion? Version { get; init; }

    /// <summary>The dataset; null to find it from the columns.</summary>
    public FocusDataset? Dataset { get; init; }

    /// <summary>An official requirements model to judge by, in place of our tables.</summary>
    public string? Model { get; init; }

    /// <summary>True to come out as the published validator does, known defects included.</summary>
    public bool AsPublished { get; init; }

    /// <summary>What is known of the provider.</summary>
    public DeclaredFeatures Features { get; init; } = DeclaredFeatures.None;
}

/// <summary>How one file conforms to FOCUS.</summary>
/// <param name="File">Its name.</param>
/// <param name="FocusVersion">The release it was judged by ("1.2").</param>
/// <param name="VersionReason">How that was found; empty when it was given.</param>
/// <param name="Dataset">The dataset it was judged as.</param>
/// <param name="AsPublished">True when known defects of the published rules were kept.</param>
/// <param name="Evaluation">How it came out.</param>
public sealed record ConformanceReport(
    string File,
    string FocusVersion,
    string VersionReason,
    string Dataset,
    bool AsPublished,
    FileEvaluation Evaluation
)
{
    /// <summary>What is broken, mandatory rules first, then by rows.</summary>
    public IReadOnlyList<RuleResult> Findings =>
        [
            .. Evaluation
                .Results.Where(result => result.IsFinding)
                .OrderBy(result => !result.Rule.IsMandatory)
                .ThenByDescending(result => result.Violations)
                .ThenBy(result => result.Rule.Id, StringComparer.Ordinal),
        ];

    /// <summary>True when a mandatory rule is broken.</summary>
    public bool HasErrors => Evaluation.Results.Any(result => result.IsFinding && result.Rule.IsMandatory);

    public int Count(RuleStatus status) => Evaluation.Results.Count(result => result.Status == status);
}

/// <summary>Judges provider files by the rules of FOCUS, without booking them.</summary>
/// <param name="threads">Threads of the engine; null for one per processor.</param>
internal sealed class ValidateFiles(int? threads = null)
{
    private const long EngineMemoryBytes = 1_200_000_000;

    /// <exception cref="RefusedException">A file cannot be read, or is no FOCUS dataset.</exception>
    public IReadOnlyList<ConformanceReport> Validate(
        IReadOnlyList<IncomingFile> files,
        ValidationRequest request,
        IProgressReport progress,
        CancellationToken cancel
    )
    {
        var staging = Directory.CreateTempSubdirectory("bursar-validate-").FullName;
        try
        {
            using var engine = DuckDbEngine.Open(
                new DuckDbOptions
                {
                    MemoryLimitBytes = EngineMemoryBytes,
                    TempDirectory = staging,
                    Threads = threads,
                }
            );
            using var session = engine.Connect();
            session.Register(new CellTest());
            session.Register(new SameEntity());
            session.Register(new PackBits());
            var model = request.Model is { } path ? ModelFile.Read(path) : null;
            var judging = new Judging(session, request, model, staging, cancel);
            using var step = progress.Begin("Judging", files.Sum(file => new FileInfo(file.Path).Length));
            var reports = new List<ConformanceReport>();
            foreach (var file in files)
            {
                reports.Add(judging.Judge(file));
                step.Advance(new FileInfo(file.Path).Length);
            }
            return judging.Across(files, reports);
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }
}
