using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Bursar.Core.Diagnostics;

namespace Bursar.Cli;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static partial class WrongUsage
{
    /// <summary>True when the line cannot be run; asking for help is never wrong.</summary>
    public static bool Found(ParseResult parsed) =>
        (parsed.Errors.Count > 0 || MistakenOption(parsed) is not null)
        && !parsed
            .CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options)
            .Any(option => option is HelpOption or VersionOption && parsed.GetResult(option) is { Implicit: false });

    public static int Report(ParseResult parsed, TextWriter error)
    {
        var command = parsed.CommandResult.Command;
        var line = CommandLine(command);
        if ((MistakenOption(parsed) ?? (parsed.UnmatchedTokens is [var first, ..] ? first : null)) is { } token)
        {
            var kind =
                token.StartsWith('-') ? "option"
                : command.Subcommands.Count > 0 ? "command"
                : "argument";
            error.WriteLine($"{line}: no {kind} \"{token}\" here.{DidYouMean.Question(token, Known(command, token))}");
        }
        else
        {
            foreach (var problem in parsed.Errors.Select(problem => InPlainWords(problem.Message, command)).Distinct())
                error.WriteLine($"{line}: {problem}");
        }
        error.WriteLine($"Try '{line} --help'.");
        return ExitCode.WrongUsage;
    }

    /// <summary>
    /// A word like --sorce that would pass for a file name, because the command takes any number of those.
    /// </summary>
    private static string? MistakenOption(ParseResult parsed)
    {
        if (parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash))
            return null;
        return parsed
            .CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(result => result.Tokens)
            .FirstOrDefault(token => token.Value.Length > 1 && token.Value[0] == '-')
            ?.Value;
    }

    /// <summary>"bursar costs".</summary>
    public static string CommandLine(Command command) =>
        command is RootCommand ? "bursar" : $"{CommandLine(command.Parents.OfType<Command>().First())} {command.Name}";

    private static IEnumerable<string> Known(Command command, string token)
    {
        if (!token.StartsWith('-'))
            return command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);
        var inherited = command
            .Parents.OfType<Command>()
            .SelectMany(parent => parent.Options)
            .Where(option => option.Recursive);
        return command.Options.Concat(inherited).Where(option => !option.Hidden).Select(option => option.Name);
    }

    private static string InPlainWords(string message, Command command)
    {
        if (message.StartsWith("Required argument missing") && command.Arguments.Count > 0)
            return $"{command.Arguments[0].Name} is missing: {command.Arguments[0].Description}.";
        return TypeName()
            .Replace(
                message,
                match =>
                    match.Value switch
                    {
                        var type when type.Contains("System.Int") => "as a whole number",
                        var type when type.Contains("System.Decimal") => "as a number",
                        _ => "as its value",
                    }
            );
    }

    [GeneratedRegex("as expected type '[^']+'")]
    private static partial Regex TypeName();
}
