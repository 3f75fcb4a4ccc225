using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Currencies;

/// <summary>Looks up in the rulebook what the currencies of the books are worth in the one that is asked for.</summary>
internal sealed class FindRates(BooksView view)
{
    private readonly Dictionary<(Currency, RateUse, DateOnly, DateOnly), Conversion> found = [];

    /// <summary>A long file is read once for each state of the rules, not for each question.</summary>
    private static readonly ConditionalWeakTable<
        Rulebook,
        ConcurrentDictionary<string, IReadOnlyList<PublishedRate>>
    > Tables = [];

    /// <summary>The currencies that an answer can be in: those that have rates, or are in the books.</summary>
    public IReadOnlyList<string> Currencies =>
        [
            .. Documents
                .SelectMany(document => Table(document).Select(rate => rate.Currency).Append(document.Base))
                .Concat(InBooks)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The conversion of a question with its rates, for the days of the question.</summary>
    /// <exception cref="RefusedException">Nothing is known of the currency.</exception>
    public Conversion Of(CostQuery query)
    {
        var asked = query.Conversion!;
        var (first, end) = Days(query);
        if (found.TryGetValue((asked.Target, asked.Use, first, end), out var known))
            return known;
        if (!InBooks.Contains(asked.Target.Code) && !Currencies.Contains(asked.Target.Code))
            throw new RefusedException(
                "costs/unknown-currency",
                $"Nothing is known of a currency \"{asked.Target}\".{DidYouMean.Question(asked.Target.Code, Currencies)}",
                Currencies.Count == 0
                    ? "Declare kind: ExchangeRates in the rulebook, or `bursar rates import FILE`."
                    : $"There are {string.Join(", ", Currencies)}. Rates are declared with kind: ExchangeRates.",
                exitCode: 2
            );
        var rates = InBooks
            .Where(currency => currency != asked.Target.Code)
            .SelectMany(currency => RatesOf(currency, asked, first, end));
        return found[(asked.Target, asked.Use, first, end)] = asked with { Rates = [.. rates] };
    }

    /// <summary>What one unit of a currency is worth on a day; null without a rate.</summary>
    public ConversionRate? RateOn(Currency currency, Conversion asked, DateOnly day) =>
        Of(currency, asked, new(day, day.AddDays(1))) is [var rate, ..] ? rate : null;

    /// <summary>What one unit of a currency is worth on the days of a range that have a rate.</summary>
    public IReadOnlyList<ConversionRate> Of(Currency currency, Conversion asked, DateRange days) =>
        RatesOf(currency.Code, asked, days.Start, days.End);

    /// <summary>Where two sources have a rate for a day, the one that is declared first counts.</summary>
    private IReadOnlyList<ConversionRate> RatesOf(string currency, Conversion asked, DateOnly first, DateOnly end) =>
        Documents
            .Where(document => document.Use == asked.Use)
            .GroupBy(document => document.SeriesKey)
            .Select(series => RateMath.Within(Cross([.. series], currency, asked.Target.Code), first, end))
            .Aggregate((IReadOnlyList<ConversionRate>)[], (sooner, later) => RateMath.Preferring(sooner, [.. later]));

    private IReadOnlyList<ConversionRate> Cross(IReadOnlyList<ExchangeRates> series, string currency, string target) =>
        RateMath.Cross(
            Held(series, currency),
            Held(series, target),
            (currency, target, series[0].Base),
            series[0].Source
        );

    private IReadOnlyList<HeldRate> Held(IReadOnlyList<ExchangeRates> series, string currency) =>
        currency == series[0].Base
            ? RateMath.OfBase
            : RateMath.Held(
                series.SelectMany(document =>
                    Table(document)
                        .Where(rate => rate.Currency == currency)
                        .Select(rate => new DatedRate(rate.Date, document.MaxAgeDays, rate.Rate))
                )
            );

    private IEnumerable<ExchangeRates> Documents => view.Rulebook.All<ExchangeRates>();

    private IReadOnlyList<PublishedRate> Table(ExchangeRates document) =>
        Tables.GetOrCreateValue(view.Rulebook).GetOrAdd(document.Name, _ => Read(document));

    private IReadOnlyList<PublishedRate> Read(ExchangeRates document)
    {
        var file = view.Rulebook.Files.FirstOrDefault(file => file.Path == document.File);
        var csv = file is null ? null : new YamlFile(file.Path, file.Text);
        return RateTable.Of(document, csv, new Findings());
    }

    private IEnumerable<string> InBooks =>
        view
            .Deliveries.SelectMany(booked => booked.Delivery.Totals)
            .Select(total => total.BillingCurrency)
            .Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>The days that can have charges, as far as they are asked about.</summary>
    private (DateOnly First, DateOnly End) Days(CostQuery query)
    {
        var deliveries = view.Deliveries.Select(booked => booked.Delivery).ToList();
        if (deliveries.Count == 0)
            return (DateOnly.MinValue, DateOnly.MinValue);
        var first = deliveries.Min(one => Least(one.ChargeFrom, one.BillingPeriod.Start));
        var end = deliveries.Max(one => Most(one.ChargeTo, one.NewestChargeStart?.AddDays(1), one.BillingPeriod.End));
        return (query.From is { } from && from > first ? from : first, query.To is { } to && to < end ? to : end);
    }

    private static DateOnly Least(DateOnly? one, DateOnly other) => one < other ? one.Value : other;

    private static DateOnly Most(params DateOnly?[] days) => days.Max()!.Value;
}
