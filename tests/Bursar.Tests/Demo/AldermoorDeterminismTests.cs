using System.Globalization;
using System.Security.Cryptography;
using Bursar.Demo;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Tests.Demo;

public sealed class AldermoorDeterminismTests
{
    private static readonly DemoOptions Tiny = new() { Rows = 9_000, Months = 3 };

    // Changes when the files of the demo company change: then the CHANGELOG says so, for readers compare their books
    // with them.
    private const string TinyHash = "fd40f027475c89acab4147c5e860f8eba70e5a94255c545ad0d1965db0857a25";

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_they_are_pinned()
    {
        var first = HashOf(Tiny, out _);
        Assert.Equal(first, HashOf(Tiny, out _));
        Assert.True(first == TinyHash, "The files changed; their hash is now " + first);
    }

    [Fact]
    public void Another_seed_tells_the_same_stories_with_other_files()
    {
        Assert.NotEqual(HashOf(Tiny, out var one), HashOf(Tiny with { Seed = 7 }, out var other));
        Assert.Equal(one.Truth.EffectiveCostOf("2026-09"), other.Truth.EffectiveCostOf("2026-09"));
        var fixedStories = one.Truth.Stories.Where(story => story.Name != "july-reorganisation");
        Assert.Equal(fixedStories, other.Truth.Stories.Where(story => story.Name != "july-reorganisation"));
    }

    [Fact]
    public void Neither_culture_nor_time_zone_changes_a_byte()
    {
        var expected = HashOf(Tiny, out _);
        var (culture, zone) = (CultureInfo.CurrentCulture, Environment.GetEnvironmentVariable("TZ"));
        try
        {
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NumberDecimalSeparator = ",";
            odd.NumberFormat.NegativeSign = "~";
            odd.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
            odd.DateTimeFormat.DateSeparator = ".";
            CultureInfo.CurrentCulture = odd;
            Environment.SetEnvironmentVariable("TZ", "Asia/Kathmandu");
            TimeZoneInfo.ClearCachedData();
            Assert.Equal(expected, HashOf(Tiny, out _));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }
    }

    [Fact]
    public void The_number_of_rows_is_about_what_was_asked_for()
    {
        var folder = Directory.CreateTempSubdirectory("aldermoor-").FullName;
        var result = new AldermoorGenerator(new DemoOptions { Rows = 120_000, Months = 6 }).Write(folder);
        Directory.Delete(folder, recursive: true);
        Assert.InRange(result.Truth.Rows, 102_000, 138_000);
    }

    [Fact]
    public void Googles_parquet_files_hold_the_same_rows_as_its_csv_files()
    {
        using var engine = DuckDbEngine.Open(new DuckDbOptions { MemoryLimitBytes = 256 << 20, Threads = 1 });
        using var session = engine.Connect();
        var folder = Directory.CreateTempSubdirectory("aldermoor-").FullName;
        var result = new AldermoorGenerator(Tiny, session).Write(folder);
        foreach (var delivery in result.Deliveries.Where(delivery => delivery.Source == "google"))
        {
            var file = Assert.Single(delivery.Files);
            Assert.EndsWith(".parquet", file);
            using var answer = session.Query(
                $"SELECT count(*)::VARCHAR || ' ' || sum(EffectiveCost)::VARCHAR || ' ' || any_value(typeof(Tags)) FROM '{Path.Combine(folder, file)}'"
            );
            Assert.True(answer.Read());
            var parts = answer.GetString(0)!.Split(' ', 3);
            Assert.Equal(delivery.Rows, long.Parse(parts[0]));
            Assert.Equal(delivery.EffectiveCost, Bursar.Core.Amounts.Amount.Parse(parts[1]));
            Assert.Equal("MAP(VARCHAR, VARCHAR)", parts[2]);
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>One hash over the names and the uncompressed contents of all files, the manifests too.</summary>
    private static string HashOf(DemoOptions options, out DemoResult result)
    {
        var folder = Directory.CreateTempSubdirectory("aldermoor-").FullName;
        result = new AldermoorGenerator(options).Write(folder);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (
            var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        )
        {
            using var stream = AldermoorFiles.Open(path);
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, path).Replace('\\', '/')));
            hash.AppendData(SHA256.HashData(stream));
        }
        Directory.Delete(folder, recursive: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
