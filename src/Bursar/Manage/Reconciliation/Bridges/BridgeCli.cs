using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation.Bridges;

/// <summary><c>bursar reconcile</c>.</summary>
internal static class BridgeCli
{
    public static ShellCommand Create(Shell shell)
    {
        var period = new Option<string?>("--period")
        {
            Description = "The billing period, 2026-09 (default: the newest whole month)",
            HelpName = "MONTH",
        };
        var issuer = new Option<string?>("--issuer")
        {
            Description = "Only this supplier's invoices; what others invoice is a difference",
            HelpName = "NAME",
        };
        var source = new Option<string?>("--source") { Description = "Only charges of this source", HelpName = "NAME" };
        return new ShellCommand(shell, "reconcile", "The bridge from effective cost to billed cost, invoice and ledger")
        {
            period,
            issuer,
            source,
        }
            .WithFormat()
            .WithExample("bursar reconcile --period 2026-09", "All of September, difference by difference")
            .WithExample("bursar reconcile --source aws --period 2026-09", "One source")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var question = BridgeQuestion.Of(TimeText.Month(run.Get(period)), run.Get(source), run.Get(issuer));
                    var bridges = BuildBridge.Of(view, question, cancel);
                    if (run.Door.Format == OutputFormat.Table)
                    {
                        foreach (var bridge in bridges)
                            run.Print(Table(bridge));
                    }
                    else
                        run.Print(Record(bridges));
                    return Task.FromResult(run.Report(bridges.Where(bridge => !bridge.IsClosed).Select(Finding)));
                }
            );
    }

    private static Diagnostic Finding(Bridge bridge) =>
        new(
            "reconciliation/unknown-difference",
            Severity.Error,
            $"{Text(bridge.Unknown, bridge.Currency)} between billed cost and invoice, and "
                + $"{Text(bridge.Ledger?.Unknown ?? Amount.Zero, bridge.Ledger?.Currency ?? bridge.Currency)} between invoice and ledger, have no reason.",
            "`bursar invoices --open` names the invoices. Explain a difference under kind: Invoice, or correct the books it stands in."
        );

    private static string Text(Amount amount, Currency currency) =>
        $"{CellText.Figure(amount, currency.Decimals)} {currency}";

    private static ResultTable Table(Bridge bridge) =>
        new(
            [new("step"), new("amount", ColumnKind.Figure), new("currency", ColumnKind.Whole), new("why")],
            [
                .. BridgeSteps
                    .Of(bridge)
                    .Select(step =>
                        (IReadOnlyList<object?>)
                            [
                                step.Kind == StepKind.Difference ? "  " + step.Words : step.Words,
                                step.Amount,
                                step.Amount.Currency.Code,
                                step.Why,
                            ]
                    ),
            ]
        )
        {
            Caption = $"{bridge.Month}, {bridge.Currency}",
        };

    /// <summary><c>{"bridges":[…]}</c>.</summary>
    public static ResultRecord Record(IReadOnlyList<Bridge> bridges) =>
        ResultRecord.Of(("bridges", bridges.Select(Record)));

    private static ResultRecord Record(Bridge bridge) =>
        ResultRecord.Of(
            ("period", bridge.Month.ToString()),
            ("currency", bridge.Currency.Code),
            ("effectiveCost", bridge.EffectiveCost),
            ("toBilled", bridge.ToBilled.Select(Record)),
            ("billedCost", bridge.BilledCost),
            ("toInvoiced", bridge.ToInvoiced.Select(Record)),
            ("invoicedBeforeTax", bridge.Invoiced),
            ("invoices", bridge.Invoices.Keys),
            ("unknown", bridge.Unknown),
            ("tolerance", bridge.Tolerance),
            ("ledger", bridge.Ledger is { } ledger ? Record(ledger) : null),
            ("closed", bridge.IsClosed)
        );

    private static ResultRecord Record(LedgerSide ledger) =>
        ResultRecord.Of(
            ("currency", ledger.Currency.Code),
            ("bookingRate", ledger.Rate),
            ("expected", ledger.Expected),
            ("toBooked", ledger.Differences.Select(Record)),
            ("booked", ledger.Booked),
            ("accrued", ledger.Accrued),
            ("trueUp", ledger.TrueUp),
            ("rechargeRatioBeforeTrueUp", ledger.RechargeRatioBefore),
            ("unknown", ledger.Unknown)
        );

    private static ResultRecord Record(Difference part) =>
        ResultRecord.Of(
            ("type", Choice.KebabCase(part.Type.ToString())),
            ("amount", part.Amount),
            ("reason", part.Reason)
        );
}
