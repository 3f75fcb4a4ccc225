using System.Globalization;
using System.Text;

namespace Bursar.Demo.Sources;

/// <summary>What Aldermoor's pipelines wrote down: which version of which application went live, and when.</summary>
internal sealed class PipelineReleases(DemoOptions options)
{
    /// <summary>Applications that are built here, and how many days lie between two versions.</summary>
    private static readonly (string Application, int Days)[] Pipelines =
    [
        ("quote-engine", 21),
        ("claims-assistant", 28),
        ("rating-service", 35),
        ("document-reader", 42),
        ("customer-portal", 49),
        ("policy-core", 91),
    ];

    /// <summary>Writes the file, an object a line; returns its path.</summary>
    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var first = options.LastDay.AddMonths(1 - options.Months);
        var lines = Pipelines
            .SelectMany(one => Releases(one.Application, one.Days, first))
            .OrderBy(one => one.At)
            .ThenBy(one => one.Line, StringComparer.Ordinal);
        var path = Path.Combine(folder, "deployments.jsonl");
        File.WriteAllText(path, string.Concat(lines.Select(one => one.Line + "\n")), Encoding.ASCII);
        return path;
    }

    private IEnumerable<(DateTime At, string Line)> Releases(string application, int days, DateOnly first)
    {
        var random = DemoRandom.For(options.Seed, $"releases/{application}");
        var release = 0;
        for (var day = first.AddDays(random.Below(days)); day <= options.LastDay; day = day.AddDays(days))
        {
            var live = Workday(day.AddDays(random.Below(5)));
            if (live > options.LastDay)
                break;
            var at = live.ToDateTime(new TimeOnly(8 + random.Below(9), random.Below(60)), DateTimeKind.Utc);
            var version = string.Create(CultureInfo.InvariantCulture, $"{1 + (release / 10)}.{release % 10}.0");
            var run = 1000 + (release++ * 17) + random.Below(15);
            var page = string.Create(
                CultureInfo.InvariantCulture,
                $"https://ci.aldermoor.example/{application}/runs/{run}"
            );
            yield return (at, Line(application, version, at, page));
        }
    }

    private static string Line(string application, string version, DateTime at, string page)
    {
        var time = at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return $$"""{"app":"{{application}}","tag":"{{version}}","deployed_at":"{{time}}","environment":"production", """
            + $$""" "actor":"release-pipeline","url":"{{page}}"}""";
    }

    /// <summary>Nothing goes live at a weekend.</summary>
    private static DateOnly Workday(DateOnly day) =>
        day.DayOfWeek switch
        {
            DayOfWeek.Saturday => day.AddDays(2),
            DayOfWeek.Sunday => day.AddDays(1),
            _ => day,
        };
}
