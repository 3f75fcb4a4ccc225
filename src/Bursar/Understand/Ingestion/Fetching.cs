using Bursar.Rulebooks;

namespace Bursar.Understand.Ingestion;

/// <summary>What every document that fetches files has to say right.</summary>
internal static class Fetching
{
    /// <summary>"0 6 * * 1-5", "@daily": people know it from elsewhere.</summary>
    private static bool IsCron(string every) =>
        every.StartsWith('@') || every.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is 5 or 6;

    /// <param name="check">Where mistakes go.</param>
    /// <param name="document">The document.</param>
    /// <param name="from">Where it fetches from.</param>
    /// <param name="every">How often.</param>
    public static void Check(RulebookCheck check, RulebookRecord document, SourceLocation? from, string? every)
    {
        if (every is null || document.At("every") is not { } at)
            return;
        if (Span.Read(every) is null)
            check.Findings.Error(
                at,
                "bad-interval",
                IsCron(every)
                    ? $"\"{every}\" is a line of cron, and no length of time."
                    : $"\"{every}\" is no length of time.",
                IsCron(every) ? $"{Span.Forms} For a fixed hour, let cron itself run `bursar ingest`." : Span.Forms
            );
        else if (from is null)
            check.Findings.Error(
                at,
                "every-without-from",
                "Nothing can be fetched: it is not said from where.",
                "Add from: with a folder, s3, url or command, or leave every: away."
            );
    }
}
