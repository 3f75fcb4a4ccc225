using System.Diagnostics;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;

namespace Bursar.Tests.Books;

public sealed class FullDiskTests
{
    [Fact]
    public void A_full_disk_is_named_and_loses_nothing_that_was_booked()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.UserName == "root",
            "SKIPPED: mounting a small disk needs root on Linux."
        );
        var disk = Directory.CreateTempSubdirectory("bursar-disk-").FullName;
        Assert.SkipUnless(
            Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk),
            "SKIPPED: this machine does not allow mounting a tmpfs."
        );
        try
        {
            var folder = Path.Combine(disk, "books");
            var books = BooksOfRecord.Create(folder);
            var booked = 0;
            RefusedException? refused = null;
            while (refused is null)
            {
                try
                {
                    books.Append("mia", SomeBooks.Committed($"d-{booked}"));
                    booked++;
                }
                catch (RefusedException full)
                {
                    refused = full;
                }
            }

            Assert.Equal("books/cannot-write", refused.Diagnostic.Code);
            Assert.Contains(folder, refused.Message);
            Assert.Contains("No space left on device", refused.Message);
            Assert.InRange(booked, 10, 200);
            Assert.True(BooksAudit.Run(BooksOfRecord.Open(folder)).Passed);
            Assert.Equal(booked, BooksOfRecord.Open(folder).Current().HeadSeq);

            Assert.True(Run("mount", "-o", "remount,size=256k", disk));
            books.Append("mia", SomeBooks.Committed("after"));
            Assert.Equal(booked + 1, BooksOfRecord.Open(folder).Current().HeadSeq);
            Assert.True(BooksAudit.Run(BooksOfRecord.Open(folder)).Passed);
        }
        finally
        {
            Run("umount", "--lazy", disk);
            Directory.Delete(disk);
        }
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
