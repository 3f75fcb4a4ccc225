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

    private readonly PeriodOptions period = new();

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [over, by, where, .. period.All];

    /// <summary>Those that say which time.</summary>
    public IEnumerable<Option> OfTime => [over, .. period.All];

    public MeasureQuestion Read(ShellRun run, string name)
    {
        var (from, to) = period.Read(run);
        return new(name)
        {
            Over = run.Get(over),
            By =
            [
                .. (run.Get(by) ?? []).SelectMany(text =>
                    text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                ),
            ],
            Where = [.. (run.Get(where) ?? []).Select(CostQueryText.Filter)],
            From = from,
            To = to,
        };
    }
}
