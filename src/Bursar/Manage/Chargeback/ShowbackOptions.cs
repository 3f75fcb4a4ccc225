using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Allocation;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback;

/// <summary>The options of <c>bursar showback</c>: whose statement, of when, and in which form.</summary>
internal sealed class ShowbackOptions
{
    private readonly Option<string?> scope = new("--scope")
    {
        Description = "A scope of the rulebook",
        HelpName = "NAME",
    };

    private readonly Option<string?> by = new("--by")
    {
        Description = "For the list and for --all: the shared field, x_CostCentre (default: x_Owner)",
        HelpName = "FIELD",
    };

    private readonly IReadOnlyList<Option<string?>> fields =
    [
        .. Subjects.Words.Select(
            (word, i) =>
                new Option<string?>("--" + word)
                {
                    Description = $"A value of {SharedFields.Names[i]}; an empty one is what has none",
                    HelpName = "VALUE",
                }
        ),
    ];

    public Option<string?> Period { get; } =
        new("--period")
        {
            Description = $"{StatementPeriod.Forms} (default: the newest whole month)",
            HelpName = "PERIOD",
        };

    private readonly Option<CostMeasure?> measure = Choice.OptionalOption<CostMeasure>(
        "--measure",
        "Which cost (default: EffectiveCost; where nothing says it, BilledCost)",
        verbatim: true
    );

    public Option<bool> Everybody { get; } =
        new("--all") { Description = "A statement for every value of --by, into the folder --to" };

    public Option<string?> To { get; } =
        new("--to")
        {
            Description = "Write it to a file: .html, .xlsx, .csv or .json decides the form; with --all a folder",
            HelpName = "FILE",
        };

    public Option<string?> Form { get; } =
        new("--form") { Description = "With --all: html, xlsx, csv or json (default: html)", HelpName = "FORM" };

    public Option<bool> Issue { get; } =
        new("--issue") { Description = "Keep it in the books, byte for byte, for ever" };

    public IEnumerable<Option> All => [scope, .. fields, Period, measure, by, Everybody, To, Form, Issue];

    /// <summary>Whose statement; null when nobody is named.</summary>
    /// <exception cref="RefusedException">No such scope is declared.</exception>
    public StatementSubject? Subject(ShellRun run, BooksView view)
    {
        var values = fields
            .Select((option, i) => KeyValuePair.Create(SharedFields.Names[i], run.Get(option)))
            .Where(pair => pair.Value is not null)
            .ToList();
        return run.Get(scope) is null && values.Count == 0 ? null : Subjects.Of(view, run.Get(scope), values);
    }

    /// <summary>Which cost; null is the usual one.</summary>
    /// <exception cref="RefusedException">It is a quantity.</exception>
    public CostMeasure? Measure(ShellRun run) =>
        run.Get(measure) is { IsQuantity: true } quantity
            ? throw new RefusedException(
                "showback/no-cost",
                $"{quantity} is a quantity: a statement is about cost.",
                "Use EffectiveCost, BilledCost, ContractedCost or ListCost.",
                exitCode: 2
            )
            : run.Get(measure);

    /// <summary>The field of the list.</summary>
    /// <exception cref="RefusedException">It is no shared field.</exception>
    public string Field(ShellRun run) => run.Get(by) is { } word ? Subjects.Field(word) : ShowbackCli.UsualField;
}
