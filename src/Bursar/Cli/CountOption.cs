using System.CommandLine;

namespace Bursar.Cli;

/// <summary>An option that says how many lines are shown.</summary>
internal static class CountOption
{
    /// <summary>Declares <c>--top N</c>.</summary>
    public static Option<int> Top(string description, int usual) =>
        new("--top")
        {
            Description = $"{description} (default: {usual})",
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
}
