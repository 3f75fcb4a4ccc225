using System.Text;
using Bursar.Web;

namespace Bursar.Understand.Validation.Output;

/// <summary>Writes how files came out as an HTML file that stands alone.</summary>
internal static class ReportFile
{
    public static async Task WriteAsync(
        string path,
        IReadOnlyList<ConformanceReport> reports,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var html = await DocumentWriter.WriteAsync<ConformanceDocument>(
            new Dictionary<string, object?>
            {
                [nameof(ConformanceDocument.Reports)] = reports,
                [nameof(ConformanceDocument.MadeAt)] = now,
            }
        );
        await File.WriteAllTextAsync(path, html.ReplaceLineEndings("\n"), new UTF8Encoding(false), cancel);
    }
}
