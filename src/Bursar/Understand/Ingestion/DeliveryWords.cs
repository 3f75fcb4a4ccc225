using Bursar.Warehouse.Books;
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
            { State: DeliveryState.Aside } => delivery.What,
            { Supersedes.Count: > 0 } => Join("replaced " + string.Join(", ", delivery.Supersedes), delivery.What),
            { What.Length: > 0 } => delivery.What,
            _ => "live",
        };

    /// <summary>What a delivery is, beyond a bill: "estimate for openai", "not final", "corrects 2025-05".</summary>
    public static string What(Delivery delivery)
    {
        var counts = delivery switch
        {
            { Counts: DeliveryCounts.Usage } => "usage, adds no cost",
            { Counts: DeliveryCounts.Estimate, StandsInFor: { } source } => $"estimate for {source}",
            { Counts: DeliveryCounts.Estimate } => "estimate",
            { IsNotFinal: true } => "not final",
            _ => "",
        };
        return counts;
    }

    /// <summary>What a delivery is, and why it does not count if it does not; empty for a bill.</summary>
    public static string What(BookedDelivery booked) =>
        Join(
            What(booked.Delivery),
            booked.Standing switch
            {
                DeliveryStanding.BillArrived => $"its bill arrived: {Ids(booked)}",
                DeliveryStanding.Blocked => $"blocked: holds the same charges as {Ids(booked)}",
                DeliveryStanding.NotChosen => $"not counted: {Ids(booked)} was chosen",
                _ => "",
            }
        );

    private static string Ids(BookedDelivery booked) => string.Join(", ", booked.BecauseOf);

    private static string Join(params IEnumerable<string> parts) =>
        string.Join("; ", parts.Where(part => part.Length > 0));

    public static CostQuery Behind(DeliveryLine delivery) =>
        new()
        {
            Measure = CostMeasure.BilledCost,
            Time = TimeBasis.Billing,
            Where = [new CostFilter("x_DeliveryId", [delivery.Id])],
        };
}
