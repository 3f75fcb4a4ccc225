namespace Bursar.Cli;

/// <summary>The ending that should not happen: says so, and what to send us.</summary>
internal static class BugReport
{
    public static int Write(Exception bug, IReadOnlyList<string> args, ShellIo io)
    {
        io.Error.WriteLine("This is a bug in Bursar, not in what you did. What is in the books stays as it was.");
        io.Error.WriteLine();
        io.Error.WriteLine(
            $"  bursar {Shell.Version} on {System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}"
        );
        io.Error.WriteLine($"  command: bursar {string.Join(' ', args.Take(1))}");
        io.Error.WriteLine($"  {bug.GetType().Name}: {bug.Message}");
        if (io.Environment("BURSAR_DEBUG") == "1")
            io.Error.WriteLine(bug);
        else
            io.Error.WriteLine("Set BURSAR_DEBUG=1 and run it again for the full story to report.");
        return ExitCode.Bug;
    }
}
