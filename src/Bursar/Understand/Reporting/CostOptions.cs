using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting;

/// <summary>
/// The options with which a question about cost is asked on the command line; <c>costs</c> and <c>explain</c> share
/// them.
/// </summary>
internal sealed class CostOptions
{
    private readonly Option<string[]> by = new("--by")
    {
        Description = "Group by columns: FOCUS ids, x_ columns, Tags/key; comma between them",
        HelpName = "COLUMNS",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<TimeGrain?> over = Choice.OptionalOption<TimeGrain>(
        "--over",
        "One figure per day, week, month, quarter or year"
    );

    private readonly Option<string[]> where = Where();

    private readonly PeriodOptions period = new();

    private readonly Option<CostMeasure> measure = Choice.Option(
        "--measure",
        "Cost: effective (what it costs us), billed, at our contract's prices, at list prices; or a quantity, by unit",
        CostMeasure.EffectiveCost,
        verbatim: true
    );

    private readonly Option<TimeBasis> time = Choice.Option(
        "--time",
        "charge: the days a charge serves; billing: the billing period it is in",
        TimeBasis.Charge
    );

    private readonly Option<int?> top = new("--top")
    {
        Description = "Only the largest N; the rest as one row",
        HelpName = "N",
    };

    private readonly Option<string?> split = new("--split")
    {
        Description = "Show apart: tax, credits, or tax,credits",
        HelpName = "PARTS",
    };

    private readonly LensOptions lens = new();

    /// <summary>The conditions on charges, one an option.</summary>
    public static Option<string[]> Where() =>
        new("--where")
        {
            Description =
                "Only rows with COLUMN=VALUE[,VALUE] or COLUMN!=VALUE; * stands for any text, an empty value for none. Repeat for more conditions",
            HelpName = "CONDITION",
        };

    /// <summary>By whose structure.</summary>
    public Option<string?> Structure => lens.Structure;

    private readonly Option<CostAllocation> allocation = Choice.Option(
        "--allocation",
        "direct: where charges are; distributed: shared costs with those who use them",
        CostAllocation.Direct
    );

    public IEnumerable<Option> All =>
        [by, over, where, .. period.All, measure, time, top, split, allocation, .. lens.All];

    /// <summary>The question that was asked.</summary>
    /// <exception cref="RefusedException">A condition or a time cannot be read.</exception>
    public CostQuery Read(ShellRun run)
    {
        var (from, to) = period.Read(run);
        var through = lens.Read(run);
        return new()
        {
            By =
            [
                .. (run.Get(by) ?? []).SelectMany(text =>
                    text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                ),
            ],
            Over = run.Get(over),
            Where = [.. (run.Get(where) ?? []).Select(CostQueryText.Filter)],
            From = from,
            To = to,
            Measure = run.Get(measure),
            Time = run.Get(time),
            Top = run.Get(top) switch
            {
                null => null,
                > 0 and var rows => rows,
                var rows => throw new RefusedException(
                    "costs/bad-top",
                    $"--top {rows} asks for no rows.",
                    "Write a number from 1.",
                    ExitCode.WrongUsage
                ),
            },
            Split = CostQueryText.Split(run.Get(split)),
            Allocation = run.Get(allocation),
            Conversion = through.Conversion,
            Structure = through.Structure,
        };
    }
}
