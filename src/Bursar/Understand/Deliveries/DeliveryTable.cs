using System.Globalization;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>Deliveries as a table for people. Their ids stand whole, for other commands ask for them.</summary>
internal static class DeliveryTable
{
    private const string Live = "live";
    private const string New = "new";

    /// <summary>What the books hold. An id begins with its source and month, so these may be left out.</summary>
    public static ResultTable Of(IEnumerable<BookedDelivery> deliveries) =>
        new(
            [
                new("delivery", ColumnKind.Whole),
                new("source", ColumnKind.Whole, Spare: true),
                new("period", ColumnKind.Whole, Spare: true),
                new("delivered", ColumnKind.Whole, Spare: true),
                new("rows", ColumnKind.Figure),
                new("billedCost", ColumnKind.Figure, "billed cost"),
                new("state"),
            ],
            [
                .. deliveries.Select(booked =>
                    (IReadOnlyList<object?>)
                        [
                            booked.Id,
                            booked.Delivery.Source,
                            booked.Delivery.BillingPeriod,
                            booked.CommittedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                            booked.Delivery.Rows,
                            BilledCost(booked.Delivery),
                            State(booked),
                        ]
                ),
            ]
        );

    /// <summary>What one command booked.</summary>
    public static ResultTable OfNew(IEnumerable<Delivery> deliveries) =>
        new(
            [
                new("delivery", ColumnKind.Whole),
                new("focus", ColumnKind.Whole, Spare: true),
                new("rows", ColumnKind.Figure),
                new("billedCost", ColumnKind.Figure, "billed cost"),
                new("state"),
            ],
            [
                .. deliveries.Select(delivery =>
                    (IReadOnlyList<object?>)
                        [
                            delivery.Id,
                            delivery.FocusVersion,
                            delivery.Rows,
                            BilledCost(delivery),
                            With(
                                Also(
                                    delivery.Supersedes.Count > 0 ? $"replaces {delivery.Supersedes.Count}" : New,
                                    delivery
                                ),
                                delivery
                            ),
                        ]
                ),
            ]
        );

    /// <summary>What became of it; which deliveries it replaces stands in `bursar deliveries ID`.</summary>
    private static string State(BookedDelivery booked) =>
        With(
            booked switch
            {
                { WithdrawnSeq: not null } => "withdrawn",
                { IsLive: false } => "replaced",
                { IsCounted: false } => DeliveryWords.What(booked),
                { Supersedes.Count: > 0 } => Also($"replaces {booked.Supersedes.Count}", booked.Delivery),
                _ => DeliveryWords.What(booked.Delivery) is { Length: > 0 } what ? what : Live,
            },
            booked.Delivery
        );

    private static string Also(string state, Delivery delivery) =>
        DeliveryWords.What(delivery) is { Length: > 0 } what ? $"{state}, {what}" : state;

    private static string With(string state, Delivery delivery)
    {
        if (delivery.QuarantinedRows == 0)
            return state;
        var rows = string.Create(CultureInfo.InvariantCulture, $"{delivery.QuarantinedRows:N0} quarantined");
        return state is Live or New ? rows : $"{state}, {rows}";
    }

    private static string BilledCost(Delivery delivery) =>
        string.Join(
            ", ",
            delivery.Totals.Select(total =>
            {
                var cost = total.BilledCost ?? Amount.Zero;
                return $"{CellText.Figure(cost, new Currency(total.BillingCurrency).Decimals)} {total.BillingCurrency}";
            })
        );
}
