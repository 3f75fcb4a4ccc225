using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary><c>bursar invoices</c>.</summary>
internal static class InvoicesCli
{
    public static ShellCommand Create(Shell shell)
    {
        var period = new Option<string?>("--period")
        {
            Description = "Only invoices of this billing period, 2026-09",
            HelpName = "MONTH",
        };
        var open = new Option<bool>("--open") { Description = "Only those that are not tied" };
        return new ShellCommand(
            shell,
            "invoices",
            "Each invoice beside its charges: total, difference by reason, state"
        )
        {
            period,
            open,
            Show(shell),
        }
            .WithFormat()
            .WithExample("bursar invoices --period 2026-09", "September's invoices: tied, open or unexplained")
            .WithExample("bursar invoices --open", "What is still to be settled")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var all = TieInvoices.Of(view, cancel);
                    var month = TimeText.Month(run.Get(period));
                    var shown = InvoiceTables.Of(all, month, run.Get(open));
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(InvoiceTables.Record(shown));
                    else
                        run.Print(InvoiceTables.Table(shown));
                    run.TellIfDraft(view.IsDraft);
                    run.TellIfEmpty(view);
                    run.Note(InvoiceTables.Sentence(shown));
                    var unexplained = shown.Any(tie => tie.State == TieState.Unexplained);
                    return Task.FromResult(unexplained ? ExitCode.Findings : ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Show(Shell shell)
    {
        var number = new Argument<string>("NUMBER") { Description = "The invoice's number" };
        var rows = new Option<int>("--rows")
        {
            Description = "How many of its charges are shown, largest first (default: 20)",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
        };
        return new ShellCommand(shell, "show", "One invoice: its lines, its differences, its charges") { number, rows }
            .WithFormat()
            .WithExample("bursar invoices show EUINGB26-2026-09", "Down to the rows of the provider's file")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var all = TieInvoices.Of(view, cancel);
                    var tie = Named(all, run.Get(number)!);
                    var page = new ListRows(view).Page(tie.Behind, 1, Math.Clamp(run.Get(rows), 0, 10_000), cancel);
                    run.Print(InvoiceTables.InFull(tie, page, forPeople: run.Door.Format == OutputFormat.Table));
                    run.Note($"{tie.State}: {tie.Reason}");
                    return Task.FromResult(tie.State == TieState.Unexplained ? ExitCode.Findings : ExitCode.Fine);
                }
            );
    }

    /// <exception cref="RefusedException">There is no such invoice.</exception>
    internal static InvoiceTie Named(TieOut all, string number)
    {
        var known = all.Invoices.Where(tie => tie.Number is not null).ToList();
        return known.Find(tie => tie.Number!.Equals(number, StringComparison.OrdinalIgnoreCase))
            ?? throw new RefusedException(
                "invoices/unknown-number",
                $"No invoice and no charge has the number \"{number}\".{DidYouMean.Question(number, known.Select(tie => tie.Number!))}",
                "`bursar invoices` lists them."
            );
    }
}
