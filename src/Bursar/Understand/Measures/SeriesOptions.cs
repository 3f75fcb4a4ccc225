using System.CommandLine;
using Bursar.Cli;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Measures;

/// <summary>The options with which a series is asked on the command line.</summary>
internal sealed class SeriesOptions
{
    private readonly Option<TimeGrain?> over = Choice.OptionalOption<TimeGrain>(
        "--over",
        "One figure per day, week, month, quarter or year"
    );

    private readonly Option<string[]> by = new("--by")
    {
        Description = "Group by keys of the series, or ResourceId; comma between them",
        HelpName = "KEYS",
    };

    private readonly Option<string[]> where = new("--where")
    {
        Description = "Only points with KEY=VALUE[,VALUE] or KEY!=VALUE. Repeat for more conditions",
        HelpName = "CONDITION",
    };

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

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [over, by, where, from, to];

    /// <summary>Those that say which time.</summary>
    public IEnumerable<Option> OfTime => [over, from, to];

    public MeasureQuestion Read(ShellRun run, string name) =>
        new(name)
        {
            Over = run.Get(over),
            By =
            [
                .. (run.Get(by) ?? []).SelectMany(text =>
                    text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                ),
            ],
            Where = [.. (run.Get(where) ?? []).Select(CostQueryText.Filter)],
            From = run.Get(from) is { } first ? CostQueryText.Start(first, "--from") : null,
            To = run.Get(to) is { } last ? CostQueryText.End(last, "--to") : null,
        };
}
