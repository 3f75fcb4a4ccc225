using Bursar.Cli;

namespace Bursar.Understand.Services;

/// <summary>What a service costs across the layers that it consists of.</summary>
internal sealed class ServicesCapability : Capability
{
    public override string Name => "Allocation";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [ServicesCli.Create(shell)];

    public override void Map(IEndpointRouteBuilder routes) => ServicesApi.Map(routes);

    public override IReadOnlyList<PageEntry> Pages => [new("Services", "/services", PageGroup.Understand)];
}
