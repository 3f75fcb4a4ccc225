using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting;

/// <summary>Where the figures and names of an explored answer lead: to a finer question, or to the rows behind
/// them.</summary>
/// <param name="question">The question as asked.</param>
/// <param name="understood">The question as understood.</param>
/// <param name="currency">The currency or unit of the figures: rows behind a quantity are those of its unit.</param>
internal sealed class ExploreLinks(CostQuestion question, CostQuery understood, Currency currency = default)
{
    /// <summary>What to group by next, once a column has been narrowed to one value.</summary>
    private static readonly string[][] Paths =
    [
        ["ServiceProviderName", "ServiceCategory", "ServiceName", "ResourceName", "ChargeDescription"],
        ["x_LegalEntity", "x_CostCentre", "x_Product", "x_Application", "ServiceName"],
        ["BillingAccountName", "SubAccountName", "ServiceName"],
        ["RegionName", "ServiceName"],
    ];

    /// <summary>The same question, narrowed to a group's value and opened by the next column.</summary>
    public string Drill(int column, string? value)
    {
        var id = understood.By[column];
        var narrowed = question.Where(id, value);
        var by = understood
            .By.Select(other => other == id ? Next(id, narrowed.Query.Where) ?? id : other)
            .Distinct()
            .ToArray();
        return CostQueryUrl.Href("/explore", narrowed with { Query = narrowed.Query with { By = by } });
    }

    /// <summary>The same question for one period, by the next finer grain of time.</summary>
    public string Zoom(DateOnly start)
    {
        var finer = understood.Over switch
        {
            TimeGrain.Year => TimeGrain.Quarter,
            TimeGrain.Quarter => TimeGrain.Month,
            _ => TimeGrain.Day,
        };
        var period = PeriodOf(start);
        return CostQueryUrl.Href(
            "/explore",
            question with
            {
                Query = question.Query with { From = period.Start, To = period.End, Over = finer },
                Compare = Comparison.None,
            }
        );
    }

    /// <summary>The rows behind a figure: of a group, of a period, of both, or of everything.</summary>
    public string Rows(CostGroup? group, DateOnly? start)
    {
        var where = question.Query.Where.ToList();
        if (group is not null)
        {
            for (var i = 0; i < understood.By.Count; i++)
            {
                var column = understood.By[i];
                where.RemoveAll(filter => filter.Column == column && !filter.Negated);
                where.Add(new CostFilter(column, [group.Keys[i]]));
            }
        }
        var unit = understood.Measure.UnitColumn;
        if (currency.IsUnit && !where.Exists(filter => filter.Column == unit && !filter.Negated))
            where.Add(new CostFilter(unit, [currency.Code.Length == 0 ? null : currency.Code]));
        var period = start is { } day ? PeriodOf(day) : understood.Period;
        return CostQueryUrl.Href(
            "/rows",
            new CostQuestion
            {
                AsOf = question.AsOf,
                Vocabulary = question.Vocabulary,
                Query = new CostQuery
                {
                    Measure = understood.Measure,
                    Time = understood.Time,
                    Conversion = question.Query.Conversion,
                    Allocation = question.Query.Allocation,
                    Structure = question.Query.Structure,
                    Where = where,
                    From = period?.Start ?? understood.From,
                    To = period?.End ?? understood.To,
                },
            }
        );
    }

    private DateRange PeriodOf(DateOnly start)
    {
        var end = understood.Over switch
        {
            TimeGrain.Day => start.AddDays(1),
            TimeGrain.Week => start.AddDays(7),
            TimeGrain.Month => start.AddMonths(1),
            TimeGrain.Quarter => start.AddMonths(3),
            _ => start.AddYears(1),
        };
        // A week or month at the border of the period counts only with its days inside it.
        var first = understood.From is { } from && from > start ? from : start;
        return new DateRange(first, understood.To is { } to && to < end ? to : end);
    }

    private static string? Next(string column, IReadOnlyList<CostFilter> where) =>
        Paths
            .Where(path => path.Contains(column))
            .SelectMany(path => path.SkipWhile(step => step != column).Skip(1))
            .FirstOrDefault(step => where.All(filter => filter.Column != step));
}
