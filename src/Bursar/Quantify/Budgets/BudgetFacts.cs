using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Core.Amounts;

namespace Bursar.Quantify.Budgets;

/// <summary>Amounts of a budget that somebody wants to change: they count once they are approved.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Version">What the change is called.</param>
/// <param name="Amounts">Period: amount; other periods stay as they were.</param>
/// <param name="Reason">Why.</param>
/// <param name="Assumptions">What the amounts rest on, those of earlier versions carried.</param>
/// <param name="Basis">How they came about: the name of a file, a forecast.</param>
internal sealed record BudgetRevised(
    string Budget,
    string Version,
    IReadOnlyDictionary<string, Amount> Amounts,
    string Reason,
    IReadOnlyList<string> Assumptions,
    string Basis
);

/// <summary>Changes of one moment: an imported file speaks of several budgets.</summary>
internal sealed record BudgetsRevised(IReadOnlyList<BudgetRevised> Revisions)
{
    public const string Kind = "budgets-revised";

    /// <summary>Who agreed when the change was made; null when it waits.</summary>
    public string? ApprovedBy { get; init; }
}

/// <summary>What was decided about a change that waited.</summary>
/// <param name="Revision">The entry of the change.</param>
/// <param name="Budget">Which of its budgets; null for all.</param>
/// <param name="IsApproved">Whether it counts from now on.</param>
/// <param name="By">Who decided, by role.</param>
/// <param name="Reason">Why.</param>
internal sealed record BudgetRuled(long Revision, string? Budget, bool IsApproved, string By, string Reason)
{
    public const string Kind = "budget-ruled";
}

/// <summary>Which way held money goes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HoldbackWay>))]
internal enum HoldbackWay
{
    /// <summary>It may be spent from now on.</summary>
    [JsonStringEnumMemberName("release")]
    Release,

    /// <summary>It may not be spent any more: a release taken back, or unused funds given back.</summary>
    [JsonStringEnumMemberName("reclaim")]
    Reclaim,
}

/// <summary>Money of a budget that was held back and may be spent, or the other way round (BUD-02).</summary>
internal sealed record HoldbackMoved(
    string Budget,
    string Level,
    string Period,
    HoldbackWay Way,
    Amount Amount,
    string Reason
)
{
    /// <summary>Who released it, by role; null where anybody may.</summary>
    public string? By { get; init; }

    /// <summary>Of a longer period, months that were over on this day are left as they were.</summary>
    public DateOnly? From { get; init; }

    public const string Kind = "budget-holdback-moved";
}

/// <summary>What is done about a budget that is exceeded, in this order (BUD-04).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OverageStep>))]
internal enum OverageStep
{
    /// <summary>Find out why.</summary>
    [JsonStringEnumMemberName("investigate")]
    Investigate,

    /// <summary>Spend less.</summary>
    [JsonStringEnumMemberName("optimise")]
    Optimise,

    /// <summary>Release what the owner holds back.</summary>
    [JsonStringEnumMemberName("holdback")]
    Holdback,

    /// <summary>Release what those above hold back.</summary>
    [JsonStringEnumMemberName("higher-holdback")]
    HigherHoldback,

    /// <summary>Leadership decides: more money, or less of what it buys.</summary>
    [JsonStringEnumMemberName("decision")]
    Decision,
}

/// <summary>How a step ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OverageOutcome>))]
internal enum OverageOutcome
{
    /// <summary>It was begun.</summary>
    [JsonStringEnumMemberName("begun")]
    Begun,

    /// <summary>It did not suffice: the next step is due.</summary>
    [JsonStringEnumMemberName("not-enough")]
    NotEnough,

    /// <summary>The overage is dealt with.</summary>
    [JsonStringEnumMemberName("settled")]
    Settled,
}

/// <summary>One step of what was done about an exceeded budget.</summary>
internal sealed record OverageStepped(
    string Budget,
    string Period,
    OverageStep Step,
    OverageOutcome Outcome,
    string Note,
    Amount? Amount
)
{
    /// <summary>Who decided, by role; null of a step that anybody may take.</summary>
    public string? By { get; init; }

    public const string Kind = "budget-overage-stepped";
}

/// <summary>How decisions about budgets are written in the journal.</summary>
[JsonSerializable(typeof(BudgetsRevised))]
[JsonSerializable(typeof(BudgetRuled))]
[JsonSerializable(typeof(HoldbackMoved))]
[JsonSerializable(typeof(OverageStepped))]
internal sealed partial class BudgetFactsJson : JsonSerializerContext
{
    public static BudgetFactsJson Line { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
