using Bursar.Cli;

namespace Bursar.Manage.Contracts;

/// <summary>What was promised to suppliers, how much of it is met, and by when notice has to be given.</summary>
internal sealed class ContractsCapability : Capability
{
    public override string Name => "Invoicing & Chargeback";

    public override Wing Wing => Wing.Manage;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [ContractsCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Contracts", "/contracts", PageGroup.Finance)];

    public override void Map(IEndpointRouteBuilder routes) => ContractsApi.Map(routes);
}
