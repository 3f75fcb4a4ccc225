using System.Text.Json;
using System.Text.RegularExpressions;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Sources.Stores;

namespace Bursar.Understand.Sources;

/// <summary>The files of a month as the newest manifest lists them.</summary>
/// <param name="Manifest">Its name.</param>
/// <param name="Files">The keys that it lists.</param>
/// <param name="Missing">Files that it lists and that are not there (yet).</param>
internal sealed record Assembly(string Manifest, IReadOnlySet<string> Files, IReadOnlyList<string> Missing);

/// <summary>
/// Finds, among the files of an export with manifests (AWS FOCUS exports and Cost and Usage Reports), those that count:
/// of each month the ones that its newest manifest lists.
/// </summary>
/// <remarks>
/// An export is written again and again, each time as a new set of files (an assembly) beside the earlier ones, or over
/// them. All sets together would count a month many times.
/// </remarks>
internal static partial class NewestAssemblies
{
    public static bool IsManifest(OfferedFile file) =>
        file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        && Path.GetFileName(file.Name).Contains("anifest", StringComparison.Ordinal);

    /// <summary>The export and month that a key belongs to; null for a key without a month in it.</summary>
    public static string? GroupOf(string key)
    {
        var match = Month().Match(key);
        if (!match.Success)
            return null;
        var root = key[..match.Index];
        foreach (var part in new[] { "/data/", "/metadata/" })
            if (root.EndsWith(part, StringComparison.Ordinal))
                root = root[..^part.Length];
        return $"{root.TrimEnd('/')}|{match.Value.Trim('/')}";
    }

    /// <summary>The files that count.</summary>
    /// <param name="files">Everything that lies there, without manifests.</param>
    /// <param name="manifests">The manifests with their text.</param>
    public static (IReadOnlyList<OfferedFile> Files, IReadOnlyList<Assembly> Incomplete) Of(
        IReadOnlyList<OfferedFile> files,
        IReadOnlyList<(OfferedFile File, string Text)> manifests
    )
    {
        var keys = files.Select(file => file.Address).ToHashSet(StringComparer.Ordinal);
        var newest = manifests
            .Select(manifest =>
                (manifest.File, Group: GroupOf(manifest.File.Address), Listed: Listed(manifest.Text, keys))
            )
            .Where(manifest => manifest.Group is not null && manifest.Listed.Count > 0)
            .GroupBy(manifest => manifest.Group!)
            .ToDictionary(
                group => group.Key,
                group =>
                    group
                        .OrderByDescending(manifest => manifest.File.ModifiedAt)
                        .ThenBy(manifest => manifest.File.Address.Length)
                        .ThenByDescending(manifest => manifest.File.Address, StringComparer.Ordinal)
                        .First()
            );
        var incomplete = new List<Assembly>();
        var kept = new List<OfferedFile>(
            files.Where(file => GroupOf(file.Address) is not { } group || !newest.ContainsKey(group))
        );
        foreach (var (manifest, _, listed) in newest.Values)
        {
            var missing = listed.Where(key => !keys.Contains(key)).Order(StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
                incomplete.Add(new Assembly(manifest.Name, listed, missing));
            else
                kept.AddRange(files.Where(file => listed.Contains(file.Address)));
        }
        return ([.. kept.OrderBy(file => file.Address, StringComparer.Ordinal)], incomplete);
    }

    /// <summary>
    /// The keys that stand in a manifest, whatever its layout: with the bucket before them, or below a folder.
    /// </summary>
    private static HashSet<string> Listed(string text, HashSet<string> keys)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return [.. ManifestText.DataFiles(json.RootElement).Select(written => KeyOf(written, keys))];
        }
        catch (JsonException)
        {
            // No manifest of an export; the files themselves say whether they are whole.
            return [];
        }
    }

    private static string KeyOf(string written, HashSet<string> keys)
    {
        var key = written.StartsWith("s3://", StringComparison.Ordinal)
            ? written[(written.IndexOf('/', "s3://".Length) + 1)..]
            : written.TrimStart('/');
        return keys.Contains(key)
            ? key
            : keys.FirstOrDefault(other => key.EndsWith("/" + other, StringComparison.Ordinal)) ?? key;
    }

    [GeneratedRegex(@"(?<=^|/)(BILLING_PERIOD=\d{4}-\d{2}|\d{8}-\d{8})(?=/)", RegexOptions.CultureInvariant)]
    private static partial Regex Month();
}
