using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Deliveries;

/// <summary>Damage to any file refuses every answer that rests on it, names it, and loses nothing else.</summary>
public sealed class DamageTests : IDisposable
{
    private static readonly (string Name, Func<byte[], byte[]?> Do)[] Damages =
    [
        ("flipped", bytes => Flipped(bytes, bytes.Length / 2)),
        ("first byte", bytes => Flipped(bytes, 0)),
        ("last byte", bytes => Flipped(bytes, bytes.Length - 1)),
        ("truncated", bytes => bytes[..(bytes.Length / 2)]),
        ("emptied", _ => []),
        ("longer", bytes => [.. bytes, 0]),
        ("removed", _ => null),
    ];

    private readonly BooksTest test = new();

    public void Dispose() => test.Dispose();

    [Fact]
    public async Task Damaged_charges_refuse_answers_and_name_the_file()
    {
        var march = (await BookAsync("3"))[0];
        await test.BookAsync(test.Write("april.csv", SomeRow.Csv(new SomeRow("5") { Month = "2026-04" })));
        await EachAsync(
            FileIn("charges/aws/2026-03"),
            async (file, how) =>
            {
                foreach (var command in new[] { "costs", "explain" })
                    await RefusesAsync(how, file, command);
                await FindsAsync(how, file);
                Assert.Equal(0, (await test.RunAsync("deliveries")).ExitCode);
            }
        );
        Assert.Equal("8", await test.TotalAsync());
        await test.VerifyPassesAsync();

        // What the remedy says works: withdraw, deliver again.
        File.Delete(FileIn("charges/aws/2026-03"));
        Assert.Equal(0, (await test.RunAsync("withdraw", march, "--reason", "damaged")).ExitCode);
        Assert.Equal("5", await test.TotalAsync());
        await BookAsync("3");
        Assert.Equal("8", await test.TotalAsync());
    }

    [Fact]
    public async Task A_damaged_journal_or_head_refuses_everything()
    {
        await BookAsync("3");
        foreach (var name in new[] { "journal.jsonl", "journal.head" })
        {
            await EachAsync(
                System.IO.Path.Combine(test.Books, name),
                async (file, how) =>
                {
                    // A head that is gone beside a journal that is gone is no books at all; a longer journal is a torn
                    // line.
                    if (name == "journal.jsonl" && how == "longer")
                        return;
                    foreach (var command in new[] { "costs", "explain", "deliveries", "verify" })
                    {
                        var result = await test.RunAsync(command);
                        Assert.True(result.ExitCode == 1, $"{name} {how}: {command}\n{result}");
                        Assert.Contains(test.Books + "/journal", result.Error);
                    }
                    var ingest = await test.IngestAsync(test.Write("more.csv", SomeRow.Csv(new SomeRow("100"))));
                    Assert.True(ingest.ExitCode == 1 && ingest.Deliveries.Count == 0, $"{name} {how}\n{ingest.Result}");
                }
            );
        }
        Assert.Equal("3", await test.TotalAsync());
        await test.VerifyPassesAsync();
    }

    [Theory]
    [InlineData("daily")]
    [InlineData("allocation")]
    public async Task A_damaged_cache_is_found_and_made_again(string kind)
    {
        await BookAsync("3");
        var file = FileIn(kind);
        var made = File.ReadAllBytes(file);
        foreach (var (how, damage) in Damages)
        {
            Write(file, damage(made));
            Assert.Equal("3", await test.TotalAsync());
            Assert.True(made.AsSpan().SequenceEqual(File.ReadAllBytes(file)), how);
            if (damage(made) is not { } bytes)
                continue;
            Write(file, bytes);
            var found = await test.RunAsync("verify");
            Assert.True(found.ExitCode == 1, how);
            Assert.Contains(
                "was damaged, and was removed. No figure is lost: it is made again from the charges.",
                found.Error
            );
            await test.VerifyPassesAsync();
            Assert.Equal("3", await test.TotalAsync());
        }
        Directory.Delete(System.IO.Path.Combine(test.Books, kind), recursive: true);
        Assert.Equal("3", await test.TotalAsync());
        File.Delete(file + ".sha256");
        await test.VerifyPassesAsync();
        Assert.Equal("3", await test.TotalAsync());
        Assert.True(made.AsSpan().SequenceEqual(File.ReadAllBytes(file)));
    }

