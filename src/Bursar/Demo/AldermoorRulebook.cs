using System.Text;
using Bursar.Rulebooks;

namespace Bursar.Demo;

/// <summary>The rulebook of Aldermoor Insurance: the worked example of every kind of document.</summary>
public static class AldermoorRulebook
{
    private const string Prefix = "Bursar.Demo.Rulebook.";

    /// <summary>Its files, by path.</summary>
    internal static IReadOnlyList<RulebookFile> Files { get; } =
    [
        .. typeof(AldermoorRulebook)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new RulebookFile(name[Prefix.Length..], Text(name))),
    ];

    /// <summary>
    /// Writes the rulebook into a folder (made if it is not there), over files of the same name. Returns the paths
    /// written.
    /// </summary>
    public static IReadOnlyList<string> WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var written = new List<string>();
        foreach (var file in Files)
        {
            var path = Path.Combine(folder, file.Path);
            File.WriteAllText(path, file.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            written.Add(path);
        }
        return written;
    }

    /// <summary>Whether a folder holds exactly these files, perhaps of an earlier version.</summary>
    internal static bool IsIn(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .All(path => Files.Any(file => file.Path == Path.GetRelativePath(folder, path)));

    private static string Text(string resource)
    {
        using var stream = typeof(AldermoorRulebook).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
