using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Core.Amounts;
using Bursar.Understand.Anomalies.Alerts;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Anomalies;

/// <summary>What an anomaly turned out to be.</summary>
internal enum AnomalyCategory
{
    True,
    Planned,
    False,
    Data,

    /// <summary>A true event that people found before it was told.</summary>
    Missed,
}

/// <summary>What a person said of an anomaly.</summary>
/// <param name="Id">The anomaly.</param>
/// <param name="As">What it was; null when somebody only begins to look.</param>
/// <param name="Title">Where it was, in words.</param>
/// <param name="Since">Its first day.</param>
/// <param name="ToldOn">The day whose charges told.</param>
/// <param name="Currency">Of the amounts.</param>
/// <param name="Excess">What it cost so far beyond what was expected.</param>
/// <param name="PerDay">The same a day.</param>
/// <param name="Cause">Why, in the words of whoever found out.</param>
/// <param name="To">Whom it was escalated to.</param>
/// <param name="MendedOnDay">On which of its days it ended; null while it goes on.</param>
internal sealed record AnomalyDecision(
    string Id,
    AnomalyCategory? As,
    string Title,
    DateOnly Since,
    DateOnly? ToldOn,
    string Currency,
    Amount Excess,
    Amount PerDay,
    string? Cause,
    string? To = null,
    int? MendedOnDay = null
)
{
    public const string Kind = "anomaly-decided";
}

/// <summary>A decision as it stands in the journal.</summary>
internal sealed record MadeAnomalyDecision(AnomalyDecision Fact, long Seq, DateTimeOffset At, string Actor)
{
    /// <summary>Days from the first day of the anomaly to this decision.</summary>
    public int Days => Math.Max(0, DateOnly.FromDateTime(At.UtcDateTime).DayNumber - Fact.Since.DayNumber);
}

/// <summary>How these decisions are written in the journal.</summary>
[JsonSerializable(typeof(AnomalyDecision))]
internal sealed partial class AnomalyFactsJson : JsonSerializerContext
{
    public static AnomalyFactsJson Line { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                Converters = { new JsonStringEnumConverter<AnomalyCategory>(JsonNamingPolicy.CamelCase) },
            }
        );
}

