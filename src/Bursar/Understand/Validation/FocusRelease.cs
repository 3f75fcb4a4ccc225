using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;

namespace Bursar.Understand.Validation;

/// <summary>Reads the release that somebody asks to be judged by.</summary>
internal static class FocusRelease
{
    /// <param name="number">"1.2".</param>
    /// <exception cref="RefusedException">There is no such release.</exception>
    public static FocusVersion Read(string number) =>
        Enum.GetValues<FocusVersion>()
            .Where(one => one.Number() == number)
            .Select(one => (FocusVersion?)one)
            .FirstOrDefault()
        ?? throw new RefusedException(
            "validate/no-such-release",
            $"\"{number}\" is no FOCUS release that Bursar knows.",
            $"It takes one of: {string.Join(", ", Enum.GetValues<FocusVersion>().Select(one => one.Number()))}.",
            ExitCode.WrongUsage
        );
}
