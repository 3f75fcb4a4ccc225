using Bursar.Core.Amounts;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Understand.Allocation;
using Bursar.Understand.Deliveries;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Workspaces;

namespace Bursar.Understand.Quality;

/// <summary>
/// Checks a delivery before it is booked: against itself, against the months before it, and against what else counts.
/// </summary>
internal sealed class CheckDelivery
{
    private readonly StagedDelivery staged;
    private readonly DeliveryMeasures measures;
    private readonly IReadOnlySet<string>? unitsBefore;
    private readonly IReadOnlyList<(string Id, PickedRows Rows)> elsewhere;
    private readonly JudgeAgainstHistory history;
    private readonly CompareDelivery invoices;
    private readonly FindingWords words;

    private CheckDelivery(StagedDelivery staged, BooksView view, DuckDbSession session, CancellationToken cancel)
    {
        this.staged = staged;
        var policy = QualityPolicy.Of(staged.Source, view.Rulebook);
        words = new FindingWords(policy);
        var measure = new MeasureDelivery(staged.Charges, session, cancel);
        measures = measure.Of(staged.DailyPath!, staged.AllocationPath!);
        var cache = new StarCache(view.Books, view.Allocation, view.Engine);
        history = new JudgeAgainstHistory(staged, measures, policy, words);
        invoices = CompareDelivery.Of(staged, view, session, cancel);
        unitsBefore =
            Latest(view) is { } latest && cache.IfThere(latest.Id) is { } files
                ? measure.UnitsOf(files.Allocation, latest.Delivery.ProfileColumns)
                : null;
        elsewhere =
        [
            .. view
                .Deliveries.Where(booked =>
                    booked.Delivery.BillingPeriod == staged.Period && booked.Delivery.Source == staged.Source
                )
                .Select(booked => (booked.Id, Files: cache.IfThere(booked.Id)))
                .Where(other => other.Files is not null)
                .Select(other =>
                    (other.Id, measure.SharedWith(staged.DailyPath!, other.Files!.Value.Daily, staged.AllocationPath!))
                )
                .Where(other => other.Item2.Rows > 0),
        ];
    }

    /// <summary>Measures now, judges when the books are locked.</summary>
    public static JudgeDelivery Examine(
        StagedDelivery staged,
        BooksView view,
        DuckDbSession session,
        CancellationToken cancel
    ) => new CheckDelivery(staged, view, session, cancel).Judge;

    private IReadOnlyList<DeliveryFinding> Judge(
        IReadOnlyList<BookedDelivery> replaced,
        bool isAnew,
        BooksState state
    ) =>
        [
            .. new[]
            {
                isAnew ? history.Fall(replaced) : null,
                history.Rows(state),
                history.Total(state),
                Invoiced(replaced, state),
                Repeated(),
                Elsewhere(replaced, state),
                Missing(),
                Negative(),
                Units(),
                Services(),
                history.Currency(state),
                history.Columns(state),
            }.OfType<DeliveryFinding>(),
        ];

    private BookedDelivery? Latest(BooksView view) =>
        view
            .Deliveries.Where(booked => booked.Delivery.Source == staged.Source)
            .MaxBy(booked => (booked.Delivery.BillingPeriod, booked.CommittedSeq));

    private DeliveryFinding? Repeated()
    {
        var found = measures.Repeated;
        if (found.Rows == 0)
            return null;
        return words.Of(
            QualityChecks.RepeatedRows,
            found.Rows,
            found.Cost,
            found.First,
            $"{Words.Rows(found.Rows)} stand in it more than once, the same in every column{Words.Worth(found.Cost)}.",
            "Ask the provider whether these are one charge or several. A file written twice by an export is exported again.",
            holds: words.IsMuch(found.Rows, staged.Rows)
        );
    }

    private DeliveryFinding? Elsewhere(IReadOnlyList<BookedDelivery> replaced, BooksState state)
    {
        var others = elsewhere
            .Where(other => replaced.All(booked => booked.Id != other.Id) && state.Find(other.Id) is { IsLive: true })
            .ToList();
        if (others.Count == 0)
            return null;
        var most = others.MaxBy(other => other.Rows.Rows);
        return words.Of(
            QualityChecks.DeliveredElsewhere,
            most.Rows.Rows,
            most.Rows.Cost,
            [.. others.Select(other => $"{other.Id}: {Words.Rows(other.Rows.Rows)}")],
            $"{Words.Rows(most.Rows.Rows)} of it, {Words.Money(most.Rows.Cost)}, count already with {most.Id}: the same charge, day and amount.",
            $"If it is the same bill anew, reject it, or declare the source `delivery: overwrite`; if it is another, release it.",
            holds: words.IsMuch(most.Rows.Rows, staged.Rows)
        );
    }

