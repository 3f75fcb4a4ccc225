using System.Text.RegularExpressions;
using Bursar.Tests.Support;

namespace Bursar.Tests.House;

/// <summary>The order of capabilities, read from the lines of Capabilities.cs.</summary>
internal sealed partial class CapabilityOrder
{
    private readonly List<string> namespaces = [];

    /// <summary>"Understand.Reporting" for a file of that capability; null for a file outside the wings.</summary>
    public static string? NamespaceOf(SourceFile file) =>
        WingFolder().Match(file.Path) is { Success: true } match
            ? $"{match.Groups[1].Value}.{match.Groups[2].Value}"
            : null;

    public static CapabilityOrder Read()
    {
        var order = new CapabilityOrder();
        var contents = File.ReadAllText(RepositoryRoot.File("src", "Bursar", "Capabilities.cs"));
        foreach (Match entry in Entry().Matches(contents))
        {
            var file = SourceFile.Product.FirstOrDefault(file => file.Name == entry.Groups[1].Value);
            if (file is null || NamespaceOf(file) is not { } name)
                continue;
            if (!order.namespaces.Contains(name))
                order.namespaces.Add(name);
        }
        return order;
    }

    public bool Knows(string name) => namespaces.Contains(name);

    /// <summary>The using lines that point downwards.</summary>
    public IEnumerable<string> Findings(IEnumerable<SourceFile> files) =>
        from file in files
        let own = NamespaceOf(file)
        from match in Using().Matches(file.Text)
        let used = $"{match.Groups[1].Value}.{match.Groups[2].Value}"
        where used != own && Knows(own) && namespaces.IndexOf(used) > namespaces.IndexOf(own)
        select $"{file.Path} (place {namespaces.IndexOf(own) + 1}) uses {used} (place {namespaces.IndexOf(used) + 1})";

    [GeneratedRegex(@"^src/Bursar/(Understand|Quantify|Optimize|Manage)/([A-Za-z]+)/")]
    private static partial Regex WingFolder();

    [GeneratedRegex(@"new (\w+Capability)\(")]
    private static partial Regex Entry();

    [GeneratedRegex(
        @"^@?using (?:static )?Bursar\.(Understand|Quantify|Optimize|Manage)\.([A-Za-z]+)",
        RegexOptions.Multiline
    )]
    private static partial Regex Using();
}
