using Bursar.Understand.Records;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.Deployments;

/// <summary>Finds the deployments that a chart of cost should show.</summary>
internal sealed class FindDeployments(BooksView view)
{
    /// <summary>What a pipeline's service is looked for under.</summary>
    private static readonly string[] Names = ["x_Application", "x_Product"];

    /// <summary>All of a time, oldest first; of one service when it is named.</summary>
    public IReadOnlyList<Deployment> All(DateOnly? from, DateOnly? to, string? service, CancellationToken cancel) =>
        [
            .. new FindRecords(view)
                .Of(Deployment.Kind, cancel)
                .Select(Deployment.Of)
                .Where(one => (from is null || one.Day >= from) && (to is null || one.Day < to))
                .Where(one => service is null || Same(one.Service, service))
                .OrderBy(one => one.At)
                .ThenBy(one => one.Service, StringComparer.Ordinal),
        ];

    /// <summary>
    /// Those of the applications and products whose charges are in the answer; all of them when all charges are.
    /// </summary>
    /// <param name="question">The question of the chart.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <param name="also">A service that the question is about, whatever its charges are called.</param>
    public IReadOnlyList<Deployment> In(CostQuery question, CancellationToken cancel, string? also = null)
    {
        var all = All(question.From, question.To, null, cancel);
        if (all.Count == 0 || question.Where.Count == 0)
            return all;
        var narrow = question with
        {
            Measure = CostMeasure.EffectiveCost,
            By = Names,
            Over = null,
            Top = null,
            Split = CostSplit.None,
            // Names are asked for, whatever the currency.
            Conversion = null,
        };
        var named = new AskCosts(view)
            .Answer(narrow, cancel)
            .Rows.SelectMany(row => row.Keys)
            .OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. all.Where(one => named.Contains(one.Service) || (also is not null && Same(one.Service, also)))];
    }

    private static bool Same(string service, string other) => service.Equals(other, StringComparison.OrdinalIgnoreCase);
}
