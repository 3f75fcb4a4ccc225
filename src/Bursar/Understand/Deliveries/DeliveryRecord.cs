using System.Globalization;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>A delivery as doors show it.</summary>
internal static class DeliveryRecord
{
    /// <summary>All that its entry tells of it. Amounts of several billing currencies are under totals only.</summary>
    public static ResultRecord Full(Delivery delivery) => ResultRecord.Of([.. FieldsOf(delivery)]);

    /// <summary>The same with what became of it.</summary>
    public static ResultRecord Booked(BookedDelivery booked) =>
        ResultRecord.Of([.. FieldsOf(booked.Delivery), .. FateOf(booked)]);

    /// <summary>Everything there is to know, with the first records that were refused.</summary>
    public static ResultRecord InFull(BookedDelivery booked, IReadOnlyList<KeptRecord> quarantined) =>
        ResultRecord.Of([
            .. FieldsOf(booked.Delivery),
            .. FateOf(booked),
            (
                "sourceFiles",
                booked.Delivery.SourceFiles.Select(file =>
                    ResultRecord.Of(
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
                    ResultRecord.Of(
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

    /// <summary>What fits a terminal after an ingest.</summary>
    public static ResultRecord Short(Delivery delivery) =>
        ResultRecord.Of(
            ("id", delivery.Id),
            ("focus", delivery.FocusVersion),
            ("rows", delivery.Rows),
            ("effectiveCost", Figures(delivery)),
            ("replaces", string.Join(", ", delivery.Supersedes))
        );

    /// <summary>A line of the list: id, when, version, rows, effective cost, what became of it.</summary>
    public static IReadOnlyList<object?> Line(BookedDelivery booked)
    {
        var delivery = booked.Delivery;
        var when = booked.CommittedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return [booked.Id, when, delivery.FocusVersion, delivery.Rows, Figures(delivery), StateInWords(booked)];
    }

    private static string StateInWords(BookedDelivery booked)
    {
        var words = booked switch
        {
            { WithdrawnReason: { } reason } => $"withdrawn: {reason}",
            { SupersededBy: { } by } => $"replaced by {by}",
            { Supersedes.Count: > 0 } => $"replaces {string.Join(", ", booked.Supersedes)}",
            _ => "",
        };
        var refused = booked.Delivery.QuarantinedRows;
        if (refused == 0)
            return words;
        return $"{words}{(words.Length > 0 ? "; " : "")}{refused} in quarantine";
    }

    private static string Figures(Delivery delivery) =>
        string.Join(
            ", ",
            delivery.Totals.Select(total =>
            {
                var cost = total.EffectiveCost ?? total.BilledCost ?? Amount.Zero;
                return $"{CellText.Figure(cost, new Currency(total.BillingCurrency).Decimals)} {total.BillingCurrency}";
            })
        );

    private static IEnumerable<(string, object?)> FieldsOf(Delivery delivery)
    {
        var only = delivery.Totals.Count == 1 ? delivery.Totals[0] : null;
        return
        [
            ("id", delivery.Id),
            ("source", delivery.Source),
            ("billingPeriod", delivery.BillingPeriod.ToString()),
            ("dataset", delivery.Dataset),
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

    private static IEnumerable<(string, object?)> FateOf(BookedDelivery booked) =>
        [
            (
                "state",
                booked.IsLive ? "live"
                : booked.WithdrawnSeq is null ? "superseded"
                : "withdrawn"
            ),
            ("deliveredAt", booked.CommittedAt),
            ("deliveredBy", booked.CommittedBy),
            ("entry", booked.CommittedSeq),
            ("declaredDelivery", booked.Delivery.DeclaredDelivery.ToString().ToLowerInvariant()),
            ("chargesFrom", booked.Delivery.ChargeFrom),
            ("chargesTo", booked.Delivery.ChargeTo?.AddDays(-1)),
            ("billingAccountIds", booked.Delivery.BillingAccountIds),
            ("quarantinedAmounts", booked.Delivery.QuarantinedAmounts.Select(Totals)),
            ("supersededBy", booked.SupersededBy),
            ("withdrawnAt", booked.WithdrawnAt),
            ("withdrawnBy", booked.WithdrawnBy),
            ("withdrawnReason", booked.WithdrawnReason),
        ];

    private static ResultRecord Totals(DeliveryTotals totals) =>
        ResultRecord.Of(
            ("billingCurrency", totals.BillingCurrency),
            ("billedCost", totals.BilledCost),
            ("effectiveCost", totals.EffectiveCost),
            ("listCost", totals.ListCost),
            ("contractedCost", totals.ContractedCost)
        );
}
