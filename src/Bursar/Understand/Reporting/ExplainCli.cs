using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary><c>bursar explain</c>.</summary>
internal static class ExplainCli
{
    private const int RowsShown = 20;

    public static ShellCommand Create(Shell shell)
    {
        var code = new Argument<string?>("CODE")
        {
            Description = "A message's code (books/busy): what it means and how to mend it",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var rows = new Option<int>("--rows")
        {
            Description = $"So many source rows, largest first (default: {RowsShown})",
            HelpName = "N",
            DefaultValueFactory = _ => RowsShown,
        };
        var options = new CostOptions();
        var command = new ShellCommand(shell, "explain", "Open a figure: by delivery, by rule, down to source rows")
        {
            Remarks = "Ask as you asked `bursar costs`. Every part sums to the figure, to the last digit.",
        };
        command.Arguments.Add(code);
        foreach (var option in options.All)
            command.Options.Add(option);
        command.Options.Add(rows);
        return command
            .WithFormat()
            .WithVocabulary()
            .WithExample(
                "bursar explain --from 2026-09 --to 2026-09 --where x_CostCentre=claims",
                "Where September's figure of a cost centre comes from"
            )
            .WithExample(
                "bursar explain --where ServiceName=\"Amazon EC2\" --rows 5 --format json",
                "The same for a program"
            )
            .WithExample("bursar explain --currency USD", "Which amounts were converted, at which rates")
            .WithExample("bursar explain books/busy", "What a message means")
            .Runs(
                (run, cancel) =>
                {
                    if (run.Get(code) is { } asked)
                        return Task.FromResult(ExplainCode(run, asked));
                    if (run.Get(rows) is < 0 or > 100_000)
                        throw new RefusedException(
                            "explain/bad-rows",
                            $"--rows {run.Get(rows)} cannot be shown.",
                            "Write a number from 0 to 100000.",
                            ExitCode.WrongUsage
                        );
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    run.Speak(view);
                    var explanation = new ExplainCosts(view).Explain(options.Read(run), run.Get(rows), cancel);
                    run.Print(
                        run.Door.Format == OutputFormat.Table
                            ? ExplainTables.Of(explanation)
                            : ExplainRecord.Of(explanation)
                    );
                    CostsCli.Tell(run, view, explanation.Answer, tellsRates: false);
                    var asBilled = explanation.Answer.Query.Conversion is null ? "" : " as billed";
                    if (run.Door.Format == OutputFormat.Table && explanation.Rows.Count > explanation.Rows.Rows.Count)
                        run.Note(
                            FormattableString.Invariant(
                                $"{explanation.Rows.Rows.Count:N0} of {explanation.Rows.Count:N0} rows are shown; all of them sum to the figure{asBilled}."
                            )
                        );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static int ExplainCode(ShellRun run, string code)
    {
        run.Io.Out.WriteLine(ErrorPages.Find(code));
        return ExitCode.Fine;
    }
}
