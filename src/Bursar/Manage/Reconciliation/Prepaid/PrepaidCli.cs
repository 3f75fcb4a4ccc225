using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation.Prepaid;

/// <summary><c>bursar prepaid</c>.</summary>
internal static class PrepaidCli
{
    public static ShellCommand Create(Shell shell)
    {
        var at = new Option<string?>("--at")
        {
            Description = "The day at whose end it is weighed (default: the last day of the newest whole month)",
            HelpName = "DAY",
        };
        return new ShellCommand(shell, "prepaid", "What is paid and not used yet, and when it becomes cost") { at }
            .WithFormat()
            .WithExample("bursar prepaid --at 2026-03-31", "The prepaid balance at the end of March")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var balance = WeighPrepaid.Of(view, TimeText.Day(run.Get(at)), cancel);
                    var day = balance.At;
                    run.Print(Record(balance));
                    foreach (var note in balance.Notes)
                        run.Note(note);
                    foreach (var total in balance.Totals)
                        run.Note(
                            $"Paid ahead at the end of {day:yyyy-MM-dd}: {CellText.Figure(total.Amount, total.Currency.Decimals)} {total.Currency}"
                        );
                    if (!run.TellIfEmpty(view) && balance.Totals.Count == 0)
                        run.Note($"Nothing is paid ahead at the end of {day:yyyy-MM-dd}.");
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    /// <summary><c>{"at":…,"balance":[…],"prepayments":[…],"releases":[…]}</c>.</summary>
    public static ResultRecord Record(PrepaidBalance balance) =>
        ResultRecord.Of(
            ("at", balance.At),
            (
                "balance",
                balance.Totals.Select(total => ResultRecord.Of(("currency", total.Currency.Code), ("amount", total)))
            ),
            (
                "prepayments",
                balance.Prepayments.Select(one =>
                    ResultRecord.Of(
                        ("issuer", one.Issuer),
                        ("service", one.Service),
                        ("commitment", one.CommitmentId),
                        ("currency", one.Balance.Currency.Code),
                        ("balance", one.Balance)
                    )
                )
            ),
            (
                "releases",
                balance.Releases.Select(one =>
                    ResultRecord.Of(
                        ("month", one.Month.ToString()),
                        ("currency", one.Cost.Currency.Code),
                        ("effectiveCost", one.Cost)
                    )
                )
            )
        );
}
