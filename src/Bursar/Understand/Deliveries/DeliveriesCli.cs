using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary><c>bursar deliveries</c>.</summary>
internal static class DeliveriesCli
{
    public static ShellCommand Create(Shell shell)
    {
        var id = new Argument<string?>("DELIVERY")
        {
            Description = "One delivery in full: its id, or the beginning of it",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var source = new Option<string?>("--source") { Description = "Only those of one source", HelpName = "NAME" };
        var all = new Option<bool>("--all") { Description = "Also those that were replaced or withdrawn" };
        return new ShellCommand(shell, "deliveries", "What was delivered: when, rows, totals, what it replaced")
        {
            id,
            source,
            all,
            ChooseCli.Create(shell),
            RuleCli.Release(shell),
            RuleCli.Reject(shell),
            QuarantineCli.Create(shell),
        }
            .WithFormat()
            .WithExample("bursar deliveries", "Everything that counts now")
            .WithExample("bursar deliveries --source aws --all", "All of aws, also what was replaced or withdrawn")
            .WithExample("bursar deliveries aws-2026-09-7f3a9c21", "One delivery: files, notes, what is in quarantine")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var show = new ShowDeliveries(workspace.View(run.Door.AsOf, run.Door.Draft));
                    if (run.Get(id) is { } named)
                        PrintOne(run, show, show.Find(named), cancel);
                    else
                        PrintList(run, show.List(run.Get(source), run.Get(all)));
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static void PrintOne(ShellRun run, ShowDeliveries show, BookedDelivery booked, CancellationToken cancel)
    {
        var records = show.Quarantined(booked, ShowDeliveries.RecordsShown, cancel);
        run.Print(DeliveryRecord.InFull(booked, records, forPeople: run.Door.Format == OutputFormat.Table));
        if (booked.Standing == DeliveryStanding.Blocked)
            run.Note(TwinWords.HowToChoose(booked));
        if (booked.Delivery.QuarantinedRows > records.Count)
            run.Note(
                $"The first {records.Count} of {booked.Delivery.QuarantinedRows} quarantined records. All of them: "
                    + BooksFolder.QuarantinePath(booked.Id, QuarantineFile.Name)
                    + " in the books."
            );
    }

    private static void PrintList(ShellRun run, IReadOnlyList<BookedDelivery> deliveries)
    {
        if (run.Door.Format != OutputFormat.Table)
        {
            run.Print(ResultRecord.Of(("deliveries", deliveries.Select(DeliveryRecord.Booked))));
            return;
        }
        run.Print(
            DeliveryTable.Of(deliveries) with
            {
                WhenEmpty =
                    "There is no such delivery. `bursar ingest FILE` takes one, `--all` shows those that count no more.",
            }
        );
        foreach (var blocked in deliveries.Where(booked => booked.Standing == DeliveryStanding.Blocked))
            run.Note(TwinWords.HowToChoose(blocked));
        foreach (var held in deliveries.Where(booked => booked.IsHeld))
            run.Note(HeldWords.Of(held.Delivery));
    }
}
