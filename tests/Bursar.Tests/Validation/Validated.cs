using Bursar.Tests.Support;
using Bursar.Understand.Validation;
using Bursar.Understand.Validation.Evaluation;
using Bursar.Workspaces;

namespace Bursar.Tests.Validation;

/// <summary>Judges a file, or the lines of one, inside a test.</summary>
internal static class Validated
{
    public static ConformanceReport One(ValidationRequest request) =>
        Assert.Single(
            new ValidateFiles(Path.Combine(Path.GetTempPath(), "no-books")).Validate(
                request,
                new Silence(),
                TestContext.Current.CancellationToken
            )
        );

    public static ConformanceReport Lines(ValidationRequest request, params string[] lines)
    {
        using var folder = new TempFolder();
        return One(request with { Names = [folder.Write("data.csv", string.Join('\n', lines) + "\n")] });
    }

    public static RuleResult Rule(this ConformanceReport report, string id) =>
        report.Evaluation.Results.Single(result => result.Rule.Id == id);

    private sealed class Silence : IProgressReport, IProgressStep
    {
        public IProgressStep Begin(string title, long? total = null) => this;

        public void Advance(long done) { }

        public void Dispose() { }
    }
}
