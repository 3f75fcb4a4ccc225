using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Quantify.UnitEconomics;
using Bursar.Understand.Measures;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>Finds the inputs of formulas for a month and a subject, each once.</summary>
internal sealed class ReadInputs
{
    private readonly BooksView view;
    private readonly KpiBook book;
    private readonly BillingPeriod month;
    private readonly KpiSubject subject;
    private readonly CancellationToken cancel;
    private readonly AskCosts ask;
    private readonly KpiFigures figures;
    private readonly Dictionary<string, KpiFact> known = [];
    private readonly Dictionary<string, UnitReview> units = [];
    private readonly HashSet<string> working = [];
    private readonly bool hasCharges;

    public ReadInputs(BooksView view, KpiBook book, BillingPeriod month, KpiSubject subject, CancellationToken cancel)
    {
        (this.view, this.book, this.month, this.subject, this.cancel) = (view, book, month, subject, cancel);
        ask = new AskCosts(view);
        var total = ask.Answer(Question(new KpiCost(), subject: false), cancel);
        hasCharges = total.Rows.Count > 0;
        Currency = ReportSubject.MainCurrency(view, total.Rows);
        Others = [.. total.Totals.Where(one => one.Currency != Currency && !one.Amount.IsZero)];
        figures = new KpiFigures(view, month, Currency, hasCharges, cancel);
    }

    /// <summary>The currency of all amounts.</summary>
    public Currency Currency { get; }

    /// <summary>Cost of the month in other currencies, which is in no figure.</summary>
    public IReadOnlyList<Money> Others { get; }

    public KpiFact Of(string name)
    {
        if (known.TryGetValue(name, out var fact))
            return fact;
        return known[name] = book.Input(name) is { } input ? Find(input) : Missing(new KpiInput { Name = name }, "");
    }

    private KpiFact Find(KpiInput input)
    {
        try
        {
            return input switch
            {
                { Cost: { } cost } => OfCost(input, cost),
                { Series: { } series } => OfSeries(input, series),
                { UnitMetric: { } metric } => OfUnits(input, metric),
                { Figure: { } word } => OfFigure(input, word),
                { Value: { } value } => OfValue(input, value),
                { Days: { } days } => OfDays(input, days),
                { Formula: { } formula } => OfFormula(input, formula),
                _ => Missing(
                    input,
                    "nobody says where it comes from",
                    $"write kind: KpiInput, name: {input.Name}, and one of series:, value:, cost:, unitMetric:, figure: or formula:"
                ),
            };
        }
        // What a question asks for may be in no delivery yet; books that are damaged are another matter.
        catch (RefusedException refused) when (!refused.Diagnostic.Code.StartsWith("books/", StringComparison.Ordinal))
        {
            return Missing(input, refused.Diagnostic.Message.TrimEnd('.'));
        }
    }

    private KpiFact OfCost(KpiInput input, KpiCost cost)
    {
        if (!hasCharges)
            return Missing(input, $"no charge falls in {month}");
        if (cost.Measure.IsQuantity)
            return OfQuantity(input, cost);
        var query = Question(cost, subject: true);
        var answer = ask.Answer(query, cancel);
        var rows = answer.Rows.Where(row => row.Currency == Currency).ToList();
        var charges = answer.Rows.Sum(row => row.Charges);
        var ofCurrency = charges == 0 ? 1 : (decimal)rows.Sum(row => row.Charges) / charges;
        return OfCharges(
            input,
            Currency.Code,
            rows.Aggregate(Amount.Zero, (sum, row) => sum + row.Total),
            ofCurrency,
            $"{cost.Measure} of {month}",
            rows.Count == 0 ? "no charge is of this kind" : null,
            query
        );
    }

