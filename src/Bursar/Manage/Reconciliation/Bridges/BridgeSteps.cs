using Bursar.Core.Amounts;
using Bursar.Manage.Reconciliation.Invoices;

namespace Bursar.Manage.Reconciliation.Bridges;

/// <summary>What a line of the bridge is.</summary>
internal enum StepKind
{
    Effective,
    Billed,
    Invoiced,

    /// <summary>The invoices at the rate at which they were booked.</summary>
    Expected,
    Booked,

    /// <summary>A part of the way between two of the totals.</summary>
    Difference,

    /// <summary>Beside the way: what was accrued, and the true-up.</summary>
    Beside,
}

/// <summary>A line of the bridge: a total, or a difference on the way to the next one.</summary>
internal sealed record BridgeStep(StepKind Kind, string Words, Money Amount, string? Why = null);

/// <summary>The bridge line by line, as every door shows it.</summary>
internal static class BridgeSteps
{
    public static IReadOnlyList<BridgeStep> Of(Bridge bridge) =>
        [
            new(StepKind.Effective, "Effective cost", new Money(bridge.EffectiveCost, bridge.Currency)),
            .. Parts(bridge.ToBilled, bridge.Currency),
            new(StepKind.Billed, "Billed cost", new Money(bridge.BilledCost, bridge.Currency)),
            .. Parts(bridge.ToInvoiced, bridge.Currency),
            new(StepKind.Invoiced, "Invoiced, before tax", new Money(bridge.Invoiced, bridge.Currency)),
            .. bridge.Ledger is { } ledger ? Of(ledger, bridge.Currency) : [],
        ];

    private static IEnumerable<BridgeStep> Of(LedgerSide ledger, Currency invoiced)
    {
        var currency = ledger.Currency;
        if (currency != invoiced)
            yield return new(
                StepKind.Expected,
                $"At the booking rate of {ledger.Rate}",
                new Money(ledger.Expected, currency)
            );
        foreach (var part in Parts(ledger.Differences, currency))
            yield return part;
        yield return new(StepKind.Booked, "Booked in the ledger", new Money(ledger.Booked, currency));
        if (ledger.Accrued is not { } accrued)
            yield break;
        yield return new(StepKind.Beside, "Accrued before", new Money(accrued, currency));
        yield return new(StepKind.Beside, "True-up", new Money(ledger.TrueUp!.Value, currency));
    }

    private static IEnumerable<BridgeStep> Parts(IEnumerable<Difference> parts, Currency currency) =>
        parts.Select(part => new BridgeStep(
            StepKind.Difference,
            FitInvoice.Words(part.Type),
            new Money(part.Amount, currency),
            part.Reason
        ));
}
