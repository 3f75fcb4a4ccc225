using System.Text.Json;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;

namespace Bursar.Understand.Validation.Rules;

/// <summary>An official requirements model of FOCUS, as the FinOps Foundation publishes it.</summary>
/// <param name="Number">The release in the file's own words ("1.2").</param>
/// <param name="Version">The release that Bursar knows it as.</param>
internal sealed record ModelFile(string Number, FocusVersion? Version)
{
    private readonly List<Rule> rules = [];
    private readonly Dictionary<string, IReadOnlyList<string>> roots = [];

    /// <exception cref="RefusedException">The file is no requirements model.</exception>
    public static ModelFile Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return Read(document.RootElement);
        }
        catch (Exception failure)
            when (failure
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            throw new RefusedException(
                "validate/not-a-model",
                $"{path} is no FOCUS requirements model: {failure.Message}",
                "Take a model-1.x.json of the FOCUS specification's releases.",
                exitCode: 2
            );
        }
    }

    /// <summary>The rules of a dataset; all of them when the model names no datasets.</summary>
    public RuleSet RulesOf(FocusDataset dataset) =>
        RuleSet.From(
            Number,
            dataset.ToString(),
            rules,
            roots.TryGetValue(dataset.ToString(), out var known) ? known : rules.Select(rule => rule.Id)
        );

    private static ModelFile Read(JsonElement root)
    {
        var number = root.TryGetProperty("Details", out var details)
            ? details.GetProperty("FOCUSVersion").GetString() ?? ""
            : "";
        var known = Enum.GetValues<FocusVersion>()
            .Where(one => one.Number() == number)
            .Select(one => (FocusVersion?)one);
        var model = new ModelFile(number, known.FirstOrDefault());
        foreach (var rule in root.GetProperty("ModelRules").EnumerateObject())
        {
            if (Text(rule.Value, "Status") != "Removed")
                model.rules.Add(Rule(rule.Name, rule.Value));
        }
        if (root.TryGetProperty("ModelDatasets", out var datasets))
        {
            foreach (var dataset in datasets.EnumerateObject())
                model.roots[dataset.Name] = Texts(dataset.Value.GetProperty("ModelRules"));
        }
        return model;
    }

    private static Rule Rule(string id, JsonElement rule)
    {
        var criteria = rule.GetProperty("ValidationCriteria");
        var depends = criteria.TryGetProperty("Dependencies", out var listed) ? Texts(listed) : [];
        return new Rule(
            id,
            Enum.Parse<RuleKind>(Text(rule, "Function")),
            Text(rule, "EntityType").ToLowerInvariant(),
            Text(rule, "Reference"),
            Text(criteria, "Keyword"),
            [.. Texts(rule.GetProperty("ApplicabilityCriteria")).Select(Feature)],
            Text(rule, "Type") == "Dynamic" ? null : ModelCheck.Read(criteria.GetProperty("Requirement")),
            criteria.TryGetProperty("Condition", out var condition) ? ModelCheck.Read(condition) : null,
            depends
        );
    }

    /// <summary>COMMITMENT_DISCOUNT_SUPPORTED is called commitment-discount here.</summary>
    private static string Feature(string criterion) =>
        criterion.Replace("_SUPPORTED", "", StringComparison.Ordinal).ToLowerInvariant().Replace('_', '-');

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static IReadOnlyList<string> Texts(JsonElement list) =>
        [.. list.EnumerateArray().Select(item => item.GetString() ?? "")];
}
