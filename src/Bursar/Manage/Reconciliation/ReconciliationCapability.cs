using Bursar.Cli;
using Bursar.Manage.Reconciliation.Bridges;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Manage.Reconciliation.Prepaid;

namespace Bursar.Manage.Reconciliation;

/// <summary>Whether the totals are the supplier's and the ledger's: invoices, the bridge, what is paid ahead.</summary>
internal sealed class ReconciliationCapability : Capability
{
    public override string Name => "Invoicing & Chargeback";

    public override Wing Wing => Wing.Manage;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => 
        [InvoicesCli.Create(shell), BridgeCli.Create(shell), PrepaidCli.Create(shell)];
}
