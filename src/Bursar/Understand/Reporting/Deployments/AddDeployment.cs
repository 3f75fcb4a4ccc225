using System.Globalization;
using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Records;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.Deployments;

/// <summary>Books one deployment, as the last step of a pipeline does.</summary>
internal sealed class AddDeployment(Workspace workspace)
{
    /// <summary>The same service, version and time again changes nothing, so a pipeline may try twice.</summary>
    /// <exception cref="RefusedException">It names no service or no version.</exception>
    public ImportedFile Add(Deployment deployment, CancellationToken cancel)
    {
        if (deployment.Service.Trim().Length == 0 || deployment.Version.Trim().Length == 0)
            throw new RefusedException(
                "deployments/no-name",
                "A deployment needs a service and a version.",
                "Write bursar deployments add SERVICE VERSION; the service is an application, as charges name it.",
                exitCode: 2
            );
        var folder = Directory.CreateTempSubdirectory("bursar-deployment-").FullName;
        try
        {
            var file = Path.Combine(folder, "deployment.csv");
            File.WriteAllText(file, Text(deployment), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            var choices = new ReadingChoices { Kind = RecordKinds.Named(Deployment.Kind) };
            var report = new ImportRecords(workspace).Import([file], choices, cancel);
            return report.Mistakes is [var mistake, ..] ? throw new RefusedException(mistake) : report.Files[0];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Text(Deployment one)
    {
        string?[] cells =
        [
            one.Service.Trim(),
            one.Version.Trim(),
            one.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            one.Environment,
            one.By,
            one.Link,
        ];
        var quoted = cells.Select(cell => '"' + (cell ?? "").Replace("\"", "\"\"", StringComparison.Ordinal) + '"');
        return $"Service,Version,At,Environment,By,Link\n{string.Join(',', quoted)}\n";
    }
}
