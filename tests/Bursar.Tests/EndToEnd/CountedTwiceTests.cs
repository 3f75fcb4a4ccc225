using System.Globalization;
using System.Text.Json;
using Bursar.Tests.Deliveries;
using Bursar.Tests.Support;

namespace Bursar.Tests.EndToEnd;

/// <summary>A file that comes again under another name, one letter changed, is named where it counts twice.</summary>
public sealed class CountedTwiceTests
{
    private static readonly DateOnly First = new(2026, 1, 5);
    private static readonly DateOnly Twice = new(2026, 6, 1);

    private static IEnumerable<SomeCharge> Charges()
    {
        var random = new Random(3);
        foreach (var day in Enumerable.Range(0, 151).Select(First.AddDays))
        foreach (var (service, level) in new[] { ("Machines", 100), ("Disks", 60), ("Network", 40), ("Logs", 20) })
            yield return new SomeCharge(
                day,
                (level * (98 + random.Next(5)) / 100m).ToString(CultureInfo.InvariantCulture)
            )
            {
                Service = service,
                Account = "shop",
                Resource = service + "-1",
            };
    }

    // ANO-08, DAT-06
    [Fact]
    public async Task A_file_delivered_again_is_held_and_named_and_counted_all_the_same_the_anomaly_names_it()
    {
        var (day, others) = (
            Charges().Where(charge => charge.Day == Twice).ToList(),
            Charges().Where(charge => charge.Day != Twice)
        );
        using var books = new BookedCharges("", others);
        books.Take(day);
        var first = Newest(books);
        var total = await TotalAsync(books);
        books.Take([day[0] with { Description = "Use." }, .. day.Skip(1)]);
        var again = Newest(books);
        Assert.NotEqual(first, again);

        // It is not counted, and both deliveries are named.
        Assert.Equal(total, await TotalAsync(books));
        var said = await books.RunAsync("costs");
        Assert.Contains(
            $"Not counted: {again} holds the same charges as {first}.",
            said.Error.Flat(),
            StringComparison.Ordinal
        );
        Assert.Equal(0, (await AnomaliesAsync(books)).GetArrayLength());

        // Somebody says that both count: the day costs twice, and the later of the two is named.
        var both = await books.RunAsync("deliveries", "choose", again, "--both", "--reason", "two contracts");
        Assert.True(both.ExitCode == 0, both.ToString());
        Assert.NotEqual(total, await TotalAsync(books));
        var anomalies = await AnomaliesAsync(books);
        var one = Assert.Single(anomalies.EnumerateArray());
        Assert.Equal("counted twice", one.GetProperty("kind").GetString());
        Assert.Equal("2026-06-01", one.GetProperty("since").GetString());
        var driver = Assert.Single(one.GetProperty("drivers").EnumerateArray());
        Assert.Equal("x_DeliveryId", driver.GetProperty("column").GetString());
        Assert.Equal(again, driver.GetProperty("value").GetString());
        var shown = await books.RunAsync("anomalies", "show", one.GetProperty("id").GetString()!, "--draft");
        Assert.Contains(again, shown.Out, StringComparison.Ordinal);

        // Taken back, it is gone.
        await books.RunAsync("withdraw", again, "--reason", "delivered twice");
        Assert.Equal(total, await TotalAsync(books));
        Assert.Equal(0, (await AnomaliesAsync(books)).GetArrayLength());
    }

    private static string Newest(BookedCharges books) =>
        books.View.LiveDeliveries.MaxBy(booked => booked.CommittedSeq)!.Id;

    private static async Task<string> TotalAsync(BookedCharges books)
    {
        var json = await JsonAsync(books, "costs");
        return json.GetProperty("rows")[0].EnumerateArray().Last().GetRawText();
    }

    private static async Task<JsonElement> AnomaliesAsync(BookedCharges books) =>
        (await JsonAsync(books, "anomalies", "--draft")).GetProperty("anomalies");

    private static async Task<JsonElement> JsonAsync(BookedCharges books, params string[] args)
    {
        var result = await books.RunAsync([.. args, "--format", "json"]);
        Assert.True(result.ExitCode is 0 or 1, result.ToString());
        return JsonDocument.Parse(result.Out).RootElement.Clone();
    }
}
