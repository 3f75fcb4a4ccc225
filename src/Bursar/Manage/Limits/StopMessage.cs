using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Sources.Outlets;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Limits;

/// <summary>A level that a limit reached, and the mark by which it is told once.</summary>
/// <param name="State">Soft, tripwire, hard or exhausted.</param>
/// <param name="Mark">The same for the same level of the same period and amount, or the same fast hours.</param>
internal sealed record ReachedLevel(LimitState State, string Mark)
{
    /// <summary>Every level that a limit has reached, lowest first.</summary>
    public static IReadOnlyList<ReachedLevel> Of(LimitStatus status)
    {
        var reached = new List<ReachedLevel>();
        var used = Math.Max(status.Money.UsedShare ?? 0, status.Quantity?.UsedShare ?? 0) * 100;
        if (used >= status.Limit.SoftPercent)
            reached.Add(OfPeriod(LimitState.Soft));
        reached.AddRange(
            status.FastNow.Select(fast => new ReachedLevel(
                LimitState.Tripwire,
                $"tripwire {fast.Start:yyyy-MM-ddTHH:mmZ}"
            ))
        );
        if (status.State >= LimitState.Hard)
            reached.Add(OfPeriod(LimitState.Hard));
        if (status.State == LimitState.Exhausted)
            reached.Add(OfPeriod(LimitState.Exhausted));
        return reached;

        ReachedLevel OfPeriod(LimitState state) =>
            new(state, $"{LimitTables.Word(state)} {status.Period.Start:yyyy-MM-dd} {status.Money.Cap}");
    }
}

/// <summary>What a hook is told.</summary>
/// <param name="Status">The limit.</param>
/// <param name="Levels">What it reached and nobody was told of.</param>
internal sealed record StopMessage(LimitStatus Status, IReadOnlyList<ReachedLevel> Levels)
{
    private const string OwnPages = "http://127.0.0.1:4717";

    private LimitState Worst => Levels.Max(level => level.State);

    /// <summary>What a program that listens should do: "warn" or "stop".</summary>
    private string Action =>
        Worst >= LimitState.Hard || (Worst == LimitState.Tripwire && Status.Limit.Tripwire == StopKind.Hard)
            ? "stop"
            : "warn";

    public OutMessage Out() =>
        new(
            $"{string.Concat(Status.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'))}-{LimitTables.Word(Worst)}-{Status.Until:yyyyMMddHH}",
            Title,
            [LimitTables.Sentence(Status)],
            [.. Status.FastNow.Select(fast => LimitTables.Words(fast, Status.Money.Unit))],
            Action == "stop"
                ? $"Stop it, or say why it may go on: bursar limits override {Status.Name} --to AMOUNT --until DAY --reason TEXT."
                : $"See what drives it: bursar limits show {Status.Name}.",
            (Status.Limit.Link ?? OwnPages).TrimEnd('/') + WebAddress.With("/limits", "name", Status.Name),
            "the limit",
            ResultRecord.Of(
                ("action", Action),
                ("levels", Levels.Select(level => LimitTables.Word(level.State)).Distinct().ToList()),
                ("limit", LimitTables.Item(Status))
            )
        );

    private string Title =>
        Worst switch
        {
            LimitState.Exhausted => $"{Status.Title}: nothing is left of {Cap}",
            LimitState.Hard => $"{Status.Title}: {Left} left of {Cap}",
            LimitState.Tripwire => $"{Status.Title}: faster than {Short(Status.Money.Tripwire ?? 0)} an hour",
            _ => $"{Status.Title}: {Display.Percent(Status.Money.UsedShare, 0)} of {Cap} is spent",
        };

    private string Cap => Display.Short(new Money(Status.Money.Cap, Status.Money.Unit));

    private string Left => Display.Short(new Money(Status.Money.Remaining, Status.Money.Unit));

    private string Short(decimal amount) => Display.Short(new Money(Amount.From(amount), Status.Money.Unit));
}