    /// <summary>With this delivery, an invoice that is here already would not tie.</summary>
    private DeliveryFinding? Invoiced(IReadOnlyList<BookedDelivery> replaced, BooksState state)
    {
        var ties = invoices.Unexplained(replaced, state);
        if (ties.Count == 0)
            return null;
        var most = ties.MaxBy(tie => tie.Unknown!.Value.Abs())!;
        var currency = most.Currency.ToString();
        return words.Of(
            QualityChecks.TotalAgainstInvoice,
            ties.Count,
            [
                .. ties.GroupBy(tie => tie.Currency)
                    .Select(same => new AmountAtStake(
                        same.Key.ToString(),
                        same.Aggregate(Amount.Zero, (sum, tie) => sum + tie.Unknown!.Value)
                    )),
            ],
            [.. ties.Take(5).Select(tie => $"{tie.Number}: invoiced {tie.Total} {tie.Currency}, charged {tie.Billed}")],
            $"With it, the charges of invoice {most.Number} of {most.Issuer} come to {Words.Figure(most.Billed, currency)} {currency}; "
                + $"invoiced are {Words.Figure(most.Total!.Value, currency)}: {Words.Figure(most.Unknown!.Value, currency)} {currency} have no reason"
                + (ties.Count == 1 ? "." : $", and {ties.Count - 1} more of its invoices do not tie."),
            $"See the rows: bursar invoices show {most.Number}. A part may still have to be delivered, or the reason be stated with kind: Invoice."
        );
    }

    private DeliveryFinding? Missing()
    {
        var missing = DeliveryCheckMath.MissingDays(measures.Days, staged.Period.Start, staged.Period.End);
        return missing.Count == 0
            ? null
            : words.Of(
                QualityChecks.MissingDays,
                missing.Count,
                [],
                [.. missing.Take(5).Select(day => day.ToString("yyyy-MM-dd"))],
                $"{(missing.Count == 1 ? "1 day has" : $"{missing.Count} days have")} no charge, though the days before and after have.",
                "Ask the provider for the days, and deliver the month again with --replace."
            );
    }

    private DeliveryFinding? Negative()
    {
        var found = measures.Negative;
        return found.Rows == 0
            ? null
            : words.Of(
                QualityChecks.NegativeCost,
                found.Rows,
                found.Cost,
                found.First,
                $"{Words.Rows(found.Rows)} cost less than nothing{Words.Worth(found.Cost)}, and are no credit, refund or correction.",
                "Ask the provider what they are. ChargeCategory Credit or Adjustment, or ChargeClass Correction, would say it."
            );
    }

    private DeliveryFinding? Units()
    {
        if (unitsBefore is not { Count: > 0 })
            return null;
        var unknown = measures
            .Kinds.SelectMany(kind =>
                new[] { (Unit: kind.PricingUnit, Kind: kind), (Unit: kind.ConsumedUnit, Kind: kind) }
            )
            .Where(use => use.Unit is not null && !unitsBefore.Contains(use.Unit) && !KnownUnits.Contains(use.Unit))
            .ToList();
        return unknown.Count == 0
            ? null
            : words.Of(
                QualityChecks.UnknownUnits,
                unknown.Select(use => use.Unit).Distinct().Count(),
                Words.Sum(unknown.Select(use => use.Kind).Distinct()),
                [.. unknown.Select(use => use.Unit!).Distinct().Order(StringComparer.Ordinal).Take(5)],
                $"It measures in units that this source never used before and FOCUS does not name: {Words.List(unknown.Select(use => use.Unit!))}.",
                "If a unit was renamed, say so in the mapping; quantities of both are not one series otherwise."
            );
    }

    private DeliveryFinding? Services()
    {
        var columns = staged.ProfileColumns;
        var unmapped = measures
            .Kinds.Where(kind =>
                !kind.EffectiveCost.IsZero
                && kind.Category is not ("Tax" or "Credit" or "Adjustment")
                && (
                    (columns.Contains("ServiceName") && kind.Service is null)
                    || (columns.Contains("ServiceCategory") && kind.ServiceCategory is null)
                )
            )
            .ToList();
        return unmapped.Count == 0
            ? null
            : words.Of(
                QualityChecks.UnmappedServices,
                unmapped.Sum(kind => kind.Charges),
                Words.Sum(unmapped),
                [.. unmapped.Select(kind => kind.Service ?? "(no service)").Distinct().Take(5)],
                $"{Words.Rows(unmapped.Sum(kind => kind.Charges))} have a cost and no service or service category{Words.Worth(Words.Sum(unmapped))}.",
                "Add the service to the mapping of the source, or ask the provider for ServiceName and ServiceCategory."
            );
    }
}
