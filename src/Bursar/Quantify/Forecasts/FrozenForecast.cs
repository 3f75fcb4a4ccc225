using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;

namespace Bursar.Quantify.Forecasts;

/// <summary>A forecast as it was made, in the journal: it never changes, and is scored when actuals arrive
/// (FCT-08).</summary>
/// <param name="Name">What it is for: forecasts of one name are versions of each other.</param>
/// <param name="Reason">Why it is frozen.</param>
/// <param name="Question">The question, as an address has it.</param>
/// <param name="Over">day, week, month, quarter or year.</param>
/// <param name="Currency">The currency or unit.</param>
/// <param name="IsQuantity">Whether that is a unit.</param>
/// <param name="DataThrough">The newest day with data.</param>
/// <param name="CompleteThrough">Up to this day, every provider had delivered.</param>
/// <param name="Engine">The version of the program that made it.</param>
/// <param name="Why">The reason for the models, in one sentence.</param>
/// <param name="Models">Champion, challenger and the others, with their weights.</param>
/// <param name="Wape">The misses of its backtest.</param>
/// <param name="Assumptions">What its author assumes, and the planned events that it counts with.</param>
/// <param name="Periods">The whole.</param>
/// <param name="Parts">Its parts.</param>
internal sealed record FrozenForecast(
    string Name,
    string Reason,
    string Question,
    string Over,
    string Currency,
    bool IsQuantity,
    DateOnly DataThrough,
    DateOnly CompleteThrough,
    string Engine,
    string Why,
    IReadOnlyList<ForecastModel> Models,
    decimal? Wape,
    IReadOnlyList<string> Assumptions,
    IReadOnlyList<FrozenPeriod> Periods,
    IReadOnlyList<FrozenPart> Parts
)
{
    public const string Kind = "forecast-frozen";

    /// <summary>What it is scored by, where its question is not one about cost alone; null of others.</summary>
    public FrozenActual? Actual { get; init; }

    /// <summary>Whether it is worked out of other figures: from causes, or of the cost of a unit.</summary>
    [JsonIgnore]
    public bool IsDerived => Derived.Any(word => Question.StartsWith(word, StringComparison.Ordinal));

    /// <summary>Whether its figures are what one unit costs.</summary>
    [JsonIgnore]
    public bool IsPerUnit => Question.StartsWith(UnitWord, StringComparison.Ordinal);

    /// <summary>How the question of a forecast from causes begins; the address of a page never does.</summary>
    public const string DriversWord = "drivers=";

    /// <summary>How the question of a forecast of a unit metric begins.</summary>
    public const string UnitWord = "unit=";

    private static readonly string[] Derived = [DriversWord, UnitWord];
}

/// <summary>Which figures show what came of a forecast from causes, or of the cost of a unit.</summary>
/// <param name="Cost">The question about cost, as an address has it.</param>
/// <param name="Currency">The currency of the cost.</param>
/// <param name="Demand">The question that the cost is divided by; null where it is not.</param>
/// <param name="Per">The unit stands for so many of what is counted.</param>
/// <param name="Added">What each month costs beside the charges.</param>
internal sealed record FrozenActual(string Cost, string Currency, string? Demand, decimal Per, Amount Added);

/// <summary>A period of a frozen forecast; the end is the day after its last.</summary>
internal sealed record FrozenPeriod(
    DateOnly Start,
    DateOnly End,
    Amount Actual,
    Amount Point,
    Amount P10,
    Amount P50,
    Amount P90
);

/// <summary>A part of a frozen forecast.</summary>
internal sealed record FrozenPart(IReadOnlyList<string?> Keys, IReadOnlyList<FrozenPeriod> Periods);

/// <summary>A frozen forecast as it stands in the journal.</summary>
/// <param name="Fact">The forecast.</param>
/// <param name="Version">Which of its name, from 1.</param>
/// <param name="Seq">The entry.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
internal sealed record BookedForecast(FrozenForecast Fact, int Version, long Seq, DateTimeOffset At, string Actor)
{
    /// <summary>All of a moment, oldest first.</summary>
    public static IReadOnlyList<BookedForecast> Of(BooksState state)
    {
        var versions = new Dictionary<string, int>();
        return
        [
            .. state
                .Entries.Where(entry => entry.Kind == FrozenForecast.Kind)
                .Select(entry =>
                {
                    var fact = entry.Read(ForecastJson.Line.FrozenForecast);
                    versions[fact.Name] = versions.GetValueOrDefault(fact.Name) + 1;
                    return new BookedForecast(fact, versions[fact.Name], entry.Seq, entry.At, entry.Actor);
                }),
        ];
    }
}

/// <summary>How frozen forecasts are written in the journal.</summary>
[JsonSerializable(typeof(FrozenForecast))]
internal sealed partial class ForecastJson : JsonSerializerContext
{
    public static ForecastJson Line { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
