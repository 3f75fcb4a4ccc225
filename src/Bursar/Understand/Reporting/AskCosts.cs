using Bursar.Core.Diagnostics;
using Bursar.Understand.Currencies;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary>
/// Answers questions about cost from the books of one moment, with everything a reader must know to trust the answer.
/// </summary>
internal sealed class AskCosts(BooksView view)
{
    private const string Unconverted = "A quantity is counted in its own units: no currency applies to it.";

    private readonly FindRates rates = new(view);

    /// <summary>The answer to one question.</summary>
    /// <exception cref="RefusedException">Nothing is known of the currency that is asked for.</exception>
    public CostAnswer Answer(CostQuery asked, CancellationToken cancel)
    {
        if (view.For(asked.Measure) is var measured && measured != view)
            return new AskCosts(measured).Answer(asked, cancel);
        var isUnconverted = asked is { Measure.IsQuantity: true, Conversion: not null };
        asked = view.Lens.Over(asked);
        if (asked.Measure.IsQuantity)
            asked = asked with { Conversion = null };
        asked = asked with { Structure = view.Resolved(asked.Structure) };
        var query = asked.Conversion is null ? asked : asked with { Conversion = rates.Of(asked) };
        var sums = CurrencyOrder.Of(
            Sums(query, cancel),
            query.Measure.IsQuantity ? null : query.Conversion?.Target.Code ?? view.Rulebook.ReportingCurrency
        );
        var converted = query.Conversion is { } conversion
            ? ConvertedCosts.Of(Sums(ConvertedCosts.Question(query), cancel).Rows, conversion)
            : null;
        var quarantined = Quarantined(sums.Query);
        var mark = new MarkCosts(view, question => Sums(question, cancel));
        var marks = mark.Of(sums.Query);
        var notCounted = mark.NotCounted(sums.Query, out var isIncomplete);
        return new CostAnswer(
            sums.Query,
            sums.Rows,
            sums.Totals,
            [
                .. sums.Notes,
                .. isUnconverted ? [Unconverted] : Array.Empty<string>(),
                .. Restated(query.Structure),
                .. Shared(view, query, cancel),
                .. (converted?.Gaps ?? []).Select(gap => gap.ToString()),
                .. marks.Select(part => part.Sentence),
                .. notCounted,
                .. quarantined.Select(booked => Sentence(booked, sums.Query.Measure)),
            ],
            Incomplete: quarantined.Count > 0 || isIncomplete,
            view.IsDraft,
            view.DataThrough,
            view.State.HeadSeq
        )
        {
            Rates = converted?.Used ?? [],
            Marks = marks,
        };
    }

    private CostSums Sums(CostQuery query, CancellationToken cancel)
    {
        var files = view.Star(cancel, query.Structure, query.Allocation);
        return view.Answers.Of(query, files, Ask);

        CostSums Ask()
        {
            using var session = view.Engine.Connect();
            return AskCost.Of(query, Touched(view, files, query), session, cancel);
        }
    }

    private static IEnumerable<string> Restated(Structure? structure) =>
        structure is null
            ? []
            : [$"Restated: the rules and the organisation of {structure} hold for the charges of all days."];

    /// <summary>Where a pool could not be divided as declared in the period of the question.</summary>
    internal static IEnumerable<string> Shared(BooksView view, CostQuery query, CancellationToken cancel)
    {
        if (query.Allocation == CostAllocation.Direct)
            return [];
        if (!view.HasSharedCosts)
            return ["No shared cost is declared (kind: SharedCost), so this is the direct cost."];
        return view.Shared(cancel, query.Structure)
            .Pools.Where(pool =>
                pool.Note is not null
                && (query.To is not { } to || pool.Month < to)
                && (query.From is not { } from || pool.End > from)
            )
            .Select(pool => pool.Note!)
            .Distinct();
    }

    /// <summary>
    /// Only the files that can hold a day or a billing period of the question: the fewer, the faster.
    /// </summary>
    internal static StarFiles Touched(BooksView view, StarFiles files, CostQuery query)
    {
        if (query.From is null && query.To is null)
            return files;
        var touched = view
            .Deliveries.Where(booked => Touches(booked.Delivery, query))
            .ToDictionary(booked => booked.Id);
        return files.Only(
            touched.ContainsKey,
            touched.Values.SelectMany(booked => booked.Delivery.ProfileColumns).ToHashSet()
        );
    }

    /// <summary>Billed cost lies in the billing period, other cost on the days of its charges.</summary>
    private static bool Touches(Delivery delivery, CostQuery query)
    {
        if (delivery is not { ChargeFrom: { } first, ChargeTo: { } end, NewestChargeStart: { } newest })
            return true;
        var (start, last) = (delivery.BillingPeriod.Start, delivery.BillingPeriod.End);
        var to = new[] { end, newest, last }.Max();
        return (query.To is not { } before || (first < start ? first : start) < before)
            && (query.From is not { } from || to >= from);
    }

    /// <summary>Deliveries in the period of the question from which rows are missing.</summary>
    private List<BookedDelivery> Quarantined(CostQuery query) =>
        [
            .. view.Deliveries.Where(booked =>
                booked.Delivery.QuarantinedRows > 0
                && (query.To is not { } to || booked.Delivery.BillingPeriod.Start < to)
                && (query.From is not { } from || booked.Delivery.BillingPeriod.End > from)
            ),
        ];

    private static string Sentence(BookedDelivery booked, CostMeasure measure)
    {
        var amounts = booked
            .Delivery.QuarantinedAmounts.Where(total => (total.EffectiveCost ?? total.BilledCost) is not null)
            .Select(total => $"{total.EffectiveCost ?? total.BilledCost} {total.BillingCurrency}".TrimEnd())
            .ToList();
        var isOne = booked.Delivery.QuarantinedRows == 1;
        var rows = isOne ? "1 row" : $"{booked.Delivery.QuarantinedRows} rows";
        if (measure.IsQuantity)
            return $"Incomplete: {rows} of {booked.Id} {(isOne ? "is" : "are")} in quarantine.";
        var raw =
            amounts.Count > 0 ? $"their readable raw amounts sum to {string.Join(" and ", amounts)}"
            : isOne ? "its amount cannot be read"
            : "their amounts cannot be read";
        return $"Incomplete: {rows} of {booked.Id} {(isOne ? "is" : "are")} in quarantine; {raw}.";
    }
}
