using System.CommandLine;
using Bursar.Cli;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.Pools;

/// <summary><c>bursar shared</c>.</summary>
internal static class PoolsCli
{
    public static ShellCommand Create(Shell shell)
    {
        var name = new Argument<string?>("POOL")
        {
            Description = "One shared cost: who gets how much of it, and why",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var period = new Option<string?>("--period")
        {
            Description = "The month, 2026-09 (default: the newest whole one)",
            HelpName = "MONTH",
        };
        var lines = new Option<bool>("--lines")
        {
            Description = "Of pools that a log divides: invoice against log, class by class, and why they differ",
        };
        return new ShellCommand(shell, "shared", "What is shared, by what it is divided, and who gets how much")
        {
            name,
            period,
            lines,
        }
            .WithFormat()
            .WithExample("bursar shared", "Every pool of the newest whole month")
            .WithExample(
                "bursar shared security --period 2026-09",
                "Who gets how much of one pool, and by which weight"
            )
            .WithExample(
                "bursar shared model-api --lines",
                "What a provider's invoice and the log of the gateway differ by"
            )
            .WithExample(
                "bursar costs --by x_Product,x_SharedCost --allocation distributed",
                "The same beside what each product costs by itself"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    if (new ReviewPools(view).Of(TimeText.Month(run.Get(period)), cancel) is not { } review)
                    {
                        run.Note("Nothing has been delivered yet: `bursar ingest FILE`.");
                        return Task.FromResult(ExitCode.Fine);
                    }
                    var asked = run.Get(name);
                    var pools = asked is null ? review.Pools : ReviewPools.Named(review, view.Rulebook.Pools(), asked);
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(PoolTables.Record(review, pools));
                    else
                        run.Print(
                            run.Get(lines) ? MeterTables.Lines(pools)
                            : asked is null ? PoolTables.List(review)
                            : PoolTables.Parts(pools)
                        );
                    run.TellIfDraft(review.IsDraft);
                    foreach (var pool in asked is null ? [] : pools)
                        run.Note($"{pool.Pool.Name} in {review.Month}: {PoolTables.Driver(pool.Pool)}.");
                    foreach (var pool in pools.Where(one => one.Recovery.Count > 0))
                        run.Note(
                            $"{pool.Pool.Name}: {RecoveryTables.Says(pool.Recovery)} `bursar recovery` has the lines."
                        );
                    foreach (var note in pools.Select(one => one.Note).OfType<string>().Distinct())
                        run.Note(note);
                    foreach (var pool in pools.Where(_ => asked is not null || run.Get(lines)))
                    foreach (var sentence in MeterTables.Sentences(pool))
                        run.Note(sentence);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }
}
