using Bursar.Cli;
using Bursar.Manage.Audit.Issued;

namespace Bursar.Manage.Audit;

/// <summary>Evidence for a figure, and the audit trail.</summary>
internal sealed class AuditCapability : Capability
{
    public override string Name => "Policy & Governance";

    public override Wing Wing => Wing.Manage;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [AuditCli.Create(shell), IssuedCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Issued", "/issued", PageGroup.Manage)];

    public override void Map(IEndpointRouteBuilder routes)
    {
        AuditApi.Map(routes);
        IssuedApi.Map(routes);
    }
}
