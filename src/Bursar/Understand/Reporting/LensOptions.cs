using System.CommandLine;
using Bursar.Cli;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary>The options with which a whole report is asked for in one currency, or by the structure of a day.</summary>
internal sealed class LensOptions
{
    private readonly Option<string?> currency = new("--currency")
    {
        Description = "In this currency, at the exchange rates of the rulebook (default: each as billed)",
        HelpName = "CODE",
    };

    private readonly Option<RateUse> rates = Choice.Option(
        "--rates",
        "actual: of each day; plan: those that the plan reckons with",
        RateUse.Actual
    );

    /// <summary>By whose structure.</summary>
    public Option<string?> Structure { get; } = StructureText.Option(StructureText.Usual);

    public IEnumerable<Option> All => [currency, rates, Structure];

    /// <summary>Only in which currency.</summary>
    public IEnumerable<Option> OfCurrency => [currency, rates];

    /// <summary>Adds them to a command.</summary>
    public ShellCommand AddTo(ShellCommand command)
    {
        foreach (var option in All)
            command.Options.Add(option);
        return command;
    }

    /// <exception cref="Core.Diagnostics.RefusedException">One of them cannot be read.</exception>
    public Lens Read(ShellRun run) =>
        new(
            CostQueryText.Conversion(run.Get(currency), run.Has(rates) ? run.Get(rates) : null),
            StructureText.Read(run.Get(Structure), "--structure")
        );
}