    /// <summary>Quantities of the units that are asked for, each made one unit; other units are other
    /// figures.</summary>
    private KpiFact OfQuantity(KpiInput input, KpiCost cost)
    {
        var query = Question(cost, subject: true);
        var counted = cost.Counted;
        var rows = ask.Answer(query, cancel)
            .Rows.Where(row => counted is null || counted.ContainsKey(row.Currency.Code ?? ""))
            .ToList();
        var unit = input.Unit ?? cost.Unit;
        if (rows.Count == 0 && cost.WhenNone is null)
            return Missing(
                input,
                counted is null
                    ? $"the books hold no carbon of {month}"
                    : $"no usage of {month} is counted in {string.Join(" or ", counted.Keys)}"
            );
        return OfCharges(
            input,
            unit,
            rows.Count == 0
                ? Amount.From(cost.WhenNone!.Value)
                : rows.Aggregate(
                    Amount.Zero,
                    (sum, row) =>
                        sum + (counted is null ? row.Total : row.Total.Times(counted[row.Currency.Code ?? ""]))
                ),
            1,
            $"{cost.Measure} of {month}"
                + (
                    counted is null || rows.Count == 0
                        ? ""
                        : $" in {string.Join(", ", rows.Select(row => row.Currency.Code).Distinct())}"
                ),
            rows.Count == 0 ? $"no usage of {month} is of this kind" : null,
            query
        );
    }

    private KpiFact OfCharges(
        KpiInput input,
        string? unit,
        Amount value,
        decimal known,
        string from,
        string? why,
        CostQuery query
    ) =>
        new(
            input.Name,
            input.Means ?? input.Name,
            unit,
            value,
            known * OfMonth,
            from,
            OfMonth < 1 ? $"the books reach to {ReportSubject.DataThrough(view):yyyy-MM-dd}" : why,
            query
        );

    /// <summary>From other inputs; one that leads back to itself is not known.</summary>
    private KpiFact OfFormula(KpiInput input, string text)
    {
        if (!working.Add(input.Name))
            return Missing(input, "its formula leads back to itself");
        var formula = KpiFormula.Read(text);
        var facts = formula.Inputs.Select(Of).ToList();
        working.Remove(input.Name);
        if (facts.Find(fact => fact.Value is null) is { } missing)
            return Missing(input, missing.Why ?? "");
        var from = formula.With(name => Web.Display.Exact(facts.Find(fact => fact.Name == name)!.Value!.Value));
        return
            formula.Of(facts.ToDictionary(fact => fact.Name, fact => Fraction.From(fact.Value!.Value)))?.ToAmount()
                is { } value
            ? Known(input, value, from, input.Unit) with
            {
                Coverage = facts.Count == 0 ? 1 : facts.Average(fact => fact.Coverage),
                Page = facts.Select(fact => fact.Page).OfType<string>().FirstOrDefault(),
            }
            : Missing(input, $"{from} cannot be divided");
    }

    private KpiFact OfSeries(KpiInput input, string name)
    {
        var measures = new AskMeasures(view);
        var series = measures.Declared(name);
        if (!IsOfSubject(input) && (input.Scope is not null || !IsUnitOf(name)))
            return Missing(input, $"the series {name} is known of {Place(input)} only");
        var answer = measures.Answer(
            new MeasureQuestion(name)
            {
                From = month.Start,
                To = month.End,
                Where = [.. input.Only.Select(key => new CostFilter(key.Key, [key.Value]))],
            },
            cancel
        );
        return answer.Rows is [var row]
            ? Known(input, row.Value, $"series {name}, {series.Source}", input.Unit ?? series.Unit) with
            {
                Page = $"/series?name={name}",
            }
            : Missing(input, $"the series {name} has no figure for {month}");
    }

    private KpiFact OfUnits(KpiInput input, string name)
    {
        if (!units.TryGetValue(name, out var review))
        {
            var measure = new MeasureUnits(view);
            review = units[name] = measure.Alone(measure.Declared(name), month, cancel);
        }
        if (input.Scope is not null && !IsOfSubject(input))
            return Missing(input, $"it is declared for {Place(input)} only");
        if (!subject.IsAll && review.Metric.Scope != subject.Scope)
            return Missing(input, $"the unit metric {name} is not of {subject.Words}");
        if (review.Currency != Currency)
            return Missing(input, $"the unit metric {name} is in {review.Currency}, the rest in {Currency}");
        var newest = review.Newest;
        var value = input.Take switch
        {
            UnitFigure.UnitCost => Whole(newest.UnitCost),
            UnitFigure.MarginalCost => Whole(newest.Marginal),
            UnitFigure.Demand => newest.Known.Demand,
            UnitFigure.Cost => newest.Known.Cost,
            UnitFigure.FixedCost => newest.Known.Fixed,
            UnitFigure.VariableCost => newest.Variable,
            UnitFigure.Revenue => newest.Known.Revenue,
            _ => newest.Margin,
        };
        return value is { } found
            ? Known(input, found, $"unit metric {name}", input.Unit) with
            {
                Page = $"/units?name={name}&month={month}",
            }
            : Missing(input, newest.Why ?? $"the unit metric {name} does not know it");
    }

