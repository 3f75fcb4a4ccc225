using System.Diagnostics;
using System.Text;

namespace Bursar.Tests.Support;

/// <summary>How a run of the executable ended.</summary>
internal sealed record BursarResult(int ExitCode, string Out, string Error)
{
    /// <summary>Everything, for failure messages.</summary>
    public override string ToString() => $"exit {ExitCode}\n--- stdout\n{Out}\n--- stderr\n{Error}";
}

/// <summary>
/// The real executable, run as a user runs it: its own process, pipes for streams, a folder to work in.
/// </summary>
internal sealed class BursarProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private BursarProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts it and returns at once; await <see cref="EndAsync"/>, or <see cref="Kill"/> it.</summary>
    public static BursarProcess Start(
        string folder,
        string[] args,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var started =
            Process.Start(How(folder, args, environment))
            ?? throw new InvalidOperationException("The executable did not start.");
        started.StandardInput.Close();
        return new BursarProcess(started);
    }

    /// <summary>How it is started: pipes for streams, and no setting of this machine's own.</summary>
    public static ProcessStartInfo How(
        string folder,
        string[] args,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "bursar.dll"));
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("BURSAR_")).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<BursarResult> RunAsync(string folder, params string[] args)
    {
        using var run = Start(folder, args);
        return await run.EndAsync();
    }

    public int Id => process.Id;

    /// <summary>Waits for its end; a run that takes over five minutes is killed and fails the test.</summary>
    public async Task<BursarResult> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            Assert.Fail($"bursar did not end within five minutes.\n--- stderr\n{await error}");
        }
        return new BursarResult(process.ExitCode, await output, await error);
    }

    /// <summary>Ends it as a power cut would (SIGKILL): nothing in it gets to tidy up.</summary>
    public void Kill()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
    }

    /// <summary>Ctrl-C.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString()]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }
}
