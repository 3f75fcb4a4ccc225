using Bursar.Core.Diagnostics;

namespace Bursar.Understand.Reporting;

/// <summary>What the messages mean: docs/errors.md, which travels inside the executable.</summary>
internal static class ErrorPages
{
    /// <summary>The entry of a code, as plain text.</summary>
    /// <exception cref="RefusedException">No message has this code.</exception>
    public static string Find(string code)
    {
        var text = Text();
        var heading = $"### `{code.Trim()}`";
        var start = text.IndexOf(heading + "\n", StringComparison.Ordinal);
        if (start < 0)
            throw new RefusedException(
                "explain/unknown-code",
                $"No message has the code \"{code}\".",
                "Write the code as the message has it: books/busy. For a figure, use options: `bursar explain --help`.",
                exitCode: 2
            );
        var end = text.IndexOf("\n##", start + heading.Length, StringComparison.Ordinal);
        var body = end < 0 ? text[(start + heading.Length)..] : text[(start + heading.Length)..end];
        return $"{code.Trim()}\n\n{body.Trim()}";
    }

    private static string Text()
    {
        using var stream = typeof(ErrorPages).Assembly.GetManifestResourceStream("Bursar.errors.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
