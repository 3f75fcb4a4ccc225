using Bursar.Cli.Output;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>A delivery as doors show it.</summary>
internal static class DeliveryRecord
{
    /// <summary>Digits of a checksum that people see; programs get all.</summary>
    private const int DigestShown = 12;

    private const string QuarantinedAmounts = "quarantinedAmounts";

    /// <summary>All that its entry tells of it. Amounts of several billing currencies are under totals only.</summary>
    public static ResultRecord Full(Delivery delivery) => ResultRecord.Of([.. FieldsOf(delivery)]);

    /// <summary>The same with what became of it.</summary>
    public static ResultRecord Booked(BookedDelivery booked) =>
        ResultRecord.Of([.. FieldsOf(booked.Delivery), .. FateOf(booked)]);

    /// <summary>Everything there is to know, with the first records that were refused.</summary>
    public static ResultRecord InFull(BookedDelivery booked, IReadOnlyList<KeptRecord> quarantined, bool forPeople) =>
        ResultRecord.Of([
            .. FieldsOf(booked.Delivery),
            .. FateOf(booked).Where(field => !forPeople || field.Name != QuarantinedAmounts || HasAmounts(booked)),
            (
                "sourceFiles",
                booked.Delivery.SourceFiles.Select(file =>
                    forPeople
                        ? ResultRecord.Of(
                            ("name", file.Name),
                            ("bytes", file.Bytes),
                            ("sha256", file.Sha256[..DigestShown])
                        )
                        : ResultRecord.Of(
                            ("name", file.Name),
                            ("bytes", file.Bytes),
                            ("sha256", file.Sha256),
                            ("kept", file.Kept)
                        )
                )
            ),
            (
                "files",
                booked.Delivery.Files.Select(file =>
                    forPeople
                        ? ResultRecord.Of(("path", file.Path), ("rows", file.Rows), ("bytes", file.Bytes))
                        : ResultRecord.Of(
                            ("path", file.Path),
                            ("rows", file.Rows),
                            ("bytes", file.Bytes),
                            ("sha256", file.Sha256)
                        )
                )
            ),
            (
                "quarantine",
                quarantined.Select(record =>
                    ResultRecord.Of(
                        ("file", record.File),
                        ("record", record.Record),
                        ("column", record.Column),
                        ("value", record.Value),
                        ("reason", record.Reason)
                    )
                )
            ),
        ]);

    private static bool HasAmounts(BookedDelivery booked) =>
        booked.Delivery.QuarantinedAmounts.Any(total => (total.BilledCost ?? total.EffectiveCost) is not null);

    private static IEnumerable<(string, object?)> FieldsOf(Delivery delivery)
    {
        var only = delivery.Totals.Count == 1 ? delivery.Totals[0] : null;
        return
        [
            ("id", delivery.Id),
            ("source", delivery.Source),
            ("billingPeriod", delivery.BillingPeriod.ToString()),
            ("dataset", delivery.Dataset),
            ("counts", delivery.Counts.ToString().ToLowerInvariant()),
            ("standsInFor", delivery.StandsInFor),
            ("notFinal", delivery.IsNotFinal),
            ("what", DeliveryWords.What(delivery)),
            ("focusVersion", delivery.FocusVersion),
            ("rows", delivery.Rows),
            ("quarantinedRows", delivery.QuarantinedRows),
            ("billedCost", only?.BilledCost),
            ("effectiveCost", only?.EffectiveCost),
            ("listCost", only?.ListCost),
            ("contractedCost", only?.ContractedCost),
            ("billingCurrency", only?.BillingCurrency),
            ("supersedes", delivery.Supersedes),
            ("totals", delivery.Totals.Select(Totals)),
            ("notes", delivery.Notes),
        ];
    }

    private static IEnumerable<(string Name, object? Value)> FateOf(BookedDelivery booked) =>
        [
            (
                "state",
                booked.Standing switch
                {
                    DeliveryStanding.Counts => "live",
                    DeliveryStanding.Replaced => "superseded",
                    DeliveryStanding.Withdrawn => "withdrawn",
                    DeliveryStanding.Usage => "usage",
                    DeliveryStanding.BillArrived => "bill-arrived",
                    DeliveryStanding.Blocked => "blocked",
                    _ => "not-chosen",
                }
            ),
            ("becauseOf", booked.BecauseOf),
            ("unbilledAccounts", booked.UnbilledAccounts),
            ("twins", (booked.Delivery.Twins ?? []).Select(Twin)),
            ("deliveredAt", booked.CommittedAt),
            ("deliveredBy", booked.CommittedBy),
            ("entry", booked.CommittedSeq),
            ("declaredDelivery", booked.Delivery.DeclaredDelivery.ToString().ToLowerInvariant()),
            ("chargesFrom", booked.Delivery.ChargeFrom),
            ("chargesTo", booked.Delivery.ChargeTo?.AddDays(-1)),
            ("billingAccountIds", booked.Delivery.BillingAccountIds),
            (QuarantinedAmounts, booked.Delivery.QuarantinedAmounts.Select(Totals)),
            ("supersededBy", booked.SupersededBy),
            ("withdrawnAt", booked.WithdrawnAt),
            ("withdrawnBy", booked.WithdrawnBy),
            ("withdrawnReason", booked.WithdrawnReason),
        ];

    private static ResultRecord Twin(DeliveryTwin twin) =>
        ResultRecord.Of(("delivery", twin.Id), ("evidence", twin.Evidence));

    private static ResultRecord Totals(DeliveryTotals totals) =>
        ResultRecord.Of(
            ("billingCurrency", totals.BillingCurrency),
            ("billedCost", totals.BilledCost),
            ("effectiveCost", totals.EffectiveCost),
            ("listCost", totals.ListCost),
            ("contractedCost", totals.ContractedCost)
        );
}
