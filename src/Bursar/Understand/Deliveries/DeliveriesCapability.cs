using Bursar.Cli;

namespace Bursar.Understand.Deliveries;

/// <summary>Provider files into the books, and what is known of each delivery.</summary>
internal sealed class DeliveriesCapability : Capability
{
    public override string Name => "Data Ingestion";

    public override Wing Wing => Wing.Understand;

    public override IReadOnlyList<PageEntry> Pages => [new("Data", "/data")];

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [
            IngestCli.Create(shell),
            SourceCli.Create(shell),
            DeliveriesCli.Create(shell),
            WithdrawCli.Create(shell),
            ConformanceCli.Create(shell),
            VerifyCli.Create(shell),
        ];

    public override void Map(IEndpointRouteBuilder routes) => ConformanceApi.Map(routes);
}