    [Fact]
    public async Task A_daily_file_that_sums_to_something_else_is_found_although_its_checksum_fits()
    {
        await BookAsync("3");
        var (file, other) = (FileIn("daily"), new BooksTest());
        using (other)
        {
            await other.BookAsync(other.Write("a.csv", SomeRow.Csv(new SomeRow("4"))));
            var theirs = Directory.GetFiles(other.Books + "/daily", "*.parquet", SearchOption.AllDirectories).Single();
            File.Copy(theirs, file, overwrite: true);
            File.Copy(theirs + ".sha256", file + ".sha256", overwrite: true);
        }
        var found = await test.RunAsync("verify");
        Assert.Equal(1, found.ExitCode);
        Assert.Contains("does not come to its delivery: BilledCost 4 USD instead of 3", found.Error);
        Assert.Equal("3", await test.TotalAsync());
    }

    [Fact]
    public async Task Damage_to_the_file_as_it_came_is_found_and_answers_go_on()
    {
        await BookAsync("3");
        await EachAsync(
            FileIn("raw"),
            async (file, how) =>
            {
                // A longer archive is the same text; its checksum is that of the text.
                if (how is "longer" or "first byte" or "last byte")
                    return;
                await FindsAsync(how, file);
                Assert.Equal("3", await test.TotalAsync());
            }
        );
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task Damaged_quarantine_and_rulebooks_refuse_what_rests_on_them()
    {
        var outcome = await test.IngestAsync(test.Write("a.csv", SomeRow.Csv(new SomeRow("3"), new SomeRow("x"))));
        await EachAsync(
            FileIn("quarantine"),
            async (file, how) =>
            {
                await RefusesAsync(how, file, "costs");
                await RefusesAsync(how, file, "deliveries", outcome.Ids[0]);
                await FindsAsync(how, file);
            }
        );
        Assert.Equal("3", await test.TotalAsync());
    }

    private Task<IReadOnlyList<string>> BookAsync(string cost) =>
        test.BookAsync(test.Write("march.csv", SomeRow.Csv(new SomeRow(cost))));

    private string FileIn(string folder) =>
        Directory
            .GetFiles(System.IO.Path.Combine(test.Books, folder), "*", SearchOption.AllDirectories)
            .Single(file => !file.EndsWith(".sha256"));

    private static async Task EachAsync(string file, Func<string, string, Task> check)
    {
        var whole = File.ReadAllBytes(file);
        foreach (var (how, damage) in Damages)
        {
            Write(file, damage(whole));
            await check(file, how);
        }
        Write(file, whole);
    }

    private async Task RefusesAsync(string how, string file, params string[] command)
    {
        var result = await test.RunAsync(command);
        Assert.True(result.ExitCode == 1, $"{how}: {string.Join(' ', command)}\n{result}");
        Assert.Contains(System.IO.Path.GetRelativePath(test.Books, file), result.Error);
        Assert.Empty(result.Out);
    }

    private async Task FindsAsync(string how, string file)
    {
        var result = await test.RunAsync("verify");
        Assert.True(result.ExitCode == 1, $"{how}\n{result}");
        Assert.Contains(System.IO.Path.GetRelativePath(test.Books, file), result.Error);
    }

    private static void Write(string file, byte[]? bytes)
    {
        if (bytes is null)
            File.Delete(file);
        else
            File.WriteAllBytes(file, bytes);
    }

    private static byte[] Flipped(byte[] bytes, int place)
    {
        var flipped = bytes.ToArray();
        flipped[place] ^= 0x20;
        return flipped;
    }
}
