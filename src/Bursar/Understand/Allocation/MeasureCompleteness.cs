using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>
/// Measures how complete the seven shared fields are, by cost and by rows. Tax and credits are left out.
/// </summary>
/// <param name="ask">Answers questions from the books.</param>
/// <param name="measure">Which cost.</param>
internal sealed class MeasureCompleteness(Func<CostQuery, CostAnswer> ask, CostMeasure measure)
{
    /// <summary>The question behind it.</summary>
    public CostQuery Question(DateRange period) =>
        new()
        {
            Measure = measure,
            By = ["x_FilledFields"],
            From = period.Start,
            To = period.End,
            Split = CostSplit.Tax | CostSplit.Credits,
        };

    /// <summary>By currency; amounts of two currencies are never added.</summary>
    public IReadOnlyDictionary<Currency, Completeness> Of(DateRange period)
    {
        // Charges of tax and credits are counted in rows too, so they are told apart by category.
        var query = Question(period) with
        {
            By = ["x_FilledFields", "ChargeCategory"],
        };
        return ask(query)
            .Rows.Where(row => row.Keys[1] is not ("Tax" or "Credit"))
            .GroupBy(row => row.Currency)
            .ToDictionary(
                same => same.Key,
                same =>
                    AllocationMath.Completeness(
                        same.Select(row => new FilledRows(
                            int.Parse(row.Keys[0] ?? "0", CultureInfo.InvariantCulture),
                            row.Cost,
                            row.Charges
                        ))
                    )
            );
    }
}
