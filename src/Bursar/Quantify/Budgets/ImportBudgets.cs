using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Records;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>
/// Reads budget lines of a spreadsheet: budget, period, amount, currency. A file is taken whole or not at all; every
/// mistake has its row.
/// </summary>
internal sealed class ImportBudgets(Workspace workspace, BooksView view)
{
    private const string Headings = "BudgetId, Period, Amount, Currency";

    private readonly BudgetBook book = new(view);

    /// <summary>The changes that a file asks for, or what is wrong with it.</summary>
    /// <param name="name">The file.</param>
    /// <param name="budget">The budget of all its lines, where no column says so.</param>
    /// <param name="version">What the change is called.</param>
    /// <param name="reason">Why.</param>
    /// <param name="assumptions">What it rests on.</param>
    /// <param name="cancel">Ends the work early.</param>
    public (IReadOnlyList<BudgetRevised> Revisions, IReadOnlyList<Diagnostic> Mistakes) Read(
        string name,
        string? budget,
        string version,
        string reason,
        IReadOnlyList<string> assumptions,
        CancellationToken cancel
    )
    {
        var (lines, wrong) = Lines(name, budget, cancel, out var file);
        var mistakes = wrong.ToList();
        var amounts = new Dictionary<string, Dictionary<string, Amount>>();
        foreach (var line in lines.Where(line => wrong.Count == 0 || IsWhole(line)))
            Take(line, file, amounts, mistakes);
        if (mistakes.Count == 0 && amounts.Count == 0)
            mistakes.Add(Wrong(file, 1, "budgets/no-lines", "The file holds no budget line.", "Write at least one."));
        return mistakes.Count > 0
            ? ([], mistakes)
            : (
                [
                    .. from pair in amounts
                    let plan = book.PlanOf(book.Require(pair.Key))
                    let changed = pair.Value.Where(line => !IsPlanned(pair.Key, plan, line.Key, line.Value))
                    where changed.Any()
                    select new BudgetRevised(
                        pair.Key,
                        version,
                        changed.ToDictionary(),
                        reason,
                        assumptions,
                        Path.GetFileName(file)
                    ),
                ],
                []
            );
    }

    /// <summary>Budgets whose amounts follow from something else: what is imported no longer does.</summary>
    public static IEnumerable<string> Fixed(BudgetBook book, IReadOnlyList<BudgetRevised> changes) =>
        from change in changes
        let budget = book.Require(change.Budget)
        let way = budget.SumOfParts ? "is the sum of its parts"
        : budget.SharePercent is { } percent ? $"is {Amount.From(percent)} % of {budget.Parent}"
        : budget.Driver is not null ? "is a volume times a rate"
        : null
        where way is not null
        select $"{budget.Name} {way}: once approved, {string.Join(", ", change.Amounts.Keys)} would be fixed "
            + "amounts that no longer follow it.";

    /// <summary>Whether a line says what the plan says already, part by part.</summary>
    private bool IsPlanned(string name, BudgetPlan plan, string period, Amount amount) =>
        BudgetMath
            .Spread(amount, book.CalendarOf(book.Require(name)).PartsOf(period), plan.Decimals)
            .All(part => plan.SpeaksOf(part.Days) && plan.In(part.Days) == part.Amount);

    private static bool IsWhole(BusinessRecord line) =>
        line.Text("BudgetId") is not null && line.Text("Period") is not null && line.Amount("Amount") is not null;

    /// <summary>What the file holds, and what of it cannot be read, in words for who writes a spreadsheet.</summary>
    private (IReadOnlyList<BusinessRecord> Lines, IReadOnlyList<Diagnostic> Wrong) Lines(
        string name,
        string? budget,
        CancellationToken cancel,
        out string title
    )
    {
        var file = FindSourceFiles.In([name], workspace.Books.Folder.Root)[0];
        title = file.Name;
        using var staging = workspace.Books.Stage();
        using var session = workspace.Engine.Connect();
        var choices = new ReadingChoices
        {
            Kind = RecordKinds.Named("budgets"),
            Constants = budget is null
                ? new Dictionary<string, string>()
                : new Dictionary<string, string> { ["BudgetId"] = book.Require(budget).Name },
        };
        try
        {
            var prepared = new PrepareFile(file, staging.Folder).Read(takesHash: false, cancel);
            var text = ParquetAsText.Of(prepared, staging.Folder, session, cancel);
            var (_, lines, wrong) = new ReadRecords(text, choices).Read(cancel);
            return (lines, [.. wrong.Select(InWordsOfPlans)]);
        }
        catch (RefusedException refused) when (refused.Diagnostic.Code == "ingestion/empty-file")
        {
            throw new RefusedException(
                refused.Diagnostic with
                {
                    Remedy = $"Write {Headings} into its first row, and a line for each period below it.",
                },
                refused.ExitCode
            );
        }
    }

