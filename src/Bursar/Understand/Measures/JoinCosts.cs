using Bursar.Core.Diagnostics;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Measures;

/// <summary>
/// Puts the cost of resources beside what was measured of them, and tells how much found its counterpart.
/// </summary>
internal sealed class JoinCosts(BooksView view)
{
    /// <param name="asked">The series, grain and period; its keys are not asked by.</param>
    /// <param name="measure">Which cost.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="RefusedException">The series does not tell resources apart.</exception>
    public IReadOnlyList<CostJoin> Join(MeasureQuestion asked, CostMeasure measure, CancellationToken cancel)
    {
        var measures = new AskMeasures(view);
        var series = measures.Declared(asked.Name);
        if (series.Resource is null)
            throw new RefusedException(
                "series/no-resource",
                $"The series \"{series.Name}\" does not say of which resource a figure is.",
                "Add resource: with the column that holds what charges call ResourceId.",
                exitCode: 2
            );
        string[] by = ["ResourceId"];
        var values = measures.Answer(asked with { By = by }, cancel);
        var costs = new AskCosts(view).Answer(
            new CostQuery
            {
                Measure = measure,
                By = by,
                Over = asked.Over,
                From = asked.From,
                To = asked.To,
            },
            cancel
        );
        return JoinMath.Join(costs.Rows, values.Rows);
    }
}
