using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;

namespace Bursar.Manage.Limits;

/// <summary>Another amount for a limit, until a day.</summary>
/// <param name="Limit">The limit, or one value of a limit for each: "keys/claims-summary".</param>
/// <param name="Amount">What may be spent instead.</param>
/// <param name="Currency">In the limit's currency.</param>
/// <param name="Until">The last day on which it holds.</param>
/// <param name="Reason">Why.</param>
internal sealed record LimitOverridden(string Limit, Amount Amount, string Currency, DateOnly Until, string Reason)
{
    public const string Kind = "limit-overridden";
}

/// <summary>A hook that was called: for which limit and levels, where, and the checksum of what was sent.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Levels">Which levels it told: "soft 2026-09-01 30000".</param>
/// <param name="Place">Where it went.</param>
/// <param name="Form">How it was written.</param>
/// <param name="Sha256">Its checksum.</param>
internal sealed record LimitTold(string Limit, IReadOnlyList<string> Levels, string Place, string Form, string Sha256)
{
    public const string Kind = "limit-told";
}

/// <summary>An override as it stands in the journal.</summary>
internal sealed record MadeOverride(LimitOverridden Fact, long Seq, DateTimeOffset At, string Actor);

/// <summary>How decisions about limits are written in the journal.</summary>
[JsonSerializable(typeof(LimitOverridden))]
[JsonSerializable(typeof(LimitTold))]
internal sealed partial class LimitFactsJson : JsonSerializerContext
{
    public static LimitFactsJson Line { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}

/// <summary>What was decided and told about limits up to a moment.</summary>
internal sealed class LimitLog
{
    private readonly List<MadeOverride> overrides = [];
    private readonly HashSet<(string Limit, string Level)> told = [];

    public IReadOnlyList<MadeOverride> Overrides => overrides;

    public static LimitLog Of(BooksState state)
    {
        var log = new LimitLog();
        foreach (var entry in state.Entries)
        {
            if (entry.Kind == LimitOverridden.Kind)
                log.overrides.Add(
                    new(entry.Read(LimitFactsJson.Line.LimitOverridden), entry.Seq, entry.At, entry.Actor)
                );
            else if (entry.Kind == LimitTold.Kind)
            {
                var fact = entry.Read(LimitFactsJson.Line.LimitTold);
                log.told.UnionWith(fact.Levels.Select(level => (fact.Limit, level)));
            }
        }
        return log;
    }

    /// <summary>The newest override of a limit that holds on a day; of one value before that of all.</summary>
    public MadeOverride? On(SpendLimit limit, string? key, DateOnly day) =>
        Last(key is null ? null : $"{limit.Name}/{key}", day) ?? Last(limit.Name, day);

    public bool IsTold(string limit, string level) => told.Contains((limit, level));

    private MadeOverride? Last(string? name, DateOnly day) =>
        overrides.LastOrDefault(made => made.Fact.Limit == name) is { } last && day <= last.Fact.Until ? last : null;
}
