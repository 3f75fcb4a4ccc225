using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary><c>bursar deliveries choose</c>.</summary>
internal static class ChooseCli
{
    public static ShellCommand Create(Shell shell)
    {
        var id = new Argument<string>("DELIVERY")
        {
            Description = "The delivery that counts: its id, or the beginning",
        };
        var reason = new Option<string>("--reason")
        {
            Description = "Why, for whoever asks later",
            HelpName = "TEXT",
            Required = true,
        };
        var both = new Option<bool>("--both")
        {
            Description = "The others count as well: they hold other charges after all",
        };
        return new ShellCommand(shell, "choose", "Say which of the deliveries that hold the same charges counts")
        {
            id,
            both,
            reason,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample(
                "bursar deliveries choose aws-2026-09-7f3a9c21 --reason \"FOCUS is our standard\"",
                "It counts, its twin does not; so in other months of the two sources"
            )
            .WithExample(
                "bursar deliveries choose aws-2026-09-7f3a9c21 --both --reason \"two contracts\"",
                "They are not the same: both count"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var named = new ShowDeliveries(workspace.View()).Find(run.Get(id)!);
                    var choice = new ChooseDelivery(workspace.Books).Run(
                        named.Id,
                        run.Get(both),
                        run.Get(reason)!,
                        BooksOfRecord.DefaultActor,
                        cancel
                    );
                    run.Print(Record(choice));
                    foreach (var changed in choice.Changed)
                        run.Note(
                            changed.IsCounted
                                ? $"{changed.Id} counts now."
                                : $"{changed.Id} counts no more: {DeliveryWords.What(changed)}."
                        );
                    run.Note($"As it was: --as-of \"#{choice.Entry - 1}\".");
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ResultRecord Record(Choice choice) =>
        ResultRecord.Of(
            ("chosen", choice.Chosen.Id),
            (choice.Both ? "beside" : "over", choice.Over.Select(booked => booked.Id)),
            ("entry", choice.Entry),
            ("counts", choice.Changed.Where(booked => booked.IsCounted).Select(booked => booked.Id)),
            ("countsNoMore", choice.Changed.Where(booked => !booked.IsCounted).Select(booked => booked.Id))
        );
}
