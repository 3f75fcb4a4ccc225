using System.CommandLine;
using System.Globalization;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary><c>bursar prune</c>.</summary>
internal static class PruneCli
{
    public static ShellCommand Create(Shell shell)
    {
        var older = new Option<int>("--older-than")
        {
            Description = "Days since a delivery was replaced or withdrawn (default: 30)",
            HelpName = "DAYS",
            DefaultValueFactory = _ => 30,
        };
        var last = new Option<int>("--keep-last")
        {
            Description = "Keep the newest so many of each source, month and accounts (default: 1)",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var noMonthEnds = new Option<bool>("--no-month-ends")
        {
            Description = "Do not keep what counted at the end of a month",
        };
        var apply = new Option<bool>("--apply") { Description = "Do it; without it, only show what would go" };
        return new ShellCommand(shell, "prune", "Remove the files of deliveries that were replaced long ago")
        {
            older,
            last,
            noMonthEnds,
            apply,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample("bursar prune", "What would go, and how many bytes that frees")
            .WithExample("bursar prune --older-than 90 --keep-last 3 --apply", "Another policy, carried out")
            .Runs(
                (run, cancel) =>
                {
                    var policy = new PrunePolicy(run.Get(older), run.Get(last), !run.Get(noMonthEnds));
                    if (policy.OlderThanDays is < 0 or > 36_500 || policy.KeepLast < 0)
                        throw new RefusedException(
                            "deliveries/bad-policy",
                            $"--older-than {policy.OlderThanDays} --keep-last {policy.KeepLast} is no policy.",
                            "Write a number of days from 0 to 36500, and how many stay, 0 or more.",
                            ExitCode.WrongUsage
                        );
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var prune = new PruneDeliveries(workspace.Books, run.Io.Clock);
                    var pruning = run.Get(apply)
                        ? prune.Run(policy, BooksOfRecord.DefaultActor, cancel)
                        : prune.Try(policy);
                    run.Print(Record(pruning, run.Door.Format == OutputFormat.Table));
                    Tell(run, pruning, run.Get(apply));
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static void Tell(ShellRun run, Pruning pruning, bool applied)
    {
        run.Note($"Policy: {pruning.Policy}.");
        if (pruning.Deliveries.Count == 0)
            run.Note("Nothing goes by this policy. `bursar deliveries --all` lists what was replaced.");
        else if (applied)
            run.Note(
                "Totals of today are what they were. Moments that rest on these deliveries cannot be asked any more."
            );
        else
            run.Note(
                "Nothing was removed yet. With --apply it is; what these deliveries summed to stays in the journal."
            );
    }

    private static ResultRecord Record(Pruning pruning, bool forPeople) =>
        ResultRecord.Of([
            ("pruned", pruning.Entry is not null),
            ("entry", pruning.Entry),
            ("files", pruning.Files.Count),
            ("bytes", pruning.Bytes),
            .. pruning.Kept.OrderBy(pair => pair.Key).Select(pair => (Name(pair.Key), (object?)pair.Value)),
            (
                "deliveries",
                forPeople
                    ? new ResultTable(
                        [
                            new("delivery", ColumnKind.Whole),
                            new("ended", ColumnKind.Whole),
                            new("rows", ColumnKind.Figure),
                        ],
                        [
                            .. pruning.Deliveries.Select(booked =>
                                (IReadOnlyList<object?>)[booked.Id, Ended(booked), booked.Delivery.Rows]
                            ),
                        ]
                    )
                    : pruning.Deliveries.Select(DeliveryRecord.Booked)
            ),
        ]);

    private static string Ended(BookedDelivery booked) =>
        booked.WithdrawnAt is { } at
            ? "withdrawn " + at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : "replaced by " + booked.SupersededBy;

    private static string Name(KeptBecause why) =>
        why switch
        {
            KeptBecause.Cited => "keptAsCited",
            KeptBecause.MonthEnd => "keptAsMonthEnd",
            KeptBecause.Last => "keptAsLast",
            _ => "keptAsYoung",
        };
}
