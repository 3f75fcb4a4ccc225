using Bursar.Cli;
using Bursar.Understand.Records.Periods;

namespace Bursar.Understand.Records;

/// <summary>
/// What finance and procurement know: invoices, ledger, orders, assets, contracts, beside the charges.
/// </summary>
internal sealed class RecordsCapability : Capability
{
    public override string Name => "Data Ingestion";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [RecordsCli.Create(shell)];

    public override void Map(IEndpointRouteBuilder routes) => StatedPeriodsApi.Map(routes);
}
