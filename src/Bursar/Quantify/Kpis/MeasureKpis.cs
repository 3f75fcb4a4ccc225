using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Manage.Strategy;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Understand.Unallocated;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>The KPIs of a month; null without charges.</summary>
internal delegate Task<KpiReview?> ReadKpis(
    string? asOf,
    Lens lens,
    string? name,
    string? scope,
    BillingPeriod? month,
    CancellationToken cancellationToken
);

/// <summary>The measures of a set in a month; null without charges.</summary>
internal delegate Task<KpiReview?> ReadMeasureSet(
    string? asOf,
    string name,
    BillingPeriod? month,
    CancellationToken cancellationToken
);

/// <summary>A KPI for each value of a column, the best first; nothing without charges.</summary>
internal delegate Task<IReadOnlyList<PeerResult>> ReadKpiPeers(
    string? asOf,
    string name,
    string column,
    int groupMin,
    BillingPeriod? month,
    CancellationToken cancellationToken
);

/// <summary>Computes KPIs, or says what is missing.</summary>
internal sealed class MeasureKpis(BooksView view)
{
    private readonly KpiBook book = KpiBook.Of(view.Rulebook);
    private readonly KpiBaselines baselines = KpiBaselines.Of(view.State);

    public KpiBook Book => book;

    /// <summary>All KPIs; null without charges.</summary>
    /// <exception cref="RefusedException">There is no such scope.</exception>
    public KpiReview? All(string? scope, BillingPeriod? asked, CancellationToken cancel) =>
        Of(book.Kpis, scope, asked, cancel);

    /// <summary>Some KPIs; null without charges.</summary>
    public KpiReview? Of(IReadOnlyList<Kpi> kpis, string? scope, BillingPeriod? asked, CancellationToken cancel)
    {
        if (view.Deliveries.Count == 0)
            return null;
        var month = asked ?? ReportSubject.NewestWholeMonth(view);
        var subject = Subject(scope);
        var inputs = new ReadInputs(view, book, month, subject, cancel);
        var notes = inputs
            .Others.Select(other => $"{Display.Full(other)} is in no figure: --currency CODE converts.")
            .ToList();
        if (!ReportSubject.IsWhole(month, view))
            notes.Add($"{month} is not over in the books: data through {ReportSubject.DataThrough(view):yyyy-MM-dd}.");
        var results = kpis.Select(kpi => Result(kpi, month, subject, inputs)).ToList();
        return new KpiReview(month, subject, results, notes, view.IsDraft, view.Today)
        {
            Sets = [.. view.Rulebook.All<MeasureSet>().Select(set => In(month, set, results))],
            Months =
            [
                .. view
                    .Deliveries.Select(booked => booked.Delivery.BillingPeriod)
                    .Append(month)
                    .Distinct()
                    .OrderByDescending(one => one.Start)
                    .Take(MonthsOffered),
            ],
            Scopes =
            [
                .. view
                    .Rulebook.All<Scope>()
                    .Select(one => (one.Name, Title: one.DisplayName ?? one.Name))
                    .OrderBy(one => one.Title, StringComparer.Ordinal),
            ],
        };
    }

    private const int MonthsOffered = 36;

    /// <summary>The measures of a set in a month; null without charges.</summary>
    /// <exception cref="RefusedException">There is no such set.</exception>
    public KpiReview? OfSet(string name, BillingPeriod? asked, CancellationToken cancel)
    {
        var all = view.Rulebook.All<MeasureSet>().ToList();
        var set =
            all.Find(one => one.Name == name)
            ?? throw new RefusedException(
                "kpis/unknown-set",
                $"The rulebook has no set of measures \"{name}\".{DidYouMean.Question(name, all.Select(one => one.Name))}",
                all.Count == 0
                    ? "A set is a kind: MeasureSet in the rulebook."
                    : $"There is {string.Join(", ", all.Select(one => one.Name))}.",
                exitCode: 2
            );
        var kpis = set.Editions.SelectMany(edition => edition.Kpis).Distinct().Select(book.Require).ToList();
        return Of(kpis, null, asked, cancel) is { } review
            ? review with
            {
                Sets = [In(review.Month, set, review.Results)],
            }
            : null;
    }

    private static MeasureSetReview In(BillingPeriod month, MeasureSet set, IReadOnlyList<KpiResult> results) =>
        new(
            set,
            [
                .. from measure in set.In(month)
                join result in results on measure.Kpi equals result.Kpi.Name
                select (result, measure.Standing),
            ]
        );

    /// <summary>A KPI for each value of a column, and where each stands among the others (KPI-05).</summary>
    /// <exception cref="RefusedException">There are too many to ask one by one.</exception>
    public IReadOnlyList<PeerResult> Peers(
        Kpi kpi,
        string column,
        int groupMin,
        BillingPeriod? asked,
        CancellationToken cancel
    )
    {
        var month = asked ?? ReportSubject.NewestWholeMonth(view);
        var answer = new AskCosts(view).Answer(
            new CostQuery
            {
                By = [column],
                From = month.Start,
                To = month.End,
            },
            cancel
        );
        var name = answer.Query.By[0];
        var values = answer.Rows.Select(row => row.Keys[0]).OfType<string>().Distinct().Take(PeersMax + 1).ToList();
        if (values.Count > PeersMax)
            throw new RefusedException(
                "kpis/too-many-peers",
                $"{name} has more than {PeersMax} values in {month}.",
                "Choose a column with fewer: x_CostCentre, x_Product.",
                exitCode: 2
            );
        var results = values
            .Select(value => (Value: value, Subject: new KpiSubject(null, [new CostFilter(name, [value])])))
            .Select(one =>
                (
                    one.Value,
                    Result: Result(kpi, month, one.Subject, new ReadInputs(view, book, month, one.Subject, cancel))
                )
            )
            .ToList();
        var names = SharedFields.IndexOf(name) >= 0 ? new OwnerNames(view, name) : null;
        var figures = results.Select(one => one.Result.Value?.ToDecimal()).OfType<decimal>().ToList();
        return
        [
            .. Ranked(kpi, results, one => one.Result.Value?.ToDecimal(), one => one.Value)
                .Select(one => new PeerResult(
                    one.Value,
                    names?.Of(one.Value),
                    one.Result,
                    one.Result.Value is { } own ? KpiMath.Percentile(figures, own.ToDecimal(), groupMin) : null,
                    figures.Count
                )),
        ];
    }

