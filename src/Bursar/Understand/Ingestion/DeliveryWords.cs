using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion;

/// <summary>What became of a delivery in words, and the question that opens its total.</summary>
internal static class DeliveryWords
{
    public static string State(DeliveryLine delivery) =>
        delivery switch
        {
            { State: DeliveryState.Superseded } => "replaced",
            { State: DeliveryState.Withdrawn, Reason: { } reason } => "withdrawn: " + reason,
            { State: DeliveryState.Withdrawn } => "withdrawn",
            { State: DeliveryState.Held } => "held",
            { State: DeliveryState.Rejected, Reason: { } reason } => "rejected: " + reason,
            { State: DeliveryState.Rejected } => "rejected",
            { Supersedes.Count: > 0 } => "replaced " + string.Join(", ", delivery.Supersedes),
            _ => "live",
        };

    public static CostQuery Behind(DeliveryLine delivery) =>
        new()
        {
            Measure = CostMeasure.BilledCost,
            Time = TimeBasis.Billing,
            Where = [new CostFilter("x_DeliveryId", [delivery.Id])],
        };
}
