using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Web;
using Bursar.Web.Addresses;
using Bursar.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Quantify.Budgets;

/// <summary>The books of a moment, for what asks about a budget's year.</summary>
internal delegate BooksView ViewOfBudgets(string? asOf);

/// <summary>/api/v1/budgets and below: what <c>bursar budgets … --format json</c> prints.</summary>
internal static class BudgetsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/budgets", AnswerAsync)
            .WithName("budgets")
            .WithSummary("What was spent in a month against each budget.");
        Table(routes, "/budgets/pace", "budgets-pace", "How fast each budget is used, and where its year lands.", Pace);
        Table(
            routes,
            "/budgets/breaches",
            "budgets-breaches",
            "Budgets that are exceeded, or whose forecast is.",
            (view, _, cancel) => PaceTables.Breaches(BudgetBreaches.Of(view, cancel))
        );
        Table(
            routes,
            "/budgets/workflow",
            "budgets-workflow",
            "What is done about exceeded budgets, and which step is due.",
            (view, _, cancel) =>
                PaceTables.Cases(OverageCases.Of(new BudgetBook(view), BudgetBreaches.Of(view, cancel)))
        );
        Table(
            routes,
            "/budgets/unused",
            "budgets-unused",
            "Money of budgets that will very probably not be needed.",
            (view, _, cancel) => PaceTables.Unused(UnusedFunds.Of(new PaceOfBudgets(view).All(null, cancel)))
        );
        Table(
            routes,
            "/budgets/log",
            "budgets-log",
            "Every version of every budget, with what waits for approval.",
            (view, _, _) => PaceTables.Versions(new BudgetBook(view), [.. view.Rulebook.All<Budget>()])
        );
        routes
            .MapGet(
                "/budgets/owners/{owner}",
                (string owner, ViewOfBudgets view, CancellationToken cancel, string? asof = null) =>
                    Task.Run(
                        () => ApiAnswer.Json(OwnerTables.Record(OwnersView.Of(view(asof), owner, cancel), false)),
                        cancel
                    )
            )
            .WithName("budgets-owner")
            .WithSummary("What one owner answers for: budget, forecast, commitments, actual, unit cost.");
        routes
            .MapGet("/budgets/{name}", OneAsync)
            .WithName("budget")
            .WithSummary("One budget: its periods, versions, holdbacks, and what was done about it.");
    }

    private static ResultTable Pace(BooksView view, string? through, CancellationToken cancel) =>
        PaceTables.Pace(new PaceOfBudgets(view).All(TimeText.Day(through), cancel));

    private static void Table(
        IEndpointRouteBuilder routes,
        string path,
        string name,
        string summary,
        Func<BooksView, string?, CancellationToken, ResultTable> make
    ) =>
        routes
            .MapGet(
                path,
                (
                    ViewOfBudgets view,
                    CancellationToken cancel,
                    string? asof = null,
                    string? through = null,
                    string? format = null
                ) =>
                    Task.Run(
                        () =>
                        {
                            var table = make(view(asof), through, cancel);
                            return format == "csv" ? ApiAnswer.Csv(table) : ApiAnswer.Json(table);
                        },
                        cancel
                    )
            )
            .WithName(name)
            .WithSummary(summary);

    private static Task<Results<ContentHttpResult, NoContent>> OneAsync(
        string name,
        ViewOfBudgets at,
        CancellationToken cancel,
        string? asof = null,
        string? through = null
    ) =>
        Task.Run<Results<ContentHttpResult, NoContent>>(
            () =>
            {
                var pace = new PaceOfBudgets(at(asof));
                return pace.Of(pace.Book.Require(name), TimeText.Day(through), cancel) is { } found
                    ? ApiAnswer.Json(PaceTables.Record(found, pace.Book, forPeople: false))
                    : TypedResults.NoContent();
            },
            cancel
        );

    private static async Task<Results<ContentHttpResult, ProblemHttpResult, NoContent>> AnswerAsync(
        HttpContext context,
        ReviewBudgets review,
        string? month,
        string? format,
        CancellationToken cancellationToken
    )
    {
        var (question, diagnostics) = CostQueryUrl.Read(context.Request.QueryString.Value, "month", "format");
        if (diagnostics.Count > 0)
            return Problems.Of(diagnostics[0]);
        if (await review(question, month, cancellationToken) is not { } reviewed)
            return TypedResults.NoContent();
        var table = BudgetTables.Of(reviewed.Statuses, reviewed.Month);
        if (format == "csv")
            return ApiAnswer.Csv(table);
        return ApiAnswer.Json(table);
    }
}
