using System.Text;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Web;

namespace Bursar.Manage.Chargeback;

/// <summary>A statement as a file: a page that stands alone, a workbook, or for programs.</summary>
internal static class StatementFiles
{
    private const int LongestName = 80;

    /// <summary>The forms, by the end of the file's name.</summary>
    public static IReadOnlyList<string> Forms { get; } = [".html", ".xlsx", ".csv", ".json"];

    /// <summary>The form of a file; of a word of <c>--format</c>, where one is given.</summary>
    /// <exception cref="RefusedException">No statement has that form.</exception>
    public static string FormOf(string file)
    {
        var end = Path.GetExtension(file).ToLowerInvariant();
        return Forms.Contains(end)
            ? end
            : throw new RefusedException(
                "showback/unknown-form",
                $"{file}: a statement is not written in the form \"{end}\".",
                $"Name a file that ends in {string.Join(", ", Forms)}.",
                ExitCode.WrongUsage
            );
    }

    public static async Task<byte[]> BytesAsync(Statement statement, string form)
    {
        switch (form)
        {
            case ".html":
                var html = await DocumentWriter.WriteAsync<StatementDocument>(
                    new Dictionary<string, object?> { [nameof(StatementDocument.Statement)] = statement }
                );
                return Encoding.UTF8.GetBytes(html.ReplaceLineEndings("\n"));
            case ".xlsx":
                return WorkbookResult.Write([
                    ("Statement", StatementRecord.Lines(statement)),
                    ("What changed", StatementRecord.Drivers(statement)),
                    ("Units", StatementRecord.Units(statement)),
                    ("About", About(statement)),
                ]);
            case ".csv":
                return Text(output => CsvResult.Write(StatementRecord.Lines(statement), output));
            default:
                return Text(output => JsonResult.Write(StatementRecord.Of(statement), output));
        }
    }

    /// <summary>"statement-owner-head-of-digital-2026-09.html".</summary>
    public static string Name(Statement statement, string form) =>
        $"{Strategy.ReviewScopes.StatementKind}-{Subject(statement.Subject)}-{Plain(StatementPeriod.Write(statement.Period))}{form}";

    private static string Subject(StatementSubject subject)
    {
        var parts = subject.Fields.Select(field =>
            $"{Subjects.Words[Understand.Allocation.SharedFields.IndexOf(field.Key)]}-{field.Value ?? "nobody"}"
        );
        var scope = subject.Scope is { } name ? [$"scope-{name}"] : Array.Empty<string>();
        return string.Join('-', scope.Concat(parts.Select(Plain)));
    }

    /// <summary>
    /// Only letters, digits, dots and dashes; other marks would lead out of the folder, or break a shell.
    /// </summary>
    public static string Plain(string text)
    {
        var plain = string.Concat(
            text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' ? letter : '-')
        );
        return plain.Length <= LongestName ? plain : plain[..LongestName];
    }

    private static ResultTable About(Statement statement) =>
        new(
            [new("about"), new("value")],
            [
                ["statement", statement.Subject.Title],
                ["from", statement.Days.Start],
                ["to", statement.Days.End.AddDays(-1)],
                ["measure", statement.Measure.ToString()],
                ["draft", statement.IsDraft],
                ["dataAsOf", statement.DataAsOf],
                ["journalSequence", statement.Sequence],
                .. statement.Notes.Select(IReadOnlyList<object?> (note) => ["note", note]),
            ]
        );

    private static byte[] Text(Action<TextWriter> write)
    {
        using var text = new StringWriter();
        write(text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
