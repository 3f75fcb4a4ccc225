using Bursar.Cli.Output;

namespace Bursar.Understand.Reporting;

/// <summary>An opened figure as named fields, for people and programs alike.</summary>
internal static class ExplainRecord
{
    private const int DigestShown = 12;

    public static ResultRecord Of(Explanation explanation, bool forPeople)
    {
        var answer = explanation.Answer;
        return ResultRecord.Of(
            ("measure", answer.Query.Measure.ToString()),
            ("time", answer.Query.Time.ToString().ToLowerInvariant()),
            ("from", answer.Query.From),
            ("to", answer.Query.To?.AddDays(-1)),
            ("rowCount", explanation.Rows.Count),
            ("entry", answer.AsOfSequence),
            ("incomplete", answer.Incomplete),
            ("draft", answer.Draft),
            (
                "totals",
                answer.Totals.Select(total =>
                    ResultRecord.Of(("billingCurrency", total.Currency.Code), ("amount", total.Amount))
                )
            ),
            ("deliveries", explanation.Deliveries.Select(delivery => Delivery(delivery, forPeople))),
            ("rules", explanation.Rules.Select(rule => Rule(rule, forPeople))),
            ("rows", explanation.Rows.Rows.Select(row => Row(row, explanation.Rows.Columns, forPeople))),
            ("notes", forPeople ? [] : answer.Notes)
        );
    }

    private static ResultRecord Delivery(ExplainedDelivery explained, bool forPeople)
    {
        var delivery = explained.Booked.Delivery;
        var files = delivery.SourceFiles.Select(file =>
            ResultRecord.Of(("name", file.Name), ("sha256", forPeople ? file.Sha256[..DigestShown] : file.Sha256))
        );
        return forPeople
            ? ResultRecord.Of(
                ("delivery", delivery.Id),
                (
                    "files",
                    string.Join(
                        ", ",
                        delivery.SourceFiles.Select(file => $"{file.Name} ({file.Sha256[..DigestShown]})")
                    )
                ),
                ("charges", explained.Charges),
                ("currency", explained.Cost.Currency.Code),
                ("amount", explained.Cost)
            )
            : ResultRecord.Of(
                ("id", delivery.Id),
                ("source", delivery.Source),
                ("billingPeriod", delivery.BillingPeriod.ToString()),
                ("files", files),
                ("charges", explained.Charges),
                ("billingCurrency", explained.Cost.Currency.Code),
                ("amount", explained.Cost.Amount)
            );
    }

    private static ResultRecord Rule(ExplainedRule rule, bool forPeople) =>
        ResultRecord.Of(
            ("field", rule.Field),
            ("rule", rule.Rule ?? (forPeople ? "(none)" : null)),
            (forPeople ? "currency" : "billingCurrency", rule.Cost.Currency.Code),
            ("amount", forPeople ? rule.Cost : rule.Cost.Amount)
        );

    /// <summary>
    /// Amounts of single rows keep every digit for people too: they are what somebody compares with a file.
    /// </summary>
    private static ResultRecord Row(SourceRow row, IReadOnlyList<string> columns, bool forPeople)
    {
        if (!forPeople)
        {
            return ResultRecord.Of([
                ("delivery", row.DeliveryId),
                ("file", row.File),
                ("record", row.FileRow),
                ("billingCurrency", row.Currency.Code),
                ("amount", row.Amount),
                .. columns.Zip(row.Values, (column, value) => (column, (object?)value)),
            ]);
        }
        var said = columns
            .Zip(row.Values)
            .Where(pair => pair.Second is not null && !pair.First.StartsWith("ChargePeriod", StringComparison.Ordinal))
            .Select(pair => pair.Second!)
            .Distinct();
        return ResultRecord.Of(
            ("file", row.File),
            ("record", row.FileRow),
            ("what", string.Join(" · ", said)),
            ("amount", $"{row.Amount} {row.Currency.Code}")
        );
    }
}
