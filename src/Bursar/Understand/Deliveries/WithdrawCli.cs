using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary><c>bursar withdraw</c>.</summary>
internal static class WithdrawCli
{
    public static ShellCommand Create(Shell shell)
    {
        var id = new Argument<string>("DELIVERY")
        {
            Description = "The delivery's id, as `bursar deliveries` shows it",
        };
        var reason = new Option<string>("--reason")
        {
            Description = "Why, for whoever asks later",
            HelpName = "TEXT",
            Required = true,
        };
        return new ShellCommand(shell, "withdraw", "Take a delivery back; what it had replaced counts again")
        {
            id,
            reason,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample(
                "bursar withdraw aws-2026-09-7f3a9c21 --reason \"wrong account\"",
                "It counts no more; --as-of still finds it"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var withdrawal = new WithdrawDelivery(workspace.Books).Run(
                        run.Get(id)!,
                        run.Get(reason)!,
                        BooksOfRecord.DefaultActor,
                        cancel
                    );
                    run.Print(Record(withdrawal));
                    Tell(run, withdrawal);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ResultRecord Record(Withdrawal withdrawal) =>
        ResultRecord.Of(
            ("withdrawn", withdrawal.Withdrawn.Id),
            ("reason", withdrawal.Withdrawn.WithdrawnReason),
            ("source", withdrawal.Withdrawn.Delivery.Source),
            ("billingPeriod", withdrawal.Withdrawn.Delivery.BillingPeriod.ToString()),
            ("entry", withdrawal.Entry),
            ("restored", string.Join(", ", withdrawal.Restored.Select(booked => booked.Id))),
            (
                "totals",
                withdrawal.Totals.Select(total =>
                    ResultRecord.Of(
                        ("billingCurrency", total.BillingCurrency),
                        ("oldEffectiveCost", total.OldEffectiveCost),
                        ("newEffectiveCost", total.NewEffectiveCost),
                        ("oldBilledCost", total.OldBilledCost),
                        ("newBilledCost", total.NewBilledCost)
                    )
                )
            )
        );

    private static void Tell(ShellRun run, Withdrawal withdrawal)
    {
        var delivery = withdrawal.Withdrawn.Delivery;
        foreach (var total in withdrawal.Totals)
        {
            var decimals = new Currency(total.BillingCurrency).Decimals;
            run.Note(
                $"{delivery.Source} {delivery.BillingPeriod}: {CellText.Figure(total.OldEffectiveCost, decimals)} became "
                    + $"{CellText.Figure(total.NewEffectiveCost, decimals)} {total.BillingCurrency}."
            );
        }
        foreach (var restored in withdrawal.Restored)
            run.Note($"{restored.Id} counts again.");
        run.Note($"As it was: --as-of \"#{withdrawal.Entry - 1}\".");
    }
}
