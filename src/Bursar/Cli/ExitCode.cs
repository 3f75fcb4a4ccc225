namespace Bursar.Cli;

/// <summary>What the exit code of a command tells the program that started it.</summary>
internal static class ExitCode
{
    /// <summary>Done, nothing to report.</summary>
    public const int Fine = 0;

    /// <summary>Done, and something was found or refused: read the messages.</summary>
    public const int Findings = 1;

    /// <summary>The command line was not understood; nothing was done.</summary>
    public const int WrongUsage = 2;

    /// <summary>A mistake of Bursar's, not of the user's.</summary>
    public const int Bug = 70;

    /// <summary>Stopped by Ctrl-C or by the system before it was done.</summary>
    public const int Interrupted = 130;
}
