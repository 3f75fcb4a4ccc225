using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Tests.Cli;

/// <summary>A capability with one command of every kind, to show what the shell does for any command.</summary>
internal sealed class SampleCapability : Capability
{
    public override string Name => "Sampling";

    public override Wing Wing => Wing.Understand;

    public static ResultTable Table { get; } =
        new(
            [
                new("ServiceName", Heading: "Service Name"),
                new("ResourceId", Heading: "Resource ID"),
                new("month", ColumnKind.Whole),
                new("EffectiveCost", ColumnKind.Figure, "Effective Cost USD"),
            ],
            [
                [
                    "Amazon EC2",
                    "arn:aws:ec2:eu-central-1:123456789012:instance/i-0abc123def456 with a \"quoted, part\"",
                    new BillingPeriod(2026, 1),
                    Money("1234567.891234567890123456", "USD"),
                ],
                [
                    "Amazon Simple Storage Service in a region with a very long name",
                    null,
                    new BillingPeriod(2026, 2),
                    Money("-0.000000000000000001", "USD"),
                ],
                ["=cmd|' /C calc'!A0", "日本語のタグ", new BillingPeriod(2026, 2), Money("1200", "JPY")],
            ]
        )
        {
            Caption = "Effective cost by service and month, USD, January to February 2026",
            Totals =
            [
                ["Total", null, null, Money("1235767.891234567890123455", "USD")],
            ],
        };

    public override IEnumerable<ShellCommand> Commands(Shell shell)
    {
        var measure = Choice.Option("--measure", "Which cost", CostMeasure.EffectiveCost, verbatim: true);
        var top = new Option<int?>("--top") { Description = "Only the largest", HelpName = "N" };
        yield return new ShellCommand(shell, "costs", "What technology costs, by anything") { measure, top }
            .WithFormat()
            .WithExample("bursar costs --measure BilledCost", "What is invoiced")
            .Runs(run =>
            {
                run.Note($"Read as {run.Get(measure)} as of {run.Door.AsOf}");
                run.Print(Table);
                return ExitCode.Fine;
            });
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "Files to read" };
        yield return new ShellCommand(shell, "ingest", "Read what providers deliver") { files }
            .WithFormat()
            .OnlyNow()
            .Runs(
                async (run, _) =>
                {
                    await run.WithProgressAsync(progress =>
                        Task.Run(() => progress.Begin("Reading 2 files", 2).Dispose())
                    );
                    run.Print(Record);
                    return run.Report([
                        new("ingest/not-focus", Severity.Error, "No BilledCost.", "Name the source with --source."),
                    ]);
                }
            );
        yield return new ShellCommand(shell, "refuse", "Say no").Runs(_ =>
            throw new RefusedException(
                "costs/two-currencies",
                "USD and EUR cannot be added.",
                "Group by BillingCurrency."
            )
        );
        yield return new ShellCommand(shell, "crash", "Fail").Runs(_ =>
            throw new InvalidOperationException("The sum is off by one.")
        );
        yield return new ShellCommand(shell, "wait", "Wait for ever").Runs(
            async (_, cancel) =>
            {
                await Task.Delay(Timeout.Infinite, cancel);
                return ExitCode.Fine;
            }
        );
    }

    private static ResultRecord Record =>
        ResultRecord.Of(
            (
                "deliveries",
                new[]
                {
                    ResultRecord.Of(
                        ("id", "d-1"),
                        ("rows", 1000L),
                        ("billedCost", Amount.Parse("12.5")),
                        ("supersedes", Array.Empty<string>())
                    ),
                }
            ),
            ("refused", Array.Empty<ResultRecord>()),
            ("complete", true)
        );

    private static Money Money(string amount, string currency) => new(Amount.Parse(amount), new Currency(currency));
}
