namespace Bursar.Rulebooks;

/// <summary>Documents that Bursar brings along: mappings, price books, terms.</summary>
internal static class BuiltInDocuments
{
    /// <summary>All of one kind, in the order of the files' names.</summary>
    /// <param name="prefix">How the names of the embedded files begin: "Bursar.Mappings.".</param>
    public static IReadOnlyList<T> Read<T>(string prefix)
        where T : Declaration
    {
        var assembly = typeof(BuiltInDocuments).Assembly;
        var files = assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return new RulebookFile(name[prefix.Length..], reader.ReadToEnd());
            });
        var (rulebook, problems) = RulebookReader.Read(files, []);
        return problems.Count == 0
            ? [.. rulebook.All<T>()]
            : throw new InvalidOperationException(string.Join('\n', problems.Select(problem => problem.ToString())));
    }
}
