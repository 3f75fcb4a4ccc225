using System.Globalization;
using System.Text;
using System.Text.Json;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Sources.Stores;

/// <summary>
/// Measures of a Prometheus server, asked for as a range and written as a table: Time, Value, and a column for each
/// label.
/// </summary>
/// <remarks>
/// A point that the server tells for a moment stands for the step that ends there, so its Time is that step's
/// beginning. Steps that are not over are not asked for; the last two days are asked for again, for they may be mended.
/// </remarks>
internal sealed class PrometheusStore(SourceLocation from, Environs environs) : IFileStore
{
    /// <summary>The server gives at most 11,000 points of a series at once.</summary>
    private const int PointsMax = 10_000;

    private static readonly TimeSpan AskedAgain = TimeSpan.FromDays(2);

    private readonly TimeSpan step = Span.Read(from.Step)!.Value;

    public Task<IReadOnlyList<OfferedFile>> ListAsync(CancellationToken cancel)
    {
        var end = End();
        var version = end.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Task.FromResult<IReadOnlyList<OfferedFile>>([
            new OfferedFile($"{from.Prometheus}?{from.Query}", from.File ?? "prometheus.csv", version),
        ]);
    }

    public async Task<FetchedFile?> FetchAsync(
        OfferedFile file,
        KnownVersion? known,
        string path,
        CancellationToken cancel
    )
    {
        var end = End();
        var start = Start(known?.Version, end);
        var points = new List<(DateTimeOffset Time, string Value, IReadOnlyDictionary<string, string> Labels)>();
        for (var first = start; first <= end; first += step * PointsMax)
        {
            var last = first + (step * (PointsMax - 1));
            await AskAsync(first, last < end ? last : end, points, cancel).ConfigureAwait(false);
        }
        var bytes = Encoding.UTF8.GetBytes(Table(points));
        await File.WriteAllBytesAsync(path, bytes, cancel).ConfigureAwait(false);
        return points.Count == 0 ? null : new FetchedFile(path, file.Version, bytes.Length, Sha256: null);
    }

    /// <summary>The end of the last step that is over.</summary>
    private DateTimeOffset End()
    {
        var now = environs.Clock.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % step.Ticks), TimeSpan.Zero);
    }

    private DateTimeOffset Start(string? known, DateTimeOffset end)
    {
        var earliest = end - TimeSpan.FromDays(from.Days);
        if (
            !DateTimeOffset.TryParse(known, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var asked)
        )
            return earliest;
        var again = asked - AskedAgain;
        again = new DateTimeOffset(again.Ticks - (again.Ticks % step.Ticks), TimeSpan.Zero);
        return again > earliest ? again : earliest;
    }

    private async Task AskAsync(
        DateTimeOffset first,
        DateTimeOffset last,
        List<(DateTimeOffset, string, IReadOnlyDictionary<string, string>)> points,
        CancellationToken cancel
    )
    {
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"query={Uri.EscapeDataString(from.Query!)}&start={first.ToUnixTimeSeconds()}&end={last.ToUnixTimeSeconds()}&step={step.TotalSeconds:0}"
        );
        var address = new Uri(environs.Filled(from.Prometheus!).TrimEnd('/') + "/api/v1/query_range?" + query);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in from.Headers)
            request.Headers.TryAddWithoutValidation(name, environs.Filled(value));
        using var answer = await AskWeb.SendAsync(request, cancel).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false);
        if ((int)answer.StatusCode is 400 or 422)
            throw FetchException.Of(
                "sources/bad-query",
                $"{from.Prometheus} does not understand the query: {ErrorIn(text)}",
                "Try the query on the server's own page, then write it into query: of the series."
            );
        if (!answer.IsSuccessStatusCode)
            throw FetchException.Answered(
                from.Prometheus!,
                answer.StatusCode,
                answer.ReasonPhrase,
                answer.Headers.RetryAfter?.Delta
            );
        try
        {
            using var json = JsonDocument.Parse(text);
            foreach (var series in json.RootElement.GetProperty("data").GetProperty("result").EnumerateArray())
                Take(series, points);
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw FetchException.Of(
                "sources/not-prometheus",
                $"{from.Prometheus} answered, but not as a Prometheus server does.",
                "Write the address at which the server's own page opens, without /api."
            );
        }
    }

    private void Take(JsonElement series, List<(DateTimeOffset, string, IReadOnlyDictionary<string, string>)> points)
    {
        var labels = series
            .GetProperty("metric")
            .EnumerateObject()
            .ToDictionary(label => label.Name, label => label.Value.GetString() ?? "");
        foreach (var point in series.GetProperty("values").EnumerateArray())
        {
            var value = point[1].GetString()!;
            // Not a number, and infinity: the server had nothing to divide by.
            if (!value.Any(char.IsAsciiDigit))
                continue;
            var moment = DateTimeOffset.FromUnixTimeMilliseconds((long)(point[0].GetDecimal() * 1000));
            points.Add((moment - step, value, labels));
        }
    }

    private static string Table(
        List<(DateTimeOffset Time, string Value, IReadOnlyDictionary<string, string> Labels)> points
    )
    {
        var labels = points.SelectMany(point => point.Labels.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        text.AppendJoin(',', ["Time", "Value", .. labels.Select(Quoted)]).Append('\n');
        foreach (var (time, value, of) in points)
        {
            var cells = labels.Select(label => Quoted(of.GetValueOrDefault(label, "")));
            var at = time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            text.AppendJoin(',', [at, value, .. cells]).Append('\n');
        }
        return text.ToString();
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string ErrorIn(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.GetProperty("error").GetString() ?? "";
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return text.Length > 200 ? text[..200] : text;
        }
    }
}
