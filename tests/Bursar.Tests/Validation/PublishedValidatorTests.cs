using System.Text.Json;
using Bursar.Core.Focus;
using Bursar.Tests.Support;
using Bursar.Understand.Validation;
using Bursar.Understand.Validation.Evaluation;

namespace Bursar.Tests.Validation;

/// <summary>What the FinOps Foundation's validator says, as far as it was published.</summary>
public sealed class PublishedValidatorTests
{
    /// <summary>
    /// Cases that rest on the loader's guess of a type for a whole column: a text file says nothing of types, so 123.45
    /// in a text column is text.
    /// </summary>
    private static readonly string[] TypeInference = ["test_type_string::test_rule_fail_scenario_embedded_data"];

    private static string Sample => SharedFolder.Need("focus", "samples", "focus_sample_1000_v1.0.csv");

    [Fact]
    public void The_official_report_on_the_sample_of_1000_rows_comes_out_rule_by_rule()
    {
        var official = Read("focus", "validator-fixtures", "official-report-focus_sample_1000-vs-1.2.json");
        var report = Validated.One(Sample, new ValidationRequest { Version = FocusVersion.V1_2, AsPublished = true });

        var failures = official
            .GetProperty("failures")
            .EnumerateObject()
            .ToDictionary(rule => rule.Name, rule => rule.Value.GetInt64());
        Assert.Equal(
            failures.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            report
                .Evaluation.Results.Where(result => result.Status == RuleStatus.Fail)
                .Select(result => KeyValuePair.Create(result.Rule.Id, result.Violations))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        );
        Assert.Equal(official.GetProperty("rows").GetInt64(), report.Evaluation.Rows);
        Assert.Equal(
            (114, 23, 441),
            (report.Count(RuleStatus.Pass), report.Count(RuleStatus.Fail), report.Count(RuleStatus.Skip))
        );
    }

    [Fact]
    public void The_model_file_itself_gives_the_same_as_our_table()
    {
        var request = new ValidationRequest { Version = FocusVersion.V1_2, AsPublished = true };
        var model = request with { Model = SharedFolder.Need("focus", "requirements-model", "model-1.2.json") };

        Assert.Equal(Outcome(Validated.One(Sample, request)), Outcome(Validated.One(Sample, model)));
    }

    [Fact]
    public void Every_open_scenario_of_the_validator_comes_out_as_expected()
    {
        var scenarios = Read("focus", "validator-fixtures", "scenarios.json").EnumerateArray().ToList();
        var different = new List<string>();
        foreach (var scenario in scenarios)
        {
            var id = scenario.GetProperty("id").GetString()!;
            if (!TypeInference.Contains(id) && Difference(scenario) is { Length: > 0 } difference)
                different.Add($"{id}: {difference}");
        }
        Assert.Empty(different);
        Assert.All(TypeInference, id => Assert.Contains(scenarios, one => one.GetProperty("id").GetString() == id));
    }

    private static string Difference(JsonElement scenario)
    {
        using var folder = new TempFolder();
        var csv = folder.Write("data.csv", scenario.GetProperty("csv").GetString()!.TrimEnd(' '));
        var model = folder.Write(
            "model.json",
            $$"""{"Details":{"FOCUSVersion":"1.2"},"ModelRules":{{scenario.GetProperty("rules").GetRawText()}}}"""
        );
        var applicability = scenario.GetProperty("applicability").EnumerateArray().Select(one => one.GetString()!);
        var report = Validated.One(
            csv,
            new ValidationRequest
            {
                Model = model,
                Dataset = FocusDataset.CostAndUsage,
                Features = new DeclaredFeatures(
                    applicability.Contains("ALL") ? ["all"] : [],
                    applicability.Contains("ALL") ? [] : ["public-price-list"]
                ),
            }
        );
        return string.Join(
            "; ",
            scenario.GetProperty("expect").EnumerateObject().SelectMany(rule => Differences(rule, report))
        );
    }

    private static IEnumerable<string> Differences(JsonProperty expected, ConformanceReport report)
    {
        var result = report.Evaluation.Results.Single(one => one.Rule.Id == expected.Name);
        if (expected.Value.GetProperty("ok").GetBoolean() != (result.Status != RuleStatus.Fail))
            yield return $"{expected.Name} came out as {result.Status}";
        if (expected.Value.TryGetProperty("violations", out var count) && count.GetInt64() != result.Violations)
            yield return $"{expected.Name} has {result.Violations} violations";
        if (expected.Value.TryGetProperty("min_violations", out var least) && least.GetInt64() > result.Violations)
            yield return $"{expected.Name} has only {result.Violations} violations";
        if (expected.Value.TryGetProperty("skipped", out _) && result.Status != RuleStatus.Skip)
            yield return $"{expected.Name} was not skipped";
    }

    private static IEnumerable<(string, RuleStatus, long)> Outcome(ConformanceReport report) =>
        report
            .Evaluation.Results.Select(result => (result.Rule.Id, result.Status, result.Violations))
            .OrderBy(result => result.Id, StringComparer.Ordinal);

    private static JsonElement Read(params string[] parts)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedFolder.Need(parts)));
        return document.RootElement.Clone();
    }
}
