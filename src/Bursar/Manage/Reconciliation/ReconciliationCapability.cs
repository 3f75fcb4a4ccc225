using Bursar.Cli;
using Bursar.Manage.Reconciliation.Bridges;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Manage.Reconciliation.Prepaid;
using Bursar.Understand.Deliveries;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation;

/// <summary>Whether the totals are the supplier's and the ledger's: invoices, the bridge, what is paid ahead.</summary>
internal sealed class ReconciliationCapability : Capability
{
    public override string Name => "Invoicing & Chargeback";

    public override Wing Wing => Wing.Manage;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [InvoicesCli.Create(shell), BridgeCli.Create(shell), PrepaidCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages =>
        [
            new("Invoices", "/invoices", PageGroup.Finance),
            new("Reconciliation", "/reconciliation", PageGroup.Finance),
            new("Prepaid", "/prepaid", PageGroup.Finance),
        ];

    public override void Map(IEndpointRouteBuilder routes) => ReconciliationApi.Map(routes);

    public override MeasureReconciliationGap? ReconciliationGap => MeasureGap.Of;

    public override AnswerStanding? StandingOf(BooksView view, CostQuery query, CancellationToken cancel) =>
        RestOnInvoices.Of(view, query, cancel);
}
