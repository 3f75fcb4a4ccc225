using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Rulebooks;
using Bursar.Understand.Sources.Outlets;

namespace Bursar.Understand.Anomalies.Alerts;

/// <summary>Who hears of which anomalies, by which way, and when not.</summary>
internal sealed record Alert : SentDeclaration
{
    [Description("Only anomalies of this owner."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("Only what has no owner, and defects of data: for the FinOps practice.")]
    public bool Unowned { get; init; }

    [Description("Only anomalies of these charges, at least by half."), AsFilter]
    public Conditions? Where { get; init; }

    [Description("Only from this excess on, in the currency; the books' own floor holds anyway.")]
    public Amount? AtLeast { get; init; }

    [Description("The currency of atLeast; anomalies in others are not told then."), CurrencyCode]
    public string? Currency { get; init; }

    [Description("each: one message for each anomaly. daily: one a day with all that are new.")]
    public AlertCadence Cadence { get; init; } = AlertCadence.Each;

    [Description("So many messages in seven days; the last one tells all the rest."), Between(1, 100)]
    public int PerWeek { get; init; } = 3;

    [Description("When nothing is sent; it is sent afterwards.")]
    public QuietHours? Quiet { get; init; }

    public override void Check(RulebookCheck check)
    {
        base.Check(check);
        if (AtLeast is not null != Currency is not null)
            check.Error(
                this,
                AtLeast is null ? "currency" : "atLeast",
                "alert-amount",
                "An amount needs its currency.",
                "Give both atLeast: and currency:, or neither."
            );
        if (Owner is not null && Unowned)
            check.Error(
                this,
                "owner",
                "alert-whose",
                "It is for an owner and for what has none.",
                "Keep one of owner: and unowned:."
            );
        if (Quiet is { } quiet && quiet.Mistake() is { } mistake)
            check.Error(
                this,
                "quiet",
                "alert-quiet",
                mistake,
                "Write quiet: {from: \"18:00\", to: \"08:00\", zone: Europe/London}."
            );
    }
}

/// <summary>How often an alert is sent.</summary>
internal enum AlertCadence
{
    /// <summary>One message for each anomaly.</summary>
    Each,

    /// <summary>One message a day with all that are new.</summary>
    Daily,
}

/// <summary>Hours in which nobody is woken.</summary>
internal sealed record QuietHours : RulebookRecord
{
    [Description("When they begin: \"18:00\".")]
    public required string From { get; init; }

    [Description("When they end: \"08:00\", on the next day when that is earlier.")]
    public required string To { get; init; }

    [Description("The time zone: Europe/London. Without it, UTC.")]
    public string? Zone { get; init; }

    [Description("Whether Saturday and Sunday are quiet too.")]
    public bool Weekends { get; init; }

    /// <summary>What is wrong with them; null when nothing is.</summary>
    internal string? Mistake() =>
        Time(From) is null ? $"\"{From}\" is no time of a day."
        : Time(To) is null ? $"\"{To}\" is no time of a day."
        : Zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _) ? $"\"{Zone}\" is no time zone."
        : null;

    internal bool IsQuiet(DateTimeOffset moment)
    {
        var local = Local(moment);
        if (Weekends && local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            return Weekends;
        var (from, to, now) = (Time(From)!.Value, Time(To)!.Value, TimeOnly.FromDateTime(local));
        return from <= to ? now >= from && now < to : now >= from || now < to;
    }

    private DateTime Local(DateTimeOffset moment) =>
        Zone is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known)
            ? TimeZoneInfo.ConvertTime(moment, known).DateTime
            : moment.UtcDateTime;

    private static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text, "HH:mm", out var time) ? time : null;
}
