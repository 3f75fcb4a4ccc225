using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Bursar.Web;

/// <summary>A file that pages refer to; its address names its content, so that it may be kept for ever.</summary>
public sealed record WebAsset(string Name, byte[] Bytes, string ContentType)
{
    /// <summary>The address under which it is served.</summary>
    public string Href { get; } = $"/static/{Convert.ToHexStringLower(SHA256.HashData(Bytes)[..6])}/{Name}";
}

/// <summary>Stylesheet, scripts, typefaces and icon, from inside the executable.</summary>
public static partial class WebAssets
{
    /// <summary>The order is the order of the cascade inside a layer.</summary>
    private static readonly string[] Sheets =
    [
        "tokens",
        "fonts",
        "base",
        "shell",
        "mark",
        "form",
        "table",
        "chart",
        "note",
        "document",
        "brief",
        "conformance",
        "print",
    ];

    private static readonly Lazy<FrozenDictionary<string, WebAsset>> Files = new(Read);

    private static readonly Lazy<string> Inlined = new(() =>
        Resolve(Bundle(), name => name.Contains("-ext-") ? null : DataAddress(Files.Value[name]))
    );

    /// <summary>All files, by address.</summary>
    public static FrozenDictionary<string, WebAsset> ByHref { get; } =
        Files.Value.Values.ToFrozenDictionary(asset => asset.Href);

    /// <summary>The address of a file: "bursar.css", "chart.js".</summary>
    public static string Href(string name) => Files.Value[name].Href;

    /// <summary>The whole stylesheet with the typefaces inside it, for a document that must stand alone.</summary>
    public static string InlineStylesheet => Inlined.Value;

    private static FrozenDictionary<string, WebAsset> Read()
    {
        var assembly = typeof(WebAssets).Assembly;
        var files = assembly
            .GetManifestResourceNames()
            .Where(name =>
                name.StartsWith("web/", StringComparison.Ordinal)
                && !name.StartsWith("web/css/", StringComparison.Ordinal)
            )
            .Select(name => new WebAsset(name[(name.LastIndexOf('/') + 1)..], Resource(name), ContentType(name)))
            .ToDictionary(asset => asset.Name);
        var sheet = Resolve(Bundle(), name => files[name].Href);
        files.Add("bursar.css", new WebAsset("bursar.css", Encoding.UTF8.GetBytes(sheet), "text/css; charset=utf-8"));
        return files.ToFrozenDictionary();
    }

    private static string Bundle() =>
        string.Concat(Sheets.Select(sheet => Encoding.UTF8.GetString(Resource($"web/css/{sheet}.css"))));

    /// <summary>Replaces file names in <c>url("…")</c>; a typeface without an address is left out.</summary>
    private static string Resolve(string css, Func<string, string?> address) =>
        FontFace()
            .Replace(
                css,
                face =>
                {
                    var name = face.Groups["name"].Value;
                    return address(name) is { } href ? face.Value.Replace(name, href) : "";
                }
            );

    private static string DataAddress(WebAsset asset) =>
        $"data:{asset.ContentType};base64,{Convert.ToBase64String(asset.Bytes)}";

    private static byte[] Resource(string name)
    {
        using var stream =
            typeof(WebAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the executable.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string ContentType(string name) =>
        Path.GetExtension(name) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".woff2" => "font/woff2",
            var other => throw new InvalidOperationException($"No content type is known for {other}."),
        };

    [GeneratedRegex("""@font-face \{[^}]*url\("(?<name>[^"]+)"\)[^}]*\}""")]
    private static partial Regex FontFace();
}
