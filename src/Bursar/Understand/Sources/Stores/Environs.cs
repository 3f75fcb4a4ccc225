using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Sources.Stores;

/// <summary>What surrounds a fetch: the environment's secrets, the clock, and where relative paths begin.</summary>
/// <param name="Variable">The value of an environment variable; null without one.</param>
/// <param name="Clock">The clock.</param>
/// <param name="RulebookFolder">Where relative paths begin and commands run.</param>
/// <param name="BooksFolder">The books, from which nothing is fetched.</param>
internal sealed record Environs(
    Func<string, string?> Variable,
    TimeProvider Clock,
    string RulebookFolder,
    string BooksFolder
)
{
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    /// <summary>The value of a variable that the rulebook names.</summary>
    /// <exception cref="FetchException">It is not set.</exception>
    public string Need(string name) =>
        Variable(name) is { Length: > 0 } value
            ? value
            : throw FetchException.Of(
                "sources/variable-missing",
                $"The environment variable {name}, which from: of the source names, is not set.",
                $"Set it for the process that fetches (the shell, cron or the service that runs bursar): export {name}=..."
            );

    /// <summary>A text with the environment's values in it.</summary>
    public string Filled(string text) => EnvironmentText.Filled(text, Need);
}
