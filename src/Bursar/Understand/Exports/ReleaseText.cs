using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;

namespace Bursar.Understand.Exports;

/// <summary>The number of a FOCUS release, as people write it.</summary>
internal static class ReleaseText
{
    /// <summary>The release; the newest where nothing was said.</summary>
    /// <param name="text">"1.2".</param>
    /// <param name="name">What the error calls it: an option or a parameter.</param>
    /// <exception cref="RefusedException">There is no such release.</exception>
    public static FocusVersion Read(string? text, string name)
    {
        if (text is null)
            return FocusVersion.V1_4;
        foreach (var version in Enum.GetValues<FocusVersion>())
            if (version.Number() == text)
                return version;
        throw new RefusedException(
            "export/no-such-release",
            $"{name} {text} is no release of FOCUS that Bursar knows.",
            "Write 1.0, 1.1, 1.2, 1.3 or 1.4.",
            ExitCode.WrongUsage
        );
    }
}
