using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary><c>bursar deliveries release</c> and <c>bursar deliveries reject</c>.</summary>
internal static class RuleCli
{
    public static ShellCommand Release(Shell shell) =>
        Create(
            shell,
            "release",
            "Let a held delivery count, in the place of what it was to replace",
            "\"confirmed with the provider\"",
            (rule, id, reason, cancel) => rule.Release(id, reason, BooksOfRecord.DefaultActor, cancel)
        );

    public static ShellCommand Reject(Shell shell) =>
        Create(
            shell,
            "reject",
            "Decide that a held delivery never counts",
            "\"half of it is missing\"",
            (rule, id, reason, cancel) => rule.Reject(id, reason, BooksOfRecord.DefaultActor, cancel)
        );

    private static ShellCommand Create(
        Shell shell,
        string name,
        string description,
        string example,
        Func<RuleOnDelivery, string, string, CancellationToken, BookedDelivery> rule
    )
    {
        var id = new Argument<string>("DELIVERY")
        {
            Description = "The held delivery's id, as `bursar deliveries` shows it, or the beginning of it",
        };
        var reason = new Option<string>("--reason")
        {
            Description = "Why, for whoever asks later",
            HelpName = "TEXT",
            Required = true,
        };
        return new ShellCommand(shell, name, description) { id, reason }
            .WithFormat()
            .OnlyNow()
            .WithExample(
                $"bursar deliveries {name} aws-2026-09-7f3a9c21 --reason {example}",
                "A decision in the journal"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var named = new ShowDeliveries(workspace.View()).Find(run.Get(id)!).Id;
                    var ruled = rule(new RuleOnDelivery(workspace.Books), named, run.Get(reason)!, cancel);
                    run.Print(Record(ruled));
                    if (ruled.IsLive)
                        foreach (var replaced in ruled.Supersedes)
                            run.Note(
                                $"{replaced} counts no more; --as-of \"#{ruled.AdmittedSeq - 1}\" still finds it."
                            );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ResultRecord Record(BookedDelivery ruled) =>
        ResultRecord.Of(
            ("delivery", ruled.Id),
            ("state", DeliveryRecord.StateOf(ruled)),
            ("reason", ruled.Ruling?.Reason),
            ("by", ruled.Ruling?.By),
            ("entry", ruled.Ruling?.Seq),
            ("source", ruled.Delivery.Source),
            ("billingPeriod", ruled.Delivery.BillingPeriod.ToString()),
            ("rows", ruled.Delivery.Rows),
            ("replaces", ruled.IsLive ? ruled.Supersedes : [])
        );
}
