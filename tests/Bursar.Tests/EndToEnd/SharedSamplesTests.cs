using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.EndToEnd;

/// <summary>
/// The published samples come out of the books with the totals that were computed from them independently.
/// </summary>
public sealed class SharedSamplesTests
{
    [Fact]
    public async Task The_thousand_rows_of_the_FOCUS_project_come_out_to_the_last_digit()
    {
        var file = SharedFolder.Need("focus", "samples", "focus_sample_1000_v1.0.csv");
        using var test = new BooksTest();
        await test.BookAsync(file, "--source", "sample");
        await CompareAsync(test, file);
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task The_synthetic_exports_of_three_providers_come_out_to_the_last_digit()
    {
        var folder = SharedFolder.Need("focus", "samples", "synthetic");
        var files = Directory.GetFiles(folder, "*cost_and_usage*.csv").Order(StringComparer.Ordinal).ToList();
        Assert.InRange(files.Count, 10, 100);
        // Books of their own: some of these files are byte for byte the same, and the same content counts once.
        foreach (var file in files)
        {
            using var test = new BooksTest();
            await test.BookAsync(file);
            await CompareAsync(test, file);
        }
    }

    /// <summary>Four costs, on both bases of time, per currency.</summary>
    private static async Task CompareAsync(BooksTest test, string file)
    {
        foreach (var measure in new[] { "BilledCost", "EffectiveCost", "ListCost", "ContractedCost" })
        {
            var expected = Expected(file, measure);
            foreach (var time in new[] { "charge", "billing" })
            {
                var total = await test.TotalAsync("--measure", measure, "--time", time);
                Assert.True(expected == Amount.Parse(total), $"{measure} of {file}: {total} instead of {expected}");
            }
        }
    }

    private static Amount Expected(string file, string measure)
    {
        using var profiles = JsonDocument.Parse(
            File.ReadAllBytes(SharedFolder.Need("focus", "samples", "profiles.json"))
        );
        var profile = profiles
            .RootElement.EnumerateArray()
            .Single(profile => Path.GetFileName(profile.GetProperty("file").GetString()) == Path.GetFileName(file));
        Assert.Single(profile.GetProperty("currencies").EnumerateObject());
        return Amount.Parse(profile.GetProperty("totals").GetProperty(measure).GetString()!);
    }
}
