using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Bursar.Core.Diagnostics;

namespace Bursar.Cli;

/// <summary>An option whose value is one (or several) of a few words, taken from an enum.</summary>
internal static class Choice
{
    /// <summary>
    /// Declares <c>--name word</c>. Words are the enum's names in kebab-case, or verbatim for FOCUS columns.
    /// </summary>
    public static Option<T> Option<T>(string name, string description, T whenAbsent, bool verbatim = false)
        where T : struct, Enum
    {
        var words = Words<T>(verbatim);
        var option = new Option<T>(name)
        {
            Description = $"{description} (default: {words[Array.IndexOf(Enum.GetValues<T>(), whenAbsent)]})",
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => whenAbsent,
            CustomParser = result => Read<T>(result, name, words, result.Tokens[0].Value),
        };
        option.CompletionSources.Add([.. words]);
        return option;
    }

    /// <summary>Declares <c>--name word</c> without a default.</summary>
    public static Option<T?> OptionalOption<T>(string name, string description, bool verbatim = false)
        where T : struct, Enum
    {
        var words = Words<T>(verbatim);
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result => Read<T>(result, name, words, result.Tokens[0].Value),
        };
        option.CompletionSources.Add([.. words]);
        return option;
    }

    /// <summary>"ContractCommitment" is written contract-commitment.</summary>
    public static string KebabCase(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }

    private static string[] Words<T>(bool verbatim)
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => verbatim ? name : KebabCase(name))];

    private static T Read<T>(ArgumentResult result, string option, string[] words, string text)
        where T : struct, Enum
    {
        var place = Array.FindIndex(words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (place >= 0)
            return Enum.Parse<T>(Enum.GetNames<T>()[place]);
        var choices = $"It takes one of: {string.Join(", ", words)}.";
        result.AddError($"\"{text}\" is no value for {option}.{DidYouMean.Question(text, words)} {choices}");
        return default;
    }
}
