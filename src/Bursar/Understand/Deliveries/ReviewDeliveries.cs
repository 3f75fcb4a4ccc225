using Bursar.Core.Amounts;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary>Looks over what was delivered: freshness, versions, and what was refused and why.</summary>
internal sealed class ReviewDeliveries(BooksView view)
{
    private const int FirstRecords = 5;

    public DataView Data() => new(Sources(), Deliveries(), Quarantine(), Histories()) { Conformance = Conformance() };

    private List<SourceFreshness> Sources() =>
        [
            .. new MeasureFreshness(view)
                .Sources()
                .Select(source => new SourceFreshness(
                    source.DisplayName,
                    source.DataAsOf,
                    source.SinceDelivery,
                    source.PromisedInterval,
                    source.LastDeliveryAt,
                    view.LiveDeliveries.Where(booked => booked.Delivery.Source == source.Source)
                        .Sum(booked => booked.Delivery.Rows)
                )
                {
                    DataAge = source.DataAge,
                    PromisedAge = source.PromisedAge,
                    UpdateInterval = source.UpdateInterval,
                    VisibilityDelay = source.VisibilityDelay,
                    ProcessingTime = source.ProcessingTime,
                }),
        ];

    private List<SourceConformance> Conformance() =>
        [
            .. new JudgeDeliveries(view.Books)
                .Known(view.Deliveries)
                .GroupBy(delivery => delivery.Delivery.Source)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new SourceConformance(
                    view.Rulebook.Find<Source>(group.Key)?.DisplayName ?? group.Key,
                    group.Last().Delivery.FocusVersion,
                    [.. group.OrderBy(delivery => delivery.Delivery.BillingPeriod).Select(Conformance)]
                )),
        ];

    private static PeriodConformance Conformance(DeliveryConformance delivery)
    {
        var broken = delivery.Broken;
        var mandatory = broken.Count(rule => rule.IsMandatory);
        return new PeriodConformance(
            delivery.Delivery.Id,
            delivery.Delivery.BillingPeriod,
            delivery.IsJudged ? mandatory : null,
            broken.Count - mandatory
        );
    }

    private List<DeliveryLine> Deliveries() =>
        [
            .. view
                .State.Deliveries.Reverse()
                .Select(booked => new DeliveryLine(
                    booked.Id,
                    booked.Delivery.Source,
                    booked.Delivery.BillingPeriod,
                    booked.Delivery.Dataset,
                    booked.Delivery.FocusVersion,
                    booked.Delivery.Rows,
                    booked.Delivery.QuarantinedRows,
                    Billed(booked.Delivery),
                    booked.CommittedAt,
                    booked.Delivery.Supersedes,
                    booked switch
                    {
                        { WithdrawnSeq: not null } => DeliveryState.Withdrawn,
                        { IsHeld: true } => DeliveryState.Held,
                        { IsAdmitted: false } => DeliveryState.Rejected,
                        { IsLive: false } => DeliveryState.Superseded,
                        { IsCounted: false } => DeliveryState.Aside,
                        _ => DeliveryState.Live,
                    },
                    booked.WithdrawnReason ?? booked.Ruling?.Reason
                )
                {
                    // Journals from before there were checks say nothing of findings.
                    Findings = booked.Delivery.Findings ?? [],
                    What = DeliveryWords.What(booked),
                }),
        ];

    private static List<Money> Billed(Delivery delivery) =>
        [
            .. delivery.Totals.Select(total => new Money(
                total.BilledCost ?? total.EffectiveCost ?? Amount.Zero,
                new Currency(total.BillingCurrency)
            )),
        ];

    private List<QuarantineLine> Quarantine() =>
        [
            .. view
                .Deliveries.Where(booked => booked.Delivery.QuarantinedRows > 0)
                .SelectMany(Lines)
                .OrderByDescending(line => line.Count)
                .ThenBy(line => line.DeliveryId, StringComparer.Ordinal),
        ];

    private IEnumerable<QuarantineLine> Lines(BookedDelivery booked)
    {
        var file = booked.Delivery.Files.First(kept => kept.Path.StartsWith("quarantine/", StringComparison.Ordinal));
        return QuarantineFile
            .Read(view.Books.Folder.FullPath(file.Path), int.MaxValue)
            .GroupBy(record => (record.Column, record.Reason))
            .Select(group => new QuarantineLine(
                booked.Id,
                booked.Delivery.Source,
                group.Key.Column,
                group.Key.Reason,
                group.Count(),
                [.. group.GroupBy(record => record.BillingCurrency ?? "").Select(Readable).OfType<Money>()],
                [
                    .. group
                        .Take(FirstRecords)
                        .Select(record => new QuarantinedRow(record.File, record.Record, record.Value)),
                ]
            ));
    }

    private static Money? Readable(IGrouping<string, KeptRecord> records)
    {
        var amounts = records
            .Select(record => record.BilledCost)
            .Where(text =>
                text is not null
                && AmountText.TryRead(text, out _, out _) is AmountReading.Exact or AmountReading.Rounded
            )
            .Select(text =>
            {
                AmountText.TryRead(text!, out var amount, out _);
                return amount;
            })
            .ToList();
        return amounts.Count == 0
            ? null
            : new Money(amounts.Aggregate((sum, amount) => sum + amount), new Currency(records.Key));
    }

    private List<PeriodHistory> Histories() =>
        [
            .. view
                .State.Deliveries.Where(booked => booked.IsAdmitted)
                .GroupBy(booked => (booked.Delivery.Source, booked.Delivery.BillingPeriod, booked.Delivery.Dataset))
                .Where(group => group.Any(booked => booked.Delivery.Supersedes.Count > 0))
                .OrderBy(group => group.Key.Source, StringComparer.Ordinal)
                .ThenBy(group => group.Key.BillingPeriod)
                .Select(group => new PeriodHistory(
                    group.Key.Source,
                    group.Key.BillingPeriod,
                    group.Key.Dataset,
                    Versions([.. group])
                )),
        ];

    private static List<PeriodVersion> Versions(List<BookedDelivery> deliveries)
    {
        var versions = new List<PeriodVersion>();
        foreach (var booked in deliveries)
        {
            var billed = Billed(booked.Delivery)[0];
            Money? change =
                versions.Count > 0 && versions[^1].BilledCost.Currency == billed.Currency
                    ? new Money(billed.Amount - versions[^1].BilledCost.Amount, billed.Currency)
                    : null;
            versions.Add(new PeriodVersion(booked.Id, booked.CommittedAt, booked.Delivery.Rows, billed, change));
        }
        return versions;
    }
}
