using System.CommandLine;
using Bursar.Cli;

namespace Bursar.Understand.Reporting;

/// <summary>The options that say from when to when: <c>--from</c> and <c>--to</c>, the last included.</summary>
internal sealed class PeriodOptions
{
    private readonly Option<string?> from = new("--from")
    {
        Description = "First month (2026-01) or day (2026-01-15)",
        HelpName = "TIME",
    };

    private readonly Option<string?> to = new("--to")
    {
        Description = "Last month or day, included",
        HelpName = "TIME",
    };

    public IEnumerable<Option> All => [from, to];

    /// <summary>The first day, and the day after the last; null where nothing was said.</summary>
    /// <exception cref="Core.Diagnostics.RefusedException">One of them is no time.</exception>
    public (DateOnly? From, DateOnly? To) Read(ShellRun run) =>
        (
            run.Get(from) is { } first ? CostQueryText.Start(first, "--from") : null,
            run.Get(to) is { } last ? CostQueryText.End(last, "--to") : null
        );
}
