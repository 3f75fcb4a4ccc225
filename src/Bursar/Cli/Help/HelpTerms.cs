using System.CommandLine;
using System.CommandLine.Help;

namespace Bursar.Cli.Help;

/// <summary>Names and meanings of arguments and options, for the terminal and for docs/cli.md alike.</summary>
internal static class HelpTerms
{
    public static IEnumerable<(string Term, string Meaning)> Arguments(Command command) =>
        command.Arguments.Select(argument => (argument.Name, argument.Description ?? ""));

    public static IEnumerable<(string Term, string Meaning)> OwnOptions(Command command, Shell shell) =>
        command.Options.Where(option => !option.Hidden && !IsCommon(option, shell)).Select(Describe);

    public static IEnumerable<(string Term, string Meaning)> CommonOptions(Shell shell) =>
        shell.Options.Everywhere.Select(Describe).Append(("--help", "Show this help"));

    private static bool IsCommon(Option option, Shell shell) =>
        option is HelpOption or VersionOption || shell.Options.Everywhere.Contains(option);

    private static (string Term, string Meaning) Describe(Option option)
    {
        var flag = option.ValueType == typeof(bool);
        var term = flag ? option.Name : $"{option.Name} {option.HelpName ?? "VALUE"}";
        var meaning = option.Description ?? "";
        return (term, option.Required ? meaning + " (required)" : meaning);
    }
}
