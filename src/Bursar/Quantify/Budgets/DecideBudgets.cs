using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Warehouse.Books;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>Writes what people decide about budgets into the journal.</summary>
/// <param name="workspace">The books.</param>
/// <param name="view">The books and rules as they are now.</param>
internal sealed class DecideBudgets(Workspace workspace, BooksView view)
{
    private readonly BudgetBook book = new(view);

    private readonly BudgetRights rights = new(view);

    /// <summary>Releases money that is held back, or takes money back.</summary>
    /// <param name="name">The budget.</param>
    /// <param name="way">Released, or taken back.</param>
    /// <param name="level">Of which level; null for the first.</param>
    /// <param name="period">The month, quarter or year.</param>
    /// <param name="amount">How much.</param>
    /// <param name="by">Who releases it; required where the level says who may.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="RefusedException">There is not so much of it, or somebody else may.</exception>
    public HoldbackMoved Move(
        string name,
        HoldbackWay way,
        string? level,
        string period,
        Amount amount,
        string? by,
        string reason
    )
    {
        var budget = book.Require(name);
        var days = Days(budget, period);
        RequireReason(reason);
        if (amount <= Amount.Zero)
            throw Refused("bad-amount", $"{amount} is not an amount to move.", "Write an amount above zero.");
        var levels = book.LevelsOf(budget);
        var held = book.HeldBack(budget, days);
        var of =
            level
            ?? (
                levels.Count > 0 ? levels[0].Level
                : held.Count > 0 ? held[0].Level
                : "owner"
            );
        if (level is not null && levels.All(one => one.Level != level) && held.All(one => one.Level != level))
            throw Refused(
                "unknown-level",
                $"{name} has no level \"{level}\".{DidYouMean.Question(level, levels.Select(one => one.Level))}",
                levels.Count == 0
                    ? "It has none: add holdbacks: to the budget or to the one it is a part of."
                    : $"It has {string.Join(", ", levels.Select(one => one.Level))}."
            );
        rights.RequireOwner(by);
        if (way == HoldbackWay.Release)
            BudgetRights.RequireReleaser(budget, levels.FirstOrDefault(one => one.Level == of), by);
        var there =
            way == HoldbackWay.Release
                ? held.FirstOrDefault(one => one.Level == of).Amount
                : book.Spendable(budget, days);
        if (amount > there)
            throw Refused(
                "not-so-much",
                way == HoldbackWay.Release
                    ? $"Of {name}, {Money(budget, there)} is held back in {period} at the level {of}."
                    : $"Of {name}, {Money(budget, there)} may be spent in {period}, so no more can be taken back.",
                "Write that amount, or less."
            );
        var fact = new HoldbackMoved(name, of, period, way, amount, reason.Trim())
        {
            By = by,
            From = book.CalendarOf(budget).PartsOf(period).Count > 1 ? view.DataThrough : null,
        };
        Append(NewEntry.Of(HoldbackMoved.Kind, fact, BudgetFactsJson.Line.HoldbackMoved));
        return fact;
    }

    /// <summary>Says what was done about an exceeded budget.</summary>
    /// <param name="name">The budget.</param>
    /// <param name="period">The month or year; null for the one that is exceeded.</param>
    /// <param name="step">Which step; null for the one that is due.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="amount">With a holdback, how much of it is released.</param>
    /// <param name="by">Who releases or decides; required for a decision, and where a level says who may.</param>
    /// <param name="note">What was found or decided.</param>
    /// <param name="cancel">Ends the work early.</param>
    public OverageCase Step(
        string name,
        string? period,
        OverageStep? step,
        OverageOutcome outcome,
        Amount? amount,
        string? by,
        string note,
        CancellationToken cancel
    )
    {
        var budget = book.Require(name);
        RequireReason(note);
        rights.RequireOwner(by);
        var cases = OverageCases
            .Of(book, BudgetBreaches.Of(view, cancel))
            .Where(one => one.Budget.Name == name && (period is null || one.Period == period))
            .ToList();
        if (cases.Count == 0)
            throw Refused(
                "nothing-over",
                $"{name} is not exceeded{(period is null ? "" : " in " + period)}, and its forecast does not say so.",
                "`bursar budgets breaches` lists what is."
            );
        var found =
            cases.Find(one => !one.IsSettled)
            ?? throw Refused(
                "overage-settled",
                $"What {name} was over in {cases[0].Period} is settled: {cases[0].Last!.Fact.Note}",
                "Nothing has to be done; another month is another overage."
            );
        var due = found.Next!.Value;
        var asked = step ?? due;
        if (asked > due)
            throw Refused(
                "step-too-early",
                $"The step that is due for {name} in {found.Period} is {Word(due)}, not {Word(asked)}.",
                $"First say how it ended: bursar budgets overage {name} --step {Word(due)} --outcome not-enough --reason \"…\"."
            );
        var isHoldback = asked is OverageStep.Holdback or OverageStep.HigherHoldback;
        if (asked == OverageStep.Decision)
            BudgetRights.RequireDecider(book, budget, by);
        if (amount is not null && !isHoldback)
            throw Refused("bad-amount", $"The step {Word(asked)} moves no money.", "Leave --amount away.");
        if (amount is { } released)
            Move(name, HoldbackWay.Release, Level(budget, asked), found.Period, released, by, note);
        var fact = new OverageStepped(name, found.Period, asked, outcome, note.Trim(), amount) { By = by };
        var entry = Append(NewEntry.Of(OverageStepped.Kind, fact, BudgetFactsJson.Line.OverageStepped));
        return found with { Steps = [.. found.Steps, new OverageEntry(fact, entry.Seq, entry.At, entry.Actor)] };
    }

