using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Unallocated;

/// <summary>Where a piece of work stands.</summary>
internal enum QueueState
{
    Open,

    /// <summary>Somebody was named; the rule that would make it so is proposed.</summary>
    Assigned,

    /// <summary>Somebody says that it is not theirs.</summary>
    Disputed,

    /// <summary>It is settled. What comes after that day opens it again.</summary>
    Resolved,
}

/// <summary>A person's decision about cost without an owner, or about cost that is said to have a wrong one.</summary>
/// <param name="Id">The piece of work.</param>
/// <param name="State">What it is from now on.</param>
/// <param name="Field">The shared field that it is about.</param>
/// <param name="Currency">The currency of its amount.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="Category">The cost category.</param>
/// <param name="Scope">The charges; null for a dispute about cost that has an owner.</param>
/// <param name="Where">The same for such a dispute, as conditions: "x_CostCentre=4110".</param>
/// <param name="To">Whom it is assigned to.</param>
/// <param name="Amount">How much it was, in the month that was looked at.</param>
/// <param name="Since">The first day of it.</param>
/// <param name="Through">The newest day that the books knew: what is later is new.</param>
/// <param name="Reason">Why.</param>
internal sealed record QueueDecision(
    string Id,
    QueueState State,
    string Field,
    string Currency,
    string Title,
    string? Category,
    WorkScope? Scope,
    IReadOnlyList<string>? Where,
    string? To,
    Amount Amount,
    DateOnly Since,
    DateOnly Through,
    string Reason
)
{
    public const string Kind = "unallocated-decided";
}

/// <summary>A decision as it stands in the journal.</summary>
internal sealed record MadeDecision(QueueDecision Fact, long Seq, DateTimeOffset At, string Actor)
{
    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);

    /// <summary>For a resolution: so many days after the first day of the cost.</summary>
    public int Days => Math.Max(0, Day.DayNumber - Fact.Since.DayNumber);
}

/// <summary>How these decisions are written in the journal.</summary>
[JsonSerializable(typeof(QueueDecision))]
internal sealed partial class QueueFactsJson : JsonSerializerContext
{
    public static QueueFactsJson Line { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                Converters = { new JsonStringEnumConverter<QueueState>(JsonNamingPolicy.CamelCase) },
            }
        );
}

/// <summary>All decisions up to a moment, by piece of work.</summary>
internal sealed class QueueHistory
{
    private readonly ILookup<string, MadeDecision> byId;

    private QueueHistory(IReadOnlyList<MadeDecision> decisions)
    {
        All = decisions;
        byId = decisions.ToLookup(made => made.Fact.Id);
    }

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<MadeDecision> All { get; }

    public static QueueHistory Of(BooksState state) =>
        new([
            .. state
                .Entries.Where(entry => entry.Kind == QueueDecision.Kind)
                .Select(entry => new MadeDecision(
                    entry.Read(QueueFactsJson.Line.QueueDecision),
                    entry.Seq,
                    entry.At,
                    entry.Actor
                )),
        ]);

    /// <summary>What was decided last; null when nothing was.</summary>
    public MadeDecision? Last(string id) => byId[id].LastOrDefault();

    /// <summary>The last decision on each piece of work.</summary>
    public IEnumerable<MadeDecision> Latest => byId.Select(same => same.Last());
}
