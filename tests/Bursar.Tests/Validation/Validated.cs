using Bursar.Cli;
using Bursar.Tests.Support;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Validation;
using Bursar.Understand.Validation.Evaluation;

namespace Bursar.Tests.Validation;

/// <summary>Judges a file, or the lines of one, inside a test.</summary>
internal static class Validated
{
    public static ConformanceReport One(string file, ValidationRequest request) =>
        Assert.Single(
            new ValidateFiles().Validate(
                [new IncomingFile(file, Path.GetFileName(file))],
                request,
                Progress.Silent,
                TestContext.Current.CancellationToken
            )
        );

    public static ConformanceReport Lines(ValidationRequest request, params string[] lines)
    {
        using var folder = new TempFolder();
        return One(folder.Write("data.csv", string.Join('\n', lines) + "\n"), request);
    }

    public static RuleResult Rule(this ConformanceReport report, string id) =>
        report.Evaluation.Results.Single(result => result.Rule.Id == id);
}
