using Bursar.Cli;

namespace Bursar.Understand.Inventory;

/// <summary>What runs and to whom it belongs, and which cost has neither.</summary>
internal sealed class InventoryCapability : Capability
{
    public override string Name => "Data Ingestion";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [OrganisationCli.Create(shell), OrphansCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Orphans", "/orphans", PageGroup.Understand)];

    public override void Map(IEndpointRouteBuilder routes) => OrphansApi.Map(routes);
}
