using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Manage.Strategy;
using Bursar.Rulebooks;
using Bursar.Understand.Sources.Outlets;

namespace Bursar.Manage.Limits;

/// <summary>
/// How much a key, an agent, a team or a model may spend in a period and how fast, who is told and what stops it
/// (GOV-05).
/// </summary>
internal sealed record SpendLimit : Declaration, IEffectiveDated
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("The scope it limits; or give where."), RefersTo("Scope")]
    public string? Scope { get; init; }

    [Description("Which charges it limits, as in a scope: x_ApiKeyName: triage-agent."), AsFilter]
    public Conditions? Where { get; init; }

    [Description("A column: every value of it has this limit for itself. x_ApiKeyName is one for each key.")]
    public string? Each { get; init; }

    [Description("cost: the charges that count. logs: what logs say was used, at their prices, before a bill is here.")]
    public LimitSource Of { get; init; }

    [Description("How much may be spent in the period, in the currency.")]
    public required Amount Amount { get; init; }

    [Description("The currency, three capital letters."), CurrencyCode]
    public required string Currency { get; init; }

    [Description("For which time: day, week (from Monday), month, or total (from its first to its last day).")]
    public LimitPeriod Per { get; init; } = LimitPeriod.Month;

    [Description("The first day on which it holds.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last one.")]
    public DateOnly? To { get; init; }

    [
        Description("An hour that costs so many times what it may for the amount to last trips the wire."),
        Between(1, 1000)
    ]
    public decimal Factor { get; init; } = 3;

    [Description("What an hour may cost at most, in the currency, however much is left.")]
    public Amount? PerHour { get; init; }

    [Description("How much may be used in the same period: tokens, requests.")]
    public QuantityLimit? Quantity { get; init; }

    [Description("From which part of the amount on somebody is told, in percent."), Between(1, 100)]
    public int SoftPercent { get; init; } = 80;

    [Description("From which part of the amount on it is stopped, in percent."), Between(1, 100)]
    public int HardPercent { get; init; } = 95;

    [
        Description("How many hours pass until somebody can act; what would be gone by then is stopped."),
        Between(0, 1000)
    ]
    public decimal? ResponseHours { get; init; }

    [Description("What may be spent without asking anybody, in the currency; the amount, unless given (GOV-06).")]
    public Amount? Approval { get; init; }

    [Description("The fastest that it can spend an hour, as quotas have it; without it, the fastest hour seen.")]
    public Amount? PeakPerHour { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("What is called at softPercent, and by the tripwire.")]
    public StopHook? Soft { get; init; }

    [Description("What is called to stop it: at hardPercent, or when nobody could act in time.")]
    public StopHook? Hard { get; init; }

    [Description("Which of the two the tripwire calls.")]
    public StopKind Tripwire { get; init; }

    [Description("Where links lead: https://finops.example.com. Without it, this machine's own pages.")]
    public string? Link { get; init; }

    /// <summary>The name that people read.</summary>
    internal string Title => DisplayName ?? Name;

    internal Currency Money => new(Currency);

    /// <summary>Its charges, as conditions: its own, its scope's, or none (everything).</summary>
    internal Conditions ChargesIn(Rulebook rulebook) =>
        Where ?? (Scope is null ? null : rulebook.Find<Scope>(Scope)?.Charges) ?? new Conditions([]);

    /// <summary>What is called when a level is reached; a stop that is not declared falls to the warning.</summary>
    internal StopHook? HookOf(LimitState level) =>
        level switch
        {
            LimitState.Hard or LimitState.Exhausted => Hard ?? Soft,
            LimitState.Tripwire when Tripwire == StopKind.Hard => Hard ?? Soft,
            _ => Soft,
        };

    public override void Check(RulebookCheck check)
    {
        if (Scope is not null && Where is not null)
            check.Error(this, "where", "scope-and-filter", "This limit has both a scope and a filter.", "Keep one.");
        if (Amount <= Amount.Zero)
            check.Error(
                this,
                "amount",
                "limit-amount",
                $"A limit of {Amount} {Currency} allows nothing.",
                "Write an amount above zero; to allow nothing, take the key away."
            );
        foreach (
            var (key, amount) in new[] { ("perHour", PerHour), ("approval", Approval), ("peakPerHour", PeakPerHour) }
        )
            if (amount <= Amount.Zero)
                check.Error(this, key, "limit-amount", $"{key} is {amount}.", "Write an amount above zero.");
        if (SoftPercent >= HardPercent)
            check.Error(
                this,
                "softPercent",
                "limit-order",
                $"It warns at {SoftPercent} % and stops at {HardPercent} %.",
                "Warn before it stops: softPercent below hardPercent."
            );
        if (Per == LimitPeriod.Total && (From is null || To is null))
            check.Error(
                this,
                "per",
                "limit-total",
                "A limit in total has no first or no last day, so there is no pace at which it would last.",
                "Give from: and to: (the day after the last one)."
            );
        Soft?.Check(this, "soft", check);
        Hard?.Check(this, "hard", check);
        OutletRules.Address(this, "link", Link, check);
    }
}

/// <summary>Which charges a limit counts.</summary>
internal enum LimitSource
{
    /// <summary>The charges that count: bills, and estimates until their bill is here.</summary>
    Cost,

    /// <summary>What logs say, at the prices they were given.</summary>
    Logs,
}

/// <summary>For which time a limit holds, before it begins anew.</summary>
internal enum LimitPeriod
{
    Day,
    Week,
    Month,
    Total,
}

/// <summary>Who is called.</summary>
internal enum StopKind
{
    Soft,
    Hard,
}

/// <summary>How much may be used in the period of a limit, in one unit.</summary>
internal sealed record QuantityLimit : RulebookRecord
{
    [Description("How much.")]
    public required Amount Amount { get; init; }

    [Description("Of which ConsumedUnit: Tokens, Requests.")]
    public required string Unit { get; init; }

    [Description("How much in an hour at most.")]
    public Amount? PerHour { get; init; }
}

/// <summary>What is called when a limit is near: a gateway that stops a key, a channel, a mailbox, a folder.</summary>
internal sealed record StopHook : RulebookRecord, IOutlet
{
    [Description("The folder it is written to. A relative path begins at the rulebook's folder.")]
    public string? Folder { get; init; }

    [Description("The address it is posted to, https: \"${STOP_WEBHOOK}\" is read from the environment.")]
    public string? Webhook { get; init; }

    [Description("What is sent with it: Authorization: \"Bearer ${STOP_TOKEN}\", of the environment.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [Description("Whom it is mailed to, by the server of smtp.")]
    public IReadOnlyList<string> Email { get; init; } = [];

    [Description("The mail server.")]
    public MailServer? Smtp { get; init; }

    [Description("text, json, slack or teams. Without it, text in a folder and json to an address; mail is text.")]
    public MessageForm? Form { get; init; }

    internal void Check(SpendLimit limit, string key, RulebookCheck check) =>
        OutletRules.Check(this, this, $"{key}: of {limit.Name}", check);
}
