using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Bursar.Understand.Ingestion;

/// <summary>Patterns for files: <c>?</c> is one character, <c>*</c> any in one folder, <c>**</c> any folders.</summary>
internal static class FilePattern
{
    private static readonly ConcurrentDictionary<string, Regex> Known = new();

    /// <summary>Whether the pattern matches the path or the end of it, folder by folder. Capital and small letters are
    /// the same.</summary>
    public static bool Matches(string pattern, string path) =>
        Known.GetOrAdd(pattern.Replace('\\', '/'), Compile).IsMatch(path.Replace('\\', '/'));

    private static Regex Compile(string pattern)
    {
        var text = new StringBuilder(@"(?:\A|/)");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '?')
                text.Append("[^/]");
            else if (pattern[i] != '*')
                text.Append(Regex.Escape(pattern[i].ToString()));
            else if (i + 1 >= pattern.Length || pattern[i + 1] != '*')
                text.Append("[^/]*");
            else if (i + 2 < pattern.Length && pattern[i + 2] == '/')
            {
                text.Append("(?:.*/)?");
                i += 2;
            }
            else
            {
                text.Append(".*");
                i++;
            }
        }
        return new Regex(
            text.Append(@"\z").ToString(),
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
            TimeSpan.FromSeconds(10)
        );
    }
}
