using System.Diagnostics;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.EndToEnd;

public sealed class FullDiskIngestTests
{
    [Fact]
    public async Task A_full_disk_is_named_and_nothing_that_was_booked_is_lost()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.UserName == "root",
            "SKIPPED: mounting a small disk needs root on Linux."
        );
        using var test = new BooksTest();
        var disk = Directory.CreateDirectory(System.IO.Path.Combine(test.Path, "disk")).FullName;
        Assert.SkipUnless(
            Run("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk),
            "SKIPPED: this machine does not allow mounting a tmpfs."
        );
        var books = System.IO.Path.Combine(disk, "books");
        try
        {
            var booked = 0;
            BursarResult refused;
            while (true)
            {
                var file = test.Write(
                    $"in/{booked}.csv",
                    SomeRow.Csv(
                        Enumerable
                            .Range(0, 200)
                            .Select(i => new SomeRow("1") { Resource = $"{booked}-{i}-{Guid.NewGuid()}" })
                    )
                );
                refused = await ShellTest.RunAsync("ingest", file, "--books", books);
                if (refused.ExitCode != 0)
                    break;
                booked++;
                Assert.InRange(booked, 0, 50);
            }
            Assert.True(refused.ExitCode == 1, refused.ToString());
            Assert.Contains("error books/cannot-write", refused.Error);
            Assert.Contains("No space left on device", refused.Error);
            Assert.Contains("Free space on that disk", refused.Error);
            Assert.InRange(booked, 1, 50);
            await HoldsAsync(books, booked);

            Assert.True(Run("mount", "-o", "remount,size=4m", disk));
            var after = await ShellTest.RunAsync("ingest", test.Path + $"/in/{booked}.csv", "--books", books);
            Assert.True(after.ExitCode == 0, after.ToString());
            await HoldsAsync(books, booked + 1);
        }
        finally
        {
            Run("umount", "--lazy", disk);
        }
    }

    private static async Task HoldsAsync(string books, int deliveries)
    {
        var asked = await ShellTest.RunAsync("costs", "--books", books, "--format", "json");
        Assert.Contains($"[[{deliveries * 200}]]", asked.Out);
        var audit = await ShellTest.RunAsync("verify", "--books", books);
        Assert.True(audit.ExitCode == 0, audit.ToString());
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
