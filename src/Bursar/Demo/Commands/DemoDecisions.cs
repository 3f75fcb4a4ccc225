using Bursar.Manage.Chargeback;
using Bursar.Understand.Unallocated;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Demo.Commands;

/// <summary>
/// What the people of Aldermoor Insurance did with their books: a statement issued in two measures, and the first
/// decisions about what belongs to nobody.
/// </summary>
internal sealed class DemoDecisions(Workspace workspace, IProgressReport progress)
{
    private const string Month = "2026-08";
    private const string Owner = "head-of-digital";
    private const int DecisionsMin = 4;

    /// <summary>Makes them once: books that hold an issued statement are left as they are.</summary>
    public void Make(CancellationToken cancel)
    {
        if (workspace.Books.Current().IssuedDocuments.Count > 0)
            return;
        var view = workspace.View();
        if (view.DataThrough is not { } through || through < new DateOnly(2026, 9, 30))
            return;
        using var step = progress.Begin("Issuing two statements, deciding about what nobody owns");
        IssueAsync(view, CostMeasure.EffectiveCost, cancel).GetAwaiter().GetResult();
        IssueAsync(view, CostMeasure.BilledCost, cancel).GetAwaiter().GetResult();
        Decide(view, cancel);
    }

    private async Task IssueAsync(BooksView view, CostMeasure measure, CancellationToken cancel)
    {
        var subject = Subjects.Of(view, null, [KeyValuePair.Create(ShowbackCli.UsualField, (string?)Owner)]);
        var statement = new WriteStatement(view, measure: measure).Of(subject, StatementPeriod.Read(Month), cancel);
        var html = await StatementFiles.BytesAsync(statement, ".html");
        new IssueStatement(workspace).Issue(statement, html, cancel, MakeDemo.Actor);
    }

    private void Decide(BooksView view, CancellationToken cancel)
    {
        var field = QueueColumns.Field(null);
        var items = new FindUnallocated(view, field).Of(null, cancel).Items;
        if (items.Count < DecisionsMin)
            return;
        var decide = new DecideUnallocated(workspace, view, field, null, MakeDemo.Actor);
        var clear = items.FirstOrDefault(item => item.Suggested?.Owner == "4410") ?? items[2];
        decide.Assign(clear.Id, "4410", "The register of items names the service desk; a rule is proposed.");
        decide.Dispute(
            items[0].Id,
            null,
            "Brightlane was bought in spring: its accounts stay with the integration office until they are moved."
        );
        decide.Resolve(
            items[^1].Id,
            "Agreed with technology finance: the plan is shared, and stays central until renewal."
        );
    }
}
