using Bursar.Core.Diagnostics;

namespace Bursar.Cli.Output;

/// <summary>A file that somebody asked for.</summary>
internal static class OutputFile
{
    /// <exception cref="RefusedException">It cannot be written there.</exception>
    public static void Save(string path, byte[] content)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            File.WriteAllBytes(path, content);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "showback/cannot-write",
                $"{path} could not be written: {problem.Message}",
                "Name a file in a folder that you may write to."
            );
        }
    }
}
