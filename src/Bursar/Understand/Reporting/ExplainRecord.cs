using System.Text.Json;
using Bursar.Cli.Output;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting;

/// <summary>An opened figure as named fields for programs.</summary>
internal static class ExplainRecord
{
    public static ResultRecord Of(Explanation explanation)
    {
        var answer = explanation.Answer;
        var unit = UnitField(answer.Query.Measure);
        return ResultRecord.Of([
            ("measure", answer.Query.Measure.ToString()),
            ("time", answer.Query.Time.ToString().ToLowerInvariant()),
            ("from", answer.Query.From),
            ("to", answer.Query.To?.AddDays(-1)),
            ("rowCount", explanation.Rows.Count),
            ("entry", answer.AsOfSequence),
            ("incomplete", answer.Incomplete),
            ("draft", answer.Draft),
            ("dataAsOf", answer.DataAsOf),
            (
                "totals",
                answer.Totals.Select(total => ResultRecord.Of((unit, total.Currency.Code), ("amount", total.Amount)))
            ),
            .. RateFields.Of(answer),
            .. StandBehind.Fields(answer),
            .. Conversions(explanation),
            ("marks", MarkCosts.Records(answer)),
            ("deliveries", explanation.Deliveries.Select(one => Delivery(one, unit))),
            ("rules", explanation.Rules.Select(one => Rule(one, unit))),
            .. Shared(explanation, unit),
            .. Splits(explanation, unit),
            ("rows", explanation.Rows.Rows.Select(row => Row(row, explanation.Rows.Columns, unit))),
            ("notes", answer.Notes),
        ]);
    }

    /// <summary>"billingCurrency", or "consumedUnit" and "pricingUnit" of quantities.</summary>
    internal static string UnitField(CostMeasure measure) => JsonNamingPolicy.CamelCase.ConvertName(measure.UnitColumn);

    /// <summary>Per currency and rate: billed × rate + rounding = amount; nothing for a figure as billed.</summary>
    private static IEnumerable<(string, object?)> Conversions(Explanation explanation)
    {
        if (explanation.Answer.Query.Conversion is { } conversion)
            yield return ("conversions", explanation.Conversions.Select(part => Conversion(part, conversion)));
    }

    private static ResultRecord Conversion(ExplainedRate part, Conversion conversion) =>
        ResultRecord.Of(
            ("billingCurrency", part.Billed.Currency.Code),
            ("billed", part.Billed.Amount),
            ("rate", part.Rate is { } rate ? RateFields.Record(rate, conversion) : null),
            ("rounding", part.Rounding),
            ("currency", part.Converted.Currency.Code),
            ("amount", part.Converted.Amount)
        );

    /// <summary>The parts of pools; nothing where pools are not divided.</summary>
    private static IEnumerable<(string, object?)> Shared(Explanation explanation, string unit)
    {
        if (explanation.Answer.Query.Allocation == CostAllocation.Distributed)
            yield return (
                "shared",
                explanation.Shared.Select(part =>
                    ResultRecord.Of(
                        ("pool", part.Pool),
                        ("class", part.Class),
                        ("dividedBy", part.DividedBy),
                        (unit, part.Cost.Currency.Code),
                        ("whole", part.Whole.Amount),
                        ("amount", part.Cost.Amount)
                    )
                )
            );
    }

    /// <summary>What providers split by methods of their own; nothing where none did.</summary>
    private static IEnumerable<(string, object?)> Splits(Explanation explanation, string unit)
    {
        if (explanation.Splits.Count > 0)
            yield return (
                "providerSplits",
                explanation.Splits.Select(part =>
                    ResultRecord.Of(
                        ("method", part.Method),
                        ("receivers", part.Receivers),
                        (unit, part.Cost.Currency.Code),
                        ("amount", part.Cost.Amount)
                    )
                )
            );
    }

    private static ResultRecord Delivery(ExplainedDelivery explained, string unit)
    {
        var delivery = explained.Booked.Delivery;
        return ResultRecord.Of(
            ("id", delivery.Id),
            ("source", delivery.Source),
            ("billingPeriod", delivery.BillingPeriod.ToString()),
            ("counts", delivery.Counts.ToString().ToLowerInvariant()),
            ("notFinal", delivery.IsNotFinal),
            ("what", DeliveryWords.What(delivery)),
            (
                "files",
                delivery.SourceFiles.Select(file => ResultRecord.Of(("name", file.Name), ("sha256", file.Sha256)))
            ),
            ("charges", explained.Charges),
            (unit, explained.Cost.Currency.Code),
            ("amount", explained.Cost.Amount)
        );
    }

    private static ResultRecord Rule(ExplainedRule rule, string unit) =>
        ResultRecord.Of(
            ("field", rule.Field),
            ("rule", rule.Rule),
            (unit, rule.Cost.Currency.Code),
            ("amount", rule.Cost.Amount)
        );

    private static ResultRecord Row(SourceRow row, IReadOnlyList<string> columns, string unit) =>
        ResultRecord.Of([
            ("delivery", row.DeliveryId),
            ("file", row.File),
            ("record", row.FileRow),
            (unit, row.Currency.Code),
            ("amount", row.Amount),
            .. columns.Zip(row.Values, (column, value) => (column, (object?)value)),
        ]);
}
