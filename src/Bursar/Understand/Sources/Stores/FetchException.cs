using System.Net;
using Bursar.Core.Diagnostics;

namespace Bursar.Understand.Sources.Stores;

/// <summary>Something could not be fetched: why, what to do, and whether trying again may help.</summary>
internal sealed class FetchException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    /// <summary>Trying again after a while may help.</summary>
    public bool IsTransient { get; private init; }

    /// <summary>How long the server asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public static FetchException Of(string code, string message, string remedy) =>
        new(new Diagnostic(code, Severity.Error, message, remedy));

    /// <summary>No connection, or one that ended or fell silent.</summary>
    public static FetchException Unreachable(string place, string why) =>
        new(
            new Diagnostic(
                "sources/unreachable",
                Severity.Error,
                $"{place} cannot be reached: {why.TrimEnd('.')}.",
                "Check the address, the network and the proxy, then run the command again; the schedule does so by itself."
            )
        )
        {
            IsTransient = true,
        };

    /// <summary>Fewer bytes came than were announced.</summary>
    public static FetchException CutShort(string file, string why) =>
        new(
            new Diagnostic(
                "sources/cut-short",
                Severity.Error,
                $"{file} did not come whole: {why.TrimEnd('.')}. Nothing of it was used.",
                "Run the command again; if it happens each time, look at the server or the proxy between."
            )
        )
        {
            IsTransient = true,
        };

    /// <summary>What an answer other than success means.</summary>
    public static FetchException Answered(string what, HttpStatusCode status, string? detail, TimeSpan? retryAfter) =>
        status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Of(
                "sources/denied",
                $"{what} is refused ({(int)status}{Detail(detail)}).",
                "Check the key or token in the environment, whether it has expired, and whether it may read this."
            ),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => Of(
                "sources/not-there",
                $"{what} is not there ({(int)status}{Detail(detail)}).",
                "Check the address, bucket or path in from: of the source."
            ),
            _ => new FetchException(
                new Diagnostic(
                    "sources/answer",
                    Severity.Error,
                    $"{what} was answered with {(int)status}{Detail(detail)}.",
                    IsPassing(status)
                        ? "The server has trouble of its own. Run the command again later; the schedule does so by itself."
                        : "Check the address and the headers in from: of the source."
                )
            )
            {
                IsTransient = IsPassing(status),
                RetryAfter = retryAfter,
            },
        };

    private static bool IsPassing(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;

    private static string Detail(string? detail) => string.IsNullOrWhiteSpace(detail) ? "" : " " + detail.TrimEnd('.');
}