    private static Diagnostic InWordsOfPlans(Diagnostic one) =>
        one.Code switch
        {
            "records/missing-column" => one with
            {
                Remedy =
                    $"Head the columns {Headings}, as `bursar budgets export` does"
                    + (
                        one.Message.Contains("BudgetId", StringComparison.Ordinal)
                            ? "; or name the budget of all lines with --budget NAME."
                            : "."
                    ),
            },
            "records/bad-value" => one with { Remedy = "Write digits with a point for decimals: 20000 or 1999.50." },
            _ => one,
        };

    private void Take(
        BusinessRecord line,
        string file,
        Dictionary<string, Dictionary<string, Amount>> amounts,
        List<Diagnostic> mistakes
    )
    {
        var (id, period, code) = (line.Text("BudgetId"), line.Text("Period"), line.Text("Currency"));
        if (book.Budgets.FirstOrDefault(one => one.Name == id) is not { } budget)
        {
            Mistake(
                "budgets/unknown",
                $"No budget is called \"{id}\".{DidYouMean.Question(id ?? "", book.Budgets.Select(one => one.Name))}",
                "Declare it first, with kind: Budget."
            );
            return;
        }
        if (code is not null && code != budget.Currency)
            Mistake(
                "budgets/other-currency",
                $"{id} is in {budget.Currency}, and this line in {code}.",
                $"Write the amount in {budget.Currency}."
            );
        if (period is null || book.CalendarOf(budget).PartsOf(period).Count == 0)
            Mistake(
                "budgets/bad-period",
                $"\"{period}\" is not a period of {id}.",
                "Write a month (2026-09), a quarter (2026-Q3), a year (2026), or a period of its calendar (FY2026-P09)."
            );
        else if (line.Amount("Amount") is not { } amount || amount.IsNegative)
            Mistake(
                "budgets/bad-amount",
                $"{line.Amount("Amount")} is not an amount that may be spent.",
                "Write zero or more."
            );
        else
        {
            var ofBudget = amounts.TryGetValue(budget.Name, out var known) ? known : amounts[budget.Name] = [];
            var calendar = book.CalendarOf(budget);
            var days = calendar.PartsOf(period).Select(part => part.Days).ToList();
            if (
                ofBudget.Keys.FirstOrDefault(other => calendar.PartsOf(other).Any(part => days.Contains(part.Days))) is
                { } same
            )
                Mistake(
                    "budgets/period-twice",
                    $"{id} has an amount for {same} further up, which shares days with {period}.",
                    "Give every period one line."
                );
            else
                ofBudget[period] = amount;
        }

        // The heading is row 1.
        void Mistake(string what, string message, string remedy) =>
            mistakes.Add(Wrong(file, (int)line.Row + 1, what, message, remedy));
    }

    private static Diagnostic Wrong(string file, int row, string code, string message, string remedy) =>
        new(code, Severity.Error, message, remedy, new SourcePosition(file, row, 1));

    /// <summary>The plan as lines that can be changed and imported again.</summary>
    public static ResultTable Export(BudgetBook book, IReadOnlyList<Budget> budgets, string? version) =>
        new(
            [
                new("BudgetId"),
                new("Period", ColumnKind.Whole),
                new("Amount", ColumnKind.Figure),
                new("Currency", ColumnKind.Whole),
                new("Owner", Spare: true),
            ],
            [
                .. from budget in budgets
                let calendar = book.CalendarOf(budget)
                from part in book.PlanOf(budget, version).Parts
                let named = calendar.YearOf(part.Days.Start)?.Periods.FirstOrDefault(one => one.Days == part.Days)
                select (IReadOnlyList<object?>)
                    [
                        budget.Name,
                        named?.Name ?? $"{part.Days.Start:yyyy-MM}",
                        part.Amount,
                        budget.Currency,
                        budget.Owner,
                    ],
            ]
        )
        {
            WhenEmpty = "No budget is declared. Write kind: Budget into the rulebook, then `bursar publish`.",
        };
}