    /// <summary>Proposes changes of budgets; they count at once when somebody agreed.</summary>
    public long Revise(IReadOnlyList<BudgetRevised> revisions, string? approvedBy)
    {
        foreach (var one in revisions)
        {
            RequireReason(one.Reason);
            var budget = book.Require(one.Budget);
            if (book.VersionsOf(budget).Any(version => version.Name == one.Version))
                throw Refused(
                    "version-twice",
                    $"{one.Budget} has a version \"{one.Version}\" already.",
                    "Give the change another name with --name."
                );
        }
        rights.RequireOwner(approvedBy);
        var fact = new BudgetsRevised(revisions) { ApprovedBy = approvedBy };
        return Append(NewEntry.Of(BudgetsRevised.Kind, fact, BudgetFactsJson.Line.BudgetsRevised)).Seq;
    }

    /// <summary>Decides about a change that waits.</summary>
    public IReadOnlyList<BudgetRevision> Rule(long revision, string? name, bool isApproved, string by, string reason)
    {
        RequireReason(reason);
        rights.RequireOwner(by);
        var waiting = book
            .Log.Revisions.Where(one => one.Seq == revision && (name is null || one.Fact.Budget == name))
            .ToList();
        if (waiting.Find(one => one.State == RevisionState.Waiting) is null)
            throw Refused(
                "nothing-waits",
                waiting.Count == 0
                    ? $"Entry {revision} holds no change of a budget."
                    : $"The change of entry {revision} is {waiting[0].State.ToString().ToLowerInvariant()} already.",
                "`bursar budgets log` lists what waits."
            );
        if (
            isApproved
            && waiting[0].Actor == BooksOfRecord.DefaultActor
            && view.Rulebook.All<Organisation>().Any(one => one.Approval == PublishApproval.Required)
        )
            throw Refused(
                "own-change",
                $"{waiting[0].Actor} proposed this change, and somebody else has to approve it (approval: required).",
                "Let another person run the same command."
            );
        var fact = new BudgetRuled(revision, name, isApproved, by, reason.Trim());
        Append(NewEntry.Of(BudgetRuled.Kind, fact, BudgetFactsJson.Line.BudgetRuled));
        return waiting;
    }

    /// <summary>The months to come as they are expected now, as a change of the budget (BUD-08).</summary>
    /// <param name="name">The budget.</param>
    /// <param name="from">The first month that changes.</param>
    /// <param name="months">How many months.</param>
    /// <param name="version">What the change is called; null for "rolling MONTH".</param>
    /// <param name="reason">Why.</param>
    /// <param name="assumptions">What it rests on, besides what earlier versions did.</param>
    /// <param name="cancel">Ends the work early.</param>
    public BudgetRevised Rolling(
        string name,
        BillingPeriod from,
        int months,
        string? version,
        string reason,
        IReadOnlyList<string> assumptions,
        CancellationToken cancel
    )
    {
        var budget = book.Require(name);
        RequireReason(reason);
        var last = from.Plus(months - 1);
        var (outlook, why) = AskOutlook.Of(view, budget, null, last.End.AddDays(-1), cancel);
        if (outlook is null || from.Start < outlook.From)
            throw Refused(
                "no-forecast",
                outlook is null
                    ? $"{name} cannot be budgeted anew by its forecast: {why ?? "it is in another currency"}"
                    : $"{from} is not ahead: the forecast begins with {outlook.From:yyyy-MM}.",
                "`bursar budgets import FILE` takes amounts that somebody wrote."
            );
        return new BudgetRevised(
            name,
            version ?? $"rolling {from}",
            Enumerable
                .Range(0, months)
                .Select(from.Plus)
                .ToDictionary(month => month.ToString(), month => outlook.Point.In(DateRange.Of(month)).RoundedTo(0)),
            reason.Trim(),
            [.. book.VersionsOf(budget)[^1].Assumptions.Concat(assumptions).Distinct()],
            $"forecast of {view.DataThrough:yyyy-MM-dd}: {outlook.Reason}"
        );
    }

    /// <summary>"higher-holdback".</summary>
    public static string Word(OverageStep step) => Cli.Choice.KebabCase(step.ToString());

    private string Level(Budget budget, OverageStep step)
    {
        var levels = book.LevelsOf(budget);
        var place = step == OverageStep.Holdback ? 0 : 1;
        return place < levels.Count
            ? levels[place].Level
            : throw Refused(
                "unknown-level",
                $"{budget.Name} has {Display.Count(levels.Count, "level", "levels")} of holdbacks, and none {(place == 0 ? "to release" : "above the first")}.",
                "Add holdbacks: to the budget or to the one it is a part of, or record the step without --amount."
            );
    }

    private DateRange Days(Budget budget, string period)
    {
        var parts = book.CalendarOf(budget).PartsOf(period);
        if (parts.Count == 0)
            throw Refused(
                "bad-period",
                $"\"{period}\" is not a period of {budget.Name}.",
                "Write a month (2026-09), a quarter (2026-Q3), a year (2026), or a period of its calendar (FY2026-P09)."
            );
        return new DateRange(parts[0].Days.Start, parts[^1].Days.End);
    }

    private static void RequireReason(string reason)
    {
        if (reason.Trim().Length == 0)
            throw Refused(
                "no-reason",
                "A decision needs a reason: later readers will ask for it.",
                "Write --reason \"…\"."
            );
    }

    private JournalEntry Append(NewEntry entry) => workspace.Books.Append(BooksOfRecord.DefaultActor, entry);

    private static string Money(Budget budget, Amount amount) =>
        Display.Full(new Money(amount, new Currency(budget.Currency)));

    private static RefusedException Refused(string code, string message, string remedy) =>
        new("budgets/" + code, message, remedy, exitCode: 2);
}
