using Bursar.Cli.Output;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Audit;

/// <summary>The tables of an evidence archive.</summary>
internal static class EvidenceTables
{
    /// <summary>Every source row: where it came from, what it counts in the figure, and what it is.</summary>
    public static ResultTable Rows(IReadOnlyList<string> columns, IReadOnlyList<SourceRow> rows, CostMeasure measure) =>
        new(
            [
                new("x_DeliveryId"),
                new("file"),
                new("record", ColumnKind.Figure),
                new(measure.UnitColumn),
                new("amount", ColumnKind.Figure),
                .. columns.Select(column => new ResultColumn(column)),
            ],
            [
                .. rows.Select(row =>
                    (IReadOnlyList<object?>)
                        [
                            row.DeliveryId,
                            row.File,
                            row.FileRow,
                            row.Currency.Code,
                            row.Amount,
                            .. row.Values.Cast<object?>(),
                        ]
                ),
            ]
        );

    /// <summary>A line per provider's file that rows came from.</summary>
    public static ResultTable Deliveries(IEnumerable<ExplainedDelivery> deliveries, CostMeasure measure) =>
        new(
            [
                new("x_DeliveryId"),
                new("source"),
                new("billingPeriod"),
                new("deliveredAt"),
                new("deliveredBy"),
                new("journalEntry", ColumnKind.Figure),
                new(measure.UnitColumn),
                new("amount", ColumnKind.Figure),
                new("charges", ColumnKind.Figure),
                new("file"),
                new("sha256"),
                new("bytes", ColumnKind.Figure),
            ],
            [
                .. from explained in deliveries
                from file in explained.Booked.Delivery.SourceFiles
                select (IReadOnlyList<object?>)
                    [
                        explained.Booked.Id,
                        explained.Booked.Delivery.Source,
                        explained.Booked.Delivery.BillingPeriod,
                        explained.Booked.CommittedAt,
                        explained.Booked.CommittedBy,
                        explained.Booked.CommittedSeq,
                        explained.Cost.Currency.Code,
                        explained.Cost.Amount,
                        explained.Charges,
                        file.Name,
                        file.Sha256,
                        file.Bytes,
                    ],
            ]
        );
}
