using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Anomalies.Alerts;

/// <summary>An anomaly that somebody was told of; entries of before its kind was kept have none.</summary>
internal sealed record ToldAnomaly(
    string Id,
    string Title,
    DateOnly Since,
    string Currency,
    Amount Excess,
    AnomalyKind? Kind = null
);

/// <summary>A budget's breach or a unit's cost that somebody was told of.</summary>
internal sealed record ToldItem(string Key, string Title, string Currency, Amount Over);

/// <summary>An alert that arrived: of which anomalies, where it went, and the checksum of what was sent.</summary>
internal sealed record AlertSent(
    string Alert,
    IReadOnlyList<ToldAnomaly> Anomalies,
    string Place,
    string Form,
    string Sha256
)
{
    public const string Kind = "alert-sent";

    /// <summary>What it told that is no anomaly.</summary>
    public IReadOnlyList<ToldItem>? Items { get; init; }
}

/// <summary>An alert as it stands in the journal.</summary>
internal sealed record MadeAlert(AlertSent Fact, DateTimeOffset At)
{
    public bool IsOf(Anomaly anomaly) =>
        Fact.Anomalies.Any(told => anomaly.IsAlso(told.Id, told.Title, told.Since, told.Currency, told.Kind));

    public bool IsOf(AlertItem item) => Fact.Items?.Any(told => told.Key == item.Key) == true;

    public static IReadOnlyList<MadeAlert> Of(BooksState state) =>
        [
            .. state
                .Entries.Where(entry => entry.Kind == AlertSent.Kind)
                .Select(entry => new MadeAlert(entry.Read(AlertJson.Line.AlertSent), entry.At)),
        ];
}

/// <summary>How alerts are written in the journal.</summary>
[JsonSerializable(typeof(AlertSent))]
internal sealed partial class AlertJson : JsonSerializerContext
{
    public static AlertJson Line { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                Converters = { new JsonStringEnumConverter<AnomalyKind>(JsonNamingPolicy.CamelCase) },
            }
        );
}

/// <summary>Where an alert stands.</summary>
internal enum AlertState
{
    /// <summary>There is nothing to tell.</summary>
    Nothing,

    /// <summary>There is something that was not told.</summary>
    Due,

    /// <summary>It waits for the end of quiet hours.</summary>
    Quiet,

    /// <summary>It has sent as many as it may in seven days, or today's.</summary>
    Full,

    /// <summary>It was sent just now.</summary>
    Sent,

    /// <summary>It was tried just now, and did not arrive.</summary>
    Failed,
}

/// <summary>An alert, the messages that it would send now, and what became of them.</summary>
internal sealed record AlertLine(Alert Alert, AlertState State, IReadOnlyList<AlertMessage> Messages)
{
    public DateTimeOffset? LastAt { get; init; }

    public int SentThisWeek { get; init; }

    public Diagnostic? Failure { get; init; }

    public int New => Messages.Sum(message => message.Count);
}
