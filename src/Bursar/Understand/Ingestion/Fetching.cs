using Bursar.Rulebooks;

namespace Bursar.Understand.Ingestion;

/// <summary>What every document that fetches files has to say right.</summary>
internal static class Fetching
{
    /// <param name="check">Where mistakes go.</param>
    /// <param name="document">The document.</param>
    /// <param name="from">Where it fetches from.</param>
    /// <param name="every">How often.</param>
    public static void Check(RulebookCheck check, RulebookRecord document, SourceLocation? from, string? every)
    {
        if (every is null || document.At("every") is not { } at)
            return;
        if (Span.Read(every) is null)
            check.Findings.Error(at, "bad-interval", $"\"{every}\" is no length of time.", Span.Forms);
        else if (from is null)
            check.Findings.Error(
                at,
                "every-without-from",
                "Nothing can be fetched: it is not said from where.",
                "Add from: with a folder, s3, url or command, or leave every: away."
            );
    }
}
