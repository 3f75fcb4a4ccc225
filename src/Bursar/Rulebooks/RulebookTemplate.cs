namespace Bursar.Rulebooks;

/// <summary>The rulebook that <c>bursar init</c> starts an organisation with: small, valid, every kind
/// explained.</summary>
internal static class RulebookTemplate
{
    private const string Prefix = "Bursar.Rulebooks.Template.";

    /// <summary>Its files, by path.</summary>
    public static IReadOnlyList<RulebookFile> Files { get; } =
    [
        .. typeof(RulebookTemplate)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new RulebookFile(name[Prefix.Length..], Text(name))),
    ];

    /// <summary>Writes the files into a folder; files that exist are left as they are. Returns the paths
    /// written.</summary>
    /// <param name="folder">The rulebook folder; it is made when it is not there.</param>
    /// <param name="organisation">The name of the organisation, or null to leave it open.</param>
    public static IReadOnlyList<string> Write(string folder, string? organisation)
    {
        Directory.CreateDirectory(folder);
        var written = new List<string>();
        foreach (var file in Files)
        {
            var path = Path.Combine(folder, file.Path);
            if (File.Exists(path))
                continue;
            File.WriteAllText(path, For(organisation, file.Text));
            written.Add(path);
        }
        return written;
    }

    /// <summary>The text of a template file for an organisation.</summary>
    internal static string For(string? organisation, string text) =>
        organisation is null
            ? text
            : text.Replace(
                "displayName: My organisation",
                "displayName: " + Quoted(organisation),
                StringComparison.Ordinal
            );

    private static string Quoted(string text) =>
        "\""
        + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        + "\"";

    private static string Text(string resource)
    {
        using var stream = typeof(RulebookTemplate).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