    private KpiFact OfFigure(KpiInput input, string word)
    {
        var (value, why) = figures.Of(word, subject);
        var (from, page) = KpiFigureWords.Place(word);
        return value is { } found
            ? Known(input, found, from, input.Unit) with
            {
                Page = page,
            }
            : Missing(input, why ?? "it is not known");
    }

    private KpiFact OfValue(KpiInput input, decimal value)
    {
        if (!IsOfSubject(input))
            return Missing(input, $"it is declared for {Place(input)} only");
        var by = input.Owner is { } owner ? $" by {owner}" : "";
        return input.On >= month.End
            ? Missing(input, $"it is declared from {input.On:yyyy-MM-dd} on, which is later")
            : Known(
                input,
                Amount.From(value),
                $"declared{by} on {input.On:yyyy-MM-dd}" + (input.Source is { } source ? $", {source}" : ""),
                input.Unit
            );
    }

    private KpiFact OfDays(KpiInput input, KpiDays days) =>
        !IsOfSubject(input) ? Missing(input, $"it is declared for {Place(input)} only")
        : days.End >= month.End ? Missing(input, $"it is reached on {days.End:yyyy-MM-dd}, which is later")
        : Known(
            input,
            Amount.From(days.End.DayNumber - days.Start.DayNumber),
            $"{days.Start:yyyy-MM-dd} to {days.End:yyyy-MM-dd}",
            "days"
        );

    /// <summary>What somebody gives is of all cost, or of the one scope that it names.</summary>
    private bool IsOfSubject(KpiInput input) => input.Scope is { } scope ? subject.Scope == scope : subject.IsAll;

    /// <summary>Of a scope, the series that it is measured by.</summary>
    private bool IsUnitOf(string series) =>
        subject.IsAll || view.Rulebook.Find<Manage.Strategy.Scope>(subject.Scope ?? "")?.Unit == series;

    private static string Place(KpiInput input) => input.Scope is { } scope ? $"the scope {scope}" : "all cost";

    private CostQuery Question(KpiCost cost, bool subject) =>
        new()
        {
            Measure = cost.Measure,
            Where = [.. cost.ChargesIn(view.Rulebook).ToFilters(), .. subject ? this.subject.Where : []],
            Allocation = view.HasSharedCosts ? cost.Allocation : CostAllocation.Direct,
            From = month.Start,
            To = month.End,
        };

    /// <summary>How much of the month the books hold.</summary>
    private decimal OfMonth =>
        ReportSubject.IsWhole(month, view) || ReportSubject.DataThrough(view) is not { } last || last < month.Start
            ? 1
            : (decimal)last.Day / month.Days;

    private KpiFact Known(KpiInput input, Amount value, string from, string? unit) =>
        new(input.Name, input.Means ?? input.Name, Money(unit), value, 1, from, null, null);

    private KpiFact Missing(KpiInput input, string why, string? how = null) =>
        new(
            input.Name,
            input.Means ?? input.Name,
            Money(input.Unit),
            null,
            0,
            "",
            $"[{input.Name}] is missing ({input.Means ?? input.Name}): {why}" + (how is null ? "" : "; " + how),
            null
        );

    private string? Money(string? unit) => unit?.Replace("currency", Currency.Code ?? "", StringComparison.Ordinal);

    private static Amount? Whole(decimal? figure) => figure is { } known ? Amount.From(known) : null;
}
