using System.Text;
using System.Text.Json;
using Bursar.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bursar.Understand.Quality;

/// <summary>
/// Reads the resources that a file declares: a Terraform plan, a CloudFormation or ARM template, Kubernetes
/// manifests, or
/// a plain list as csv or json.
/// </summary>
internal static class ReadResources
{
    private const string Remedy =
        "It takes a Terraform plan (terraform show -json), a CloudFormation or ARM template, Kubernetes manifests, "
        + "or a list of resources as csv or json.";

    /// <param name="name">The file's name, for messages.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="RefusedException">It is none of these.</exception>
    public static IReadOnlyList<DeclaredResource> Of(string name, string text)
    {
        var start = text.AsSpan().TrimStart('\uFEFF').TrimStart();
        if (start.IsEmpty)
            throw Unreadable(name, "it is empty");
        if (start[0] is '{' or '[')
            return OfJson(name, start.ToString());
        var isTable =
            name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            || (!IsYaml(name) && start.ToString().Split('\n')[0].Contains(','));
        return isTable ? OfCsv(name, start.ToString()) : OfYaml(name, start.ToString());
    }

    private static bool IsYaml(string name) =>
        name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<DeclaredResource> OfJson(string name, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(
                text,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            return OfTree(name, [ResourceNode.Of(document.RootElement)]);
        }
        catch (JsonException cause)
        {
            throw Unreadable(name, $"it is no JSON: {cause.Message}");
        }
    }

    private static IReadOnlyList<DeclaredResource> OfYaml(string name, string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return OfTree(name, [.. stream.Documents.Select(document => ResourceNode.Of(document.RootNode))]);
        }
        catch (YamlException cause)
        {
            throw Unreadable(name, $"line {cause.Start.Line} is no YAML: {cause.Message}");
        }
    }

    private static IReadOnlyList<DeclaredResource> OfTree(string name, IReadOnlyList<ResourceNode> documents)
    {
        var root = documents.FirstOrDefault(document => !document.IsEmpty) ?? throw Unreadable(name, "it is empty");
        if (root.Child("resource_changes") is not null || root.Child("planned_values") is not null)
            return [.. TerraformPlan.Resources(root)];
        if (root.Child("Resources") is { IsMap: true })
            return [.. CloudTemplates.CloudFormation(root)];
        if (root.Child("resources") is { } arm && root.Text("$schema")?.Contains("deploymentTemplate") == true)
            return [.. CloudTemplates.Arm(arm, "")];
        if (documents.Any(document => document.Text("kind") is not null && document.Child("apiVersion") is not null))
            return [.. documents.SelectMany(KubernetesManifest.Resources)];
        if (root.IsList || root.Child("resources") is not null)
            return [.. ResourceList.Resources(root.IsList ? root : root.Child("resources")!)];
        throw Unreadable(name, "nothing in it says what it is");
    }

    private static List<DeclaredResource> OfCsv(string name, string text)
    {
        var records = Records(text).ToList();
        if (records.Count < 2)
            throw Unreadable(name, "it has no row below its header");
        return
        [
            .. records
                .Skip(1)
                .Select(
                    (cells, place) =>
                        ResourceList.OfCells(
                            [.. records[0].Zip(cells, (header, cell) => (header.Trim(), cell.Trim()))],
                            place + 2
                        )
                ),
        ];
    }

    /// <summary>The records of a csv text; a cell in quotes may hold commas and line ends.</summary>
    private static IEnumerable<List<string>> Records(string text)
    {
        var (record, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var letter in text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n")
        {
            if (letter == '"')
            {
                // A quote that is doubled opens again what the first of the two closed.
                if (!isQuoted && cell.Length > 0)
                    cell.Append('"');
                isQuoted = !isQuoted;
            }
            else if (isQuoted || letter is not (',' or '\n'))
                cell.Append(letter);
            else
            {
                record.Add(cell.ToString());
                cell.Clear();
                if (letter == ',')
                    continue;
                yield return record;
                record = [];
            }
        }
    }

    private static RefusedException Unreadable(string name, string why) =>
        new("tags/not-resources", $"{name} declares no resources that Bursar can read: {why}.", Remedy);
}
