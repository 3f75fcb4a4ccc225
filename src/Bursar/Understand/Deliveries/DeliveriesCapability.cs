using Bursar.Cli;

namespace Bursar.Understand.Deliveries;

/// <summary>Provider files into the books, and what is known of each delivery.</summary>
/// <param name="update">What <c>bursar ingest</c> does without files: run, the source named, --yes.</param>
/// <param name="delivered">What is done after a delivery was booked.</param>
internal sealed class DeliveriesCapability(
    Func<ShellRun, string?, bool, CancellationToken, Task<int>> update,
    Func<ShellRun, CancellationToken, Task> delivered
) : Capability
{
    public override string Name => "Data Ingestion";

    public override Wing Wing => Wing.Understand;

    public override IReadOnlyList<PageEntry> Pages => [new("Data", "/data", PageGroup.Understand)];

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [
            IngestCli.Create(shell, update, delivered),
            SourceCli.Create(shell),
            DeliveriesCli.Create(shell),
            WithdrawCli.Create(shell),
            PruneCli.Create(shell),
            ConformanceCli.Create(shell),
            VerifyCli.Create(shell),
        ];

    public override void Map(IEndpointRouteBuilder routes) => ConformanceApi.Map(routes);
}