    /// <summary>The best first; those without a figure come last.</summary>
    private static IEnumerable<T> Ranked<T>(
        Kpi kpi,
        IEnumerable<T> peers,
        Func<T, decimal?> value,
        Func<T, string> name
    ) =>
        peers
            .OrderBy(one => value(one) is null)
            .ThenBy(one =>
                kpi.Direction switch
                {
                    KpiDirection.Lower => value(one),
                    KpiDirection.Nearest => Math.Abs((value(one) ?? 0) - (kpi.Aim ?? 0)),
                    _ => -value(one),
                }
            )
            .ThenBy(name, StringComparer.Ordinal);

    /// <summary>No rank is shown in a group of fewer.</summary>
    public const int GroupMinUsual = 5;

    public const int GroupMinLeast = 2;

    private const int PeersMax = 200;

    private KpiSubject Subject(string? scope)
    {
        if (scope is null)
            return KpiSubject.All;
        var all = view.Rulebook.All<Scope>().ToList();
        var found =
            all.Find(one => one.Name == scope)
            ?? throw new RefusedException(
                "kpis/unknown-scope",
                $"The rulebook has no scope \"{scope}\".{DidYouMean.Question(scope, all.Select(one => one.Name))}",
                "`bursar scopes` lists them.",
                exitCode: 2
            );
        return new KpiSubject(found.Name, found.Charges.ToFilters());
    }

    private KpiResult Result(Kpi kpi, BillingPeriod month, KpiSubject subject, ReadInputs inputs)
    {
        var formula = KpiFormula.Read(kpi.Formula!);
        var facts = formula.Inputs.Select(inputs.Of).ToList();
        var (value, why) = Value(formula, facts, kpi.WhenZero);
        var thresholds = Thresholds(kpi, month, subject);
        var direction = kpi.Direction ?? KpiDirection.None;
        var figure = value?.ToDecimal();
        return new KpiResult(
            kpi,
            month,
            subject,
            inputs.Currency,
            value,
            why,
            facts,
            formula.With(name => Figure(facts.Find(fact => fact.Name == name)!)),
            [.. kpi.Also.Select(part => Part(part, kpi, inputs))],
            thresholds,
            thresholds is not null && figure is { } reached
                ? KpiMath.Level(thresholds, direction, kpi.Aim, reached)
                : null,
            thresholds is not null && figure is { } shown
                ? KpiMath.Colour(thresholds, direction, kpi.Aim, shown)
                : null,
            baselines.Last(kpi.Name, subject),
            [.. view.Rulebook.All<Benchmark>().Where(benchmark => benchmark.Kpi == kpi.Name)]
        );
    }

    private static KpiPartResult Part(KpiPart part, Kpi kpi, ReadInputs inputs)
    {
        var formula = KpiFormula.Read(part.Formula);
        var (value, why) = Value(formula, [.. formula.Inputs.Select(inputs.Of)], kpi.WhenZero);
        return new KpiPartResult(part, value, why);
    }

    private static (Amount? Value, string? Why) Value(KpiFormula formula, List<KpiFact> facts, decimal? whenZero)
    {
        var missing = facts.Where(fact => fact.Value is null).ToList();
        if (missing.Count > 0)
            return (null, string.Join(". ", missing.Select(fact => fact.Why)));
        var result = formula.Of(facts.ToDictionary(fact => fact.Name, fact => Fraction.From(fact.Value!.Value)));
        if (result is { } found)
            return found.ToAmount() is { } amount ? (amount, null) : (null, "the result is larger than any amount");
        if (whenZero is { } value)
            return (Amount.From(value), null);
        var zeros = facts.Where(fact => fact.Value!.Value.IsZero).Select(fact => fact.Means).ToList();
        return (
            null,
            $"{(zeros.Count == 0 ? "the divisor" : string.Join(" and ", zeros))} is 0, and nothing is divided by 0"
        );
    }

    /// <summary>Those of the scope before those of all cost, then later before earlier.</summary>
    private static KpiThresholds? Thresholds(Kpi kpi, BillingPeriod month, KpiSubject subject) =>
        kpi
            .Thresholds.Where(one =>
                one.HoldsOn(month.End.AddDays(-1)) && (one.Scope is null || one.Scope == subject.Scope)
            )
            .OrderByDescending(one => one.Scope is not null)
            .ThenByDescending(one => one.From ?? DateOnly.MinValue)
            .FirstOrDefault();

    private static string Figure(KpiFact fact) => fact.Value is { } value ? Display.Exact(value) : $"(no {fact.Name})";
}

/// <summary>A KPI of one among peers.</summary>
/// <param name="Peer">The value of the column.</param>
/// <param name="Name">What people call it; null when the organisation does not say.</param>
/// <param name="Result">Its KPI.</param>
/// <param name="Percentile">Where it stands; null when the group is too small, or it has no figure.</param>
/// <param name="GroupSize">How many have a figure.</param>
internal sealed record PeerResult(
    string Peer,
    string? Name,
    KpiResult Result,
    (decimal Strict, decimal MidRank)? Percentile,
    int GroupSize
);
