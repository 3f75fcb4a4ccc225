using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary><c>bursar budgets import</c> and <c>export</c>.</summary>
internal static class ImportCli
{
    public static IEnumerable<ShellCommand> All(Shell shell) => [Import(shell), Export(shell)];

    private static ShellCommand Import(Shell shell)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A csv or xlsx with the columns BudgetId, Period, Amount, Currency",
        };
        var budget = new Option<string?>("--budget")
        {
            Description = "The budget of all lines (default: the column BudgetId says)",
            HelpName = "NAME",
        };
        var version = Version("the file's name");
        var assume = Assume();
        var approver = Approver();
        var reason = DecideCli.Reason();
        return new ShellCommand(shell, "import", "Take amounts out of a spreadsheet: a change that waits for approval")
        {
            file,
            budget,
            version,
            assume,
            approver,
            reason,
        }
            .OnlyNow()
            .WithFormat()
            .WithExample(
                "bursar budgets import plan-2027.xlsx --reason \"annual plan\"",
                "It counts once it is approved: bursar budgets approve"
            )
            .Runs((run, cancel) => Import(run, file, budget, version, assume, approver, reason, cancel));
    }

    private static Task<int> Import(
        ShellRun run,
        Argument<string> file,
        Option<string?> budget,
        Option<string?> version,
        Option<string[]> assume,
        Option<string?> approver,
        Option<string> reason,
        CancellationToken cancel
    )
    {
        using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        var view = workspace.View(draft: run.Door.Draft);
        var (changes, mistakes) = new ImportBudgets(workspace, view).Read(
            run.Get(file)!,
            run.Get(budget),
            run.Get(version) ?? Path.GetFileNameWithoutExtension(run.Get(file)!),
            run.Get(reason)!,
            run.Get(assume) ?? [],
            cancel
        );
        if (mistakes.Count > 0)
        {
            var code = run.Report(mistakes);
            run.Note("Nothing was taken: a file is taken whole or not at all.");
            return Task.FromResult(code);
        }
        if (changes.Count == 0)
        {
            run.Note("Nothing changed: every line says what the plan says already, so nothing waits.");
            return Task.FromResult(ExitCode.Fine);
        }
        var seq = new DecideBudgets(workspace, view).Revise(changes, run.Get(approver));
        foreach (var note in ImportBudgets.Fixed(new BudgetBook(view), changes))
            run.Warn(note);
        Say(run, changes, seq, run.Get(approver));
        return Task.FromResult(ExitCode.Fine);
    }

    private static ShellCommand Export(Shell shell)
    {
        var budget = new Argument<string?>("BUDGET")
        {
            Description = "Only this budget (default: all)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var version = new Option<string?>("--version-name")
        {
            Description =
                "As of this version: original, or a name of `bursar budgets log` (default: the plan of today)",
            HelpName = "NAME",
        };
        var to = new Option<string?>("--to")
        {
            Description = "Into this file, .csv or .xlsx (default: print it)",
            HelpName = "FILE",
        };
        return new ShellCommand(
            shell,
            "export",
            "The plan as lines that a spreadsheet can change and import takes again"
        )
        {
            budget,
            version,
            to,
        }
            .WithFormat()
            .WithExample("bursar budgets export --to plan.xlsx", "Every budget, period by period")
            .Runs(
                (run, _) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var book = new BudgetBook(workspace.View(run.Door.AsOf, run.Door.Draft));
                    var budgets = run.Get(budget) is { } name ? [book.Require(name)] : book.Budgets;
                    var table = ImportBudgets.Export(book, budgets, run.Get(version));
                    if (run.Get(to) is not { } path)
                    {
                        run.Print(table);
                        return Task.FromResult(ExitCode.Fine);
                    }
                    Write(table, path);
                    run.Note($"{Display.Count(table.Rows.Count, "line", "lines")} written to {path}.");
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static void Write(ResultTable table, string path)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".xlsx":
                File.WriteAllBytes(path, WorkbookResult.Write([("Budgets", table)]));
                break;
            case ".csv":
                using (var text = new StringWriter())
                {
                    CsvResult.Write(table, text);
                    File.WriteAllText(path, text.ToString());
                }
                break;
            default:
                throw new RefusedException(
                    "budgets/unknown-file-kind",
                    $"{path} is neither .csv nor .xlsx.",
                    "Give the file one of these endings.",
                    ExitCode.WrongUsage
                );
        }
    }

    /// <summary>What was proposed, and what is to be done now.</summary>
    internal static void Say(ShellRun run, IReadOnlyList<BudgetRevised> changes, long seq, string? approver)
    {
        run.Print(
            new ResultTable(
                [
                    new("budget"),
                    new("version"),
                    new("period", ColumnKind.Whole),
                    new("amount", ColumnKind.Figure),
                    new("entry", ColumnKind.Figure, Decimals: 0),
                ],
                [
                    .. from change in changes
                    from pair in change.Amounts
                    select (IReadOnlyList<object?>)[change.Budget, change.Version, pair.Key, pair.Value, seq],
                ]
            )
        );
        run.Note(
            approver is null
                ? $"Entry {seq} waits: bursar budgets approve {seq} --by OWNER --reason \"…\""
                : $"Entry {seq}, approved by {approver}, counts from now on."
        );
    }

    internal static Option<string?> Version(string usual) =>
        new("--name") { Description = $"What the change is called (default: {usual})", HelpName = "TEXT" };

    internal static Option<string[]> Assume() =>
        new("--assume")
        {
            Description = "What it rests on; may be given several times. Assumptions of earlier versions are carried",
            HelpName = "TEXT",
        };

    internal static Option<string?> Approver() =>
        new("--approver") { Description = "Who agreed already (default: it waits)", HelpName = "OWNER" };
}
