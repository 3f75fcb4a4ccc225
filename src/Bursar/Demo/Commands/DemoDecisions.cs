using Bursar.Core.Diagnostics;
using Bursar.Manage.Chargeback;
using Bursar.Quantify.Forecasts;
using Bursar.Understand.Unallocated;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Demo.Commands;

/// <summary>
/// What the people of Aldermoor Insurance did with their books: a statement issued in two measures, the first
/// decisions about what belongs to nobody, and a forecast frozen twice.
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
        using var step = progress.Begin(
            "Issuing two statements, deciding about what nobody owns, keeping two forecasts"
        );
        IssueAsync(view, CostMeasure.EffectiveCost, cancel).GetAwaiter().GetResult();
        IssueAsync(view, CostMeasure.BilledCost, cancel).GetAwaiter().GetResult();
        Decide(view, cancel);
        Freeze(new DateOnly(2026, 5, 31), "For the mid-year review.", cancel);
        Freeze(new DateOnly(2026, 7, 31), "For the board of August.", cancel);
    }

    /// <summary>What would have been forecast then, kept as it was; of a company of few months there is none.</summary>
    private void Freeze(DateOnly known, string reason, CancellationToken cancel)
    {
        try
        {
            var question = new ForecastQuestion
            {
                Cost = new CostQuery { By = ["ServiceCategory"] },
                KnownThrough = known,
                Through = new DateOnly(2026, 12, 31),
            };
            new FreezeForecast(workspace, workspace.View()).Freeze(
                "board",
                reason,
                [],
                MakeDemo.Actor,
                question,
                cancel
            );
        }
        catch (RefusedException)
        {
            // Too little was known by that day.
        }
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
