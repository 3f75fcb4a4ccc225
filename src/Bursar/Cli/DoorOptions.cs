using System.CommandLine;
using Bursar.Rulebooks.Terms;
using Bursar.Workspaces;

namespace Bursar.Cli;

/// <summary>How a result is printed.</summary>
internal enum OutputFormat
{
    /// <summary>For people: fits the terminal, amounts rounded to their currency.</summary>
    Table,

    /// <summary>For programs: every digit.</summary>
    Json,

    /// <summary>For spreadsheets and programs: every digit.</summary>
    Csv,
}

/// <summary>What every command is told: which books, by which rules, as of when, and how to print.</summary>
/// <param name="Books">The books folder.</param>
/// <param name="Rulebook">The folder of the working copy of the rules.</param>
/// <param name="AsOf">The moment whose books are read; null is now.</param>
/// <param name="Draft">True to use the working copy of the rules and mark the output DRAFT.</param>
/// <param name="Format">How the result is printed.</param>
/// <param name="Quiet">True to keep notes and progress to ourselves.</param>
/// <param name="Vocabulary">In whose words the headings are; null is the organisation's choice.</param>
internal sealed record DoorOptions(
    string Books,
    string Rulebook,
    AsOf? AsOf,
    bool Draft,
    OutputFormat Format,
    bool Quiet,
    Vocabulary? Vocabulary
);

/// <summary>The options that all commands share, declared once.</summary>
internal sealed class CommonOptions
{
    public CommonOptions(ShellIo io)
    {
        Books = new("--books")
        {
            Description = "The books folder (default: books, or BURSAR_BOOKS)",
            HelpName = "DIR",
            Recursive = true,
            DefaultValueFactory = _ => io.Environment("BURSAR_BOOKS") is { Length: > 0 } folder ? folder : "books",
        };
    }

    public Option<string> Books { get; }

    public Option<string> Rulebook { get; } =
        new("--rulebook")
        {
            Description = "The folder of your rules (default: rulebook)",
            HelpName = "DIR",
            Recursive = true,
            DefaultValueFactory = _ => "rulebook",
        };

    public Option<AsOf?> AsOf { get; } =
        new("--as-of")
        {
            Description =
                "Read the books as they stood: a day (its end in UTC), a time with zone, or #123, a journal entry",
            HelpName = "TIME",
            Recursive = true,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var read = Workspaces.AsOf.Read(text);
                if (read is null)
                    result.AddError($"\"{text}\" is no time for --as-of. Write {Workspaces.AsOf.Forms}.");
                return read;
            },
        };

    public Option<bool> Draft { get; } =
        new("--draft")
        {
            Description = "Use the rules in the folder although they are not published; marks the output DRAFT",
            Recursive = true,
        };

    public Option<bool> Quiet { get; } = new("--quiet") { Description = "No notes and no progress", Recursive = true };

    /// <summary>Only on commands that print a table or a record.</summary>
    public Option<OutputFormat> Format { get; } =
        Choice.Option("--format", "How to print the result", OutputFormat.Table);

    /// <summary>Only on commands whose headings have words of their own in several vocabularies.</summary>
    public Option<Vocabulary?> Vocabulary { get; } =
        Choice.OptionalOption<Vocabulary>(
            "--vocabulary",
            "In whose words the headings are (default: the organisation's choice, else FOCUS)",
            verbatim: true
        );

    /// <summary>The options that stand on every command, in the order of the help.</summary>
    public IReadOnlyList<Option> Everywhere => [Books, Rulebook, AsOf, Draft, Quiet];

    public DoorOptions Read(ParseResult parsed) =>
        new(
            parsed.GetValue(Books)!,
            parsed.GetValue(Rulebook)!,
            parsed.GetValue(AsOf),
            parsed.GetValue(Draft),
            parsed.GetValue(Format),
            parsed.GetValue(Quiet),
            parsed.GetValue(Vocabulary)
        );
}
