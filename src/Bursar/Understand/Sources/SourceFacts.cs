using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Sources;

/// <summary>A file that was fetched and booked, by the version that its place gave it.</summary>
internal sealed record FetchedVersion(string Address, string? Version, long Bytes, string? Sha256);

/// <summary>What was fetched from a source; an empty list says that a failing source works again.</summary>
internal sealed record SourceFetched(string Source, IReadOnlyList<FetchedVersion> Files)
{
    public const string Kind = "source-fetched";
}

/// <summary>A source from which nothing came, for another reason than the time before.</summary>
internal sealed record SourceFailed(string Source, string Code, string Reason, string Remedy)
{
    public const string Kind = "source-failed";
}

/// <summary>How these facts are written in the journal.</summary>
[JsonSerializable(typeof(SourceFetched))]
[JsonSerializable(typeof(SourceFailed))]
internal sealed partial class SourceFactsJson : JsonSerializerContext
{
    public static SourceFactsJson Line { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}

/// <summary>What the journal tells about one source: which versions were booked, and whether it fails.</summary>
internal sealed class SourceHistory
{
    private readonly Dictionary<string, FetchedVersion> files = new(StringComparer.Ordinal);

    /// <summary>The last version of each file that was booked, by its address.</summary>
    public IReadOnlyDictionary<string, FetchedVersion> Files => files;

    /// <summary>When something was last fetched from it.</summary>
    public DateTimeOffset? FetchedAt { get; private set; }

    /// <summary>Why nothing comes; null while something does.</summary>
    public SourceFailed? Failure { get; private set; }

    /// <summary>Since when it fails.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>The histories of all sources that the journal speaks of, by name.</summary>
    public static IReadOnlyDictionary<string, SourceHistory> Of(BooksState state)
    {
        var histories = new Dictionary<string, SourceHistory>(StringComparer.Ordinal);
        foreach (var entry in state.Entries)
        {
            if (entry.Kind == SourceFetched.Kind)
            {
                var fact = entry.Read(SourceFactsJson.Line.SourceFetched);
                History(fact.Source).Take(fact, entry.At);
            }
            else if (entry.Kind == SourceFailed.Kind)
            {
                var fact = entry.Read(SourceFactsJson.Line.SourceFailed);
                var history = History(fact.Source);
                history.FailingSince ??= entry.At;
                history.Failure = fact;
            }
        }
        return histories;

        SourceHistory History(string source) =>
            histories.TryGetValue(source, out var known) ? known : histories[source] = new SourceHistory();
    }

    private void Take(SourceFetched fact, DateTimeOffset at)
    {
        foreach (var file in fact.Files)
            files[file.Address] = file;
        if (fact.Files.Count > 0)
            FetchedAt = at;
        (Failure, FailingSince) = (null, null);
    }
}
