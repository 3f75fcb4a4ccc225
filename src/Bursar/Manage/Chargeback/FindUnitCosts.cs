using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Allocation;
using Bursar.Understand.Measures;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback;

/// <summary>
/// Divides a statement's total by the business series that belongs to its subject: the one that its scope names, and
/// those that have a key called like the field (product, application, owner, …).
/// </summary>
internal sealed class FindUnitCosts(BooksView view)
{
    public IReadOnlyList<UnitCost> Of(
        StatementSubject subject,
        CostQuery behind,
        DateRange against,
        Currency currency,
        Amount total,
        Amount before,
        bool isPart,
        CancellationToken cancel
    ) =>
        [
            .. Series(subject)
                .Select(found =>
                {
                    var quantity = Ask(found.Series, found.Where, behind.Period!.Value, cancel);
                    var earlier = Ask(found.Series, found.Where, against, cancel);
                    return PerUnit.Of(total, quantity.Value) is { } cost
                        ? Unit(found.Series, quantity, cost, PerUnit.Of(before, earlier.Value), currency, isPart)
                        : null;
                })
                .OfType<UnitCost>(),
        ];

    private UnitCost Unit(
        Series series,
        (Amount Value, DateOnly? DataAsOf) quantity,
        decimal cost,
        decimal? before,
        Currency currency,
        bool isPart
    )
    {
        var name = (series.DisplayName ?? series.Name).ToLowerInvariant();
        var says =
            $"{Display.Exact(quantity.Value.RoundedTo(2))} {series.Unit} ({name}): {Each(cost)} each"
            + (before is { } earlier ? $", {Each(earlier)} before" : "")
            + (isPart ? $"; only the part in {currency.Code}" : "")
            + (
                quantity.DataAsOf is { } last && last < view.DataThrough
                    ? $"; counted to {Display.ShortDay(last)}."
                    : "."
            );
        return new UnitCost(series.Name, series.Unit, quantity.Value, cost, before, says);

        string Each(decimal amount) =>
            $"{Display.Symbol(currency)}{Display.Exact(Amount.From(amount).RoundedTo(currency.Decimals + 2))}";
    }

    private (Amount Value, DateOnly? DataAsOf) Ask(
        Series series,
        IReadOnlyList<CostFilter> where,
        DateRange days,
        CancellationToken cancel
    )
    {
        var answer = new AskMeasures(view).Answer(
            new MeasureQuestion(series.Name)
            {
                From = days.Start,
                To = days.End,
                Where = where,
            },
            cancel
        );
        return (StatementMath.Sum(answer.Rows.Select(row => row.Value)), answer.DataAsOf);
    }

    private IEnumerable<(Series Series, IReadOnlyList<CostFilter> Where)> Series(StatementSubject subject)
    {
        var declared = view.Rulebook.All<Series>().Where(series => series.Purpose == SeriesPurpose.Business).ToList();
        if (
            Subjects.ScopeOf(subject, view)?.Unit is { } unit
            && declared.Find(series => series.Name == unit) is { } named
        )
            yield return (named, []);
        if (subject is not { Scope: null, Fields: [{ Value: not null } field] })
            yield break;
        foreach (var series in declared)
            if (series.By.Keys.FirstOrDefault(key => IsCalled(key, field.Key)) is { } key)
                yield return (series, [new CostFilter(key, [field.Value])]);
    }

    /// <summary>"costCentre", "cost_centre" and "cost-centre" are one.</summary>
    private static bool IsCalled(string key, string field) =>
        Plain(key) == Plain(Subjects.Words[SharedFields.IndexOf(field)]);

    private static string Plain(string text) => string.Concat(text.Where(char.IsAsciiLetter)).ToLowerInvariant();
}
