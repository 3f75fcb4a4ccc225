using System.CommandLine;
using Bursar.Cli;

namespace Bursar.Quantify.Forecasts;

/// <summary>What a forecast is kept with: reason, assumptions and author.</summary>
internal sealed class FreezeOptions
{
    private readonly Option<string> reason = new("--reason")
    {
        Description = "Why it is frozen: what it is handed out for",
        HelpName = "TEXT",
        Required = true,
    };

    private readonly Option<string[]> assumption = new("--assume")
    {
        Description = "An assumption that is not in the books. Repeat for more",
        HelpName = "TEXT",
    };

    private readonly Option<string?> author = new("--author")
    {
        Description = "Who answers for it (default: the usual actor)",
        HelpName = "NAME",
    };

    public IEnumerable<Option> All => [reason, assumption, author];

    public FreezeWords Read(ShellRun run, string name) =>
        new(name.Trim(), run.Get(reason)!.Trim(), run.Get(assumption) ?? [], run.Get(author));

    /// <summary>The name under which it is kept, for commands whose argument is something else.</summary>
    public static Option<string?> NameOption(string of) =>
        new("--as")
        {
            Description = $"What it is for: forecasts of one name are versions of each other (default: {of})",
            HelpName = "NAME",
        };

    /// <summary>Prints what was kept.</summary>
    public static int Tell(ShellRun run, FrozenForecast frozen)
    {
        run.Print(AccuracyTables.Frozen(frozen));
        run.Note(
            $"Frozen: {frozen.Periods.Count} periods, known through {frozen.CompleteThrough:yyyy-MM-dd}. "
                + "`bursar forecast accuracy` scores it when they are over."
        );
        return ExitCode.Fine;
    }
}

/// <summary>What a forecast is kept with.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Reason">Why it is kept.</param>
/// <param name="Assumptions">What its author assumes.</param>
/// <param name="Author">Who answers for it; null for the usual actor.</param>
internal sealed record FreezeWords(string Name, string Reason, IReadOnlyList<string> Assumptions, string? Author);
