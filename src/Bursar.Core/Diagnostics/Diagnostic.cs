namespace Bursar.Core.Diagnostics;

/// <summary>How much a diagnostic matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>It works, but probably not as meant.</summary>
    Warning,

    /// <summary>It cannot be used until it is mended.</summary>
    Error,
}

/// <summary>
/// A place in a file people write: file, line and column from 1, and how many characters the culprit has.
/// </summary>
public sealed record SourcePosition(string File, int Line, int Column, int Length = 1);

/// <summary>One thing that is wrong with an input: a stable code, where, what, and how to mend it.</summary>
/// <param name="Code">Stable kebab-case code with its area: "rules/unknown-field".</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">One or two plain sentences: what was found and what was expected.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Position">Where, if it is in a file with lines.</param>
/// <param name="Excerpt">The line of the file, without its line end.</param>
public sealed record Diagnostic(
    string Code,
    Severity Severity,
    string Message,
    string Remedy,
    SourcePosition? Position = null,
    string? Excerpt = null
)
{
    /// <summary>
    /// The form that terminals, editors and pipelines understand: position, excerpt with the culprit underlined,
    /// message, remedy.
    /// </summary>
    public override string ToString()
    {
        var severity = Severity.ToString().ToLowerInvariant();
        var head = Position is { } at ? $"{at.File}:{at.Line}:{at.Column}: {severity} {Code}" : $"{severity} {Code}";
        var lines = new List<string> { head };
        if (Position is { } place && Excerpt is not null)
        {
            lines.Add($"{place.Line, 5} | {Excerpt}");
            lines.Add(
                $"      | {new string(' ', Math.Max(place.Column - 1, 0))}{new string('^', Math.Max(place.Length, 1))}"
            );
        }
        lines.Add(Message);
        if (Remedy.Length > 0)
            lines.Add(Remedy);
        return string.Join('\n', lines);
    }
}

/// <summary>
/// A request that cannot be carried out as asked; the shell prints the diagnostic and ends with the exit code.
/// </summary>
/// <remarks>
/// For doors only: use cases that read input return diagnostics; this is for a question that has no answer at all.
/// </remarks>
public sealed class RefusedException(Diagnostic diagnostic, int exitCode = 1) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    /// <summary>1 findings (the books or the input refuse), 2 wrong usage.</summary>
    public int ExitCode { get; } = exitCode;

    public RefusedException(string code, string message, string remedy, int exitCode = 1)
        : this(new Diagnostic(code, Severity.Error, message, remedy), exitCode) { }
}
