using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary>A figure opened: by delivery, by rule, down to source rows. Each part sums to the figure.</summary>
/// <param name="Answer">The figure, with everything a reader must know to trust it.</param>
/// <param name="Deliveries">What each delivery holds of it.</param>
/// <param name="Rules">What each allocation rule assigned of it, per shared field.</param>
/// <param name="Rows">The largest source rows, and how many there are.</param>
internal sealed record Explanation(
    CostAnswer Answer,
    IReadOnlyList<ExplainedDelivery> Deliveries,
    IReadOnlyList<ExplainedRule> Rules,
    RowsView Rows
);

/// <summary>What one delivery holds of a figure.</summary>
internal sealed record ExplainedDelivery(BookedDelivery Booked, Money Cost, long Charges);

/// <summary>What one rule gave a value of one shared field; a rule of null is what no rule reached.</summary>
internal sealed record ExplainedRule(string Field, string? Rule, Money Cost);

/// <summary>Opens the answer to a question down to the rows it came from.</summary>
internal sealed class ExplainCosts(BooksView view)
{
    private readonly AskCosts ask = new(view);

    public Explanation Explain(CostQuery asked, int rows, CancellationToken cancel)
    {
        var plain = asked with { By = [], Over = null, Top = null, Split = CostSplit.None, Scopes = [] };
        var answer = ask.Answer(asked with { Over = null, Top = null, Split = CostSplit.None }, cancel);
        return new Explanation(
            ask.Answer(plain, cancel) with
            {
                Query = answer.Query,
                Notes = answer.Notes,
            },
            ByDelivery(plain, cancel),
            [.. Fields(answer.Query).SelectMany(field => ByRule(field, plain, cancel))],
            new ListRows(view).Page(plain with { By = answer.Query.By }, page: 1, rows, cancel)
        );
    }

    private List<ExplainedDelivery> ByDelivery(CostQuery plain, CancellationToken cancel) =>
        [
            .. ask.Answer(plain with { By = ["x_DeliveryId"] }, cancel)
                .Rows.Select(row => new ExplainedDelivery(
                    view.State.Require(row.Keys[0]!),
                    new Money(row.Cost, row.Currency),
                    row.Charges
                )),
        ];

    /// <summary>The shared fields that the question names, or all of them.</summary>
    private static List<string> Fields(CostQuery query)
    {
        var named = query.By.Concat(query.Where.Select(filter => filter.Column)).ToHashSet();
        var asked = CostColumns
            .SharedFields.Where(field => named.Contains(field) || named.Contains(CostColumns.RuleOf(field)))
            .ToList();
        return asked.Count > 0 ? asked : [.. CostColumns.SharedFields];
    }

    private IEnumerable<ExplainedRule> ByRule(string field, CostQuery plain, CancellationToken cancel) =>
        ask.Answer(plain with { By = [CostColumns.RuleOf(field)] }, cancel)
            .Rows.Select(row => new ExplainedRule(field, row.Keys[0], new Money(row.Cost, row.Currency)));
}