/// <summary>All decisions on anomalies up to a moment.</summary>
internal sealed class AnomalyHistory(
    IReadOnlyList<MadeAnomalyDecision> decisions,
    IReadOnlyList<MadeAlert>? alerts = null
)
{
    // Without a review, an anomaly would be seen with the next month's bill.
    private const int ReviewDay = 30;

    private const decimal RaisedByFalse = 0.4m;
    private const int DaysRaised = 180;
    private const int DaysMoved = 3;

    private readonly ILookup<string, MadeAnomalyDecision> byId = decisions.ToLookup(made => made.Fact.Id);

    private readonly List<MadeAnomalyDecision> resolved =
    [
        .. decisions.GroupBy(made => made.Fact.Id).Select(same => same.Last()).Where(made => made.Fact.As is not null),
    ];

    /// <summary>
    /// The days that a true one was spared, of those it would have run without a review: none where it ended before
    /// anybody said a word of it.
    /// </summary>
    public int DaysSpared(MadeAnomalyDecision made) => Math.Max(0, ReviewDayOf(made) - Mended(made));

    /// <summary>What was said last of each.</summary>
    public IEnumerable<MadeAnomalyDecision> Latest => byId.Select(same => same.Last());

    public static AnomalyHistory Of(BooksState state) =>
        new(
            [
                .. state
                    .Entries.Where(entry => entry.Kind == AnomalyDecision.Kind)
                    .Select(entry => new MadeAnomalyDecision(
                        entry.Read(AnomalyFactsJson.Line.AnomalyDecision),
                        entry.Seq,
                        entry.At,
                        entry.Actor
                    )),
            ],
            MadeAlert.Of(state)
        );

    /// <summary>What was said of an anomaly, oldest first, whatever its first day was taken for then.</summary>
    public IReadOnlyList<MadeAnomalyDecision> Of(Anomaly anomaly) =>
        byId.Contains(anomaly.Id)
            ? [.. byId[anomaly.Id]]
            :
            [
                .. decisions.Where(made =>
                    made.Fact.As != AnomalyCategory.Missed
                    && anomaly.IsAlso(made.Fact.Id, made.Fact.Title, made.Fact.Since, made.Fact.Currency)
                ),
            ];

    /// <summary>
    /// By how much the score of a place is raised, and the excess a day that is no news there: somebody said that an
    /// anomaly of it was none, in the half year before.
    /// </summary>
    public (decimal Score, decimal PerDay) Raised(string title, Currency currency, DateOnly day)
    {
        var none = resolved
            .Where(made =>
                made.Fact.As == AnomalyCategory.False
                && made.Fact.Currency == currency.Code
                && made.Fact.Since.AddDays(DaysMoved) < day
                && day < made.Fact.Since.AddDays(DaysRaised)
                && made.Fact.Title == (title.Length == 0 ? "everything" : title)
            )
            .ToList();
        return none.Count == 0
            ? (0, 0)
            : (RaisedByFalse * none.Count, none.Max(made => Math.Abs(made.Fact.PerDay.ToDecimal())));
    }

    /// <summary>How well anomalies are found.</summary>
    /// <param name="items">Those that are told now.</param>
    public AnomalyQuality Quality(IReadOnlyList<Anomaly> items)
    {
        var told = resolved.Where(made => made.Fact.As != AnomalyCategory.Missed).ToList();
        var right = told.Where(made => made.Fact.As == AnomalyCategory.True).ToList();
        var missed = resolved.Count - told.Count;
        return new AnomalyQuality(
            told.Count,
            right.Count,
            missed,
            AnomalyMath.Precision(right.Count, told.Count),
            AnomalyMath.Recall(right.Count, right.Count + missed),
            AnomalyMath.Mean([
                .. right.Select(made => (decimal)(made.Fact.ToldOn!.Value.DayNumber - made.Fact.Since.DayNumber + 1)),
            ]),
            AnomalyMath.Mean([.. right.Select(made => (decimal)made.Days)])
        )
        {
            Incurred = Sums(right, made => AnomalyMath.Cost(PerDay(made), Mended(made), ReviewDayOf(made)).Incurred),
            Avoided = Sums(right, made => AnomalyMath.Cost(PerDay(made), Mended(made), ReviewDayOf(made)).Avoided),
            MeanDaysToNotify = AnomalyMath.Mean([.. items.Select(DaysToNotify).OfType<decimal>()]),
            AutomatedShare =
                alerts is not { Count: > 0 } || items.Count == 0
                    ? null
                    : (decimal)items.Count(one => alerts.Any(alert => alert.IsOf(one))) / items.Count,
        };

        static decimal PerDay(MadeAnomalyDecision made) => made.Fact.PerDay.ToDecimal();
    }

    private int ReviewDayOf(MadeAnomalyDecision made) =>
        made.Fact.MendedOnDay is { } ended && byId[made.Fact.Id].First().Days > ended ? ended : ReviewDay;

    private static int Mended(MadeAnomalyDecision made) => Math.Max(1, made.Fact.MendedOnDay ?? made.Days);

    private decimal? DaysToNotify(Anomaly anomaly) =>
        (alerts ?? []).FirstOrDefault(alert => alert.IsOf(anomaly)) is { } first
            ? Math.Max(0, DateOnly.FromDateTime(first.At.UtcDateTime).DayNumber - anomaly.Days.Start.DayNumber)
            : null;

    private static List<Money> Sums(
        IEnumerable<MadeAnomalyDecision> decisions,
        Func<MadeAnomalyDecision, decimal> cost
    ) =>
        [
            .. decisions
                .Where(made => made.Fact.PerDay > Amount.Zero)
                .GroupBy(made => made.Fact.Currency)
                .OrderBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => new Money(
                    Amount.From(decimal.Round(same.Sum(cost), 2, MidpointRounding.AwayFromZero)),
                    new Currency(same.Key)
                )),
        ];
}
