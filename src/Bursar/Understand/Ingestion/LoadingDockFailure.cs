using Bursar.Core.Diagnostics;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Understand.Ingestion;

/// <summary>
/// What a failure of the engine means to whoever delivers a file: the file's fault, the disk's or the memory's.
/// </summary>
internal static class LoadingDockFailure
{
    /// <summary>A failure while a file was read and converted.</summary>
    /// <exception cref="IOException">The disk of the books cannot be written: that is no fault of the file.</exception>
    public static RefusedException Of(PreparedFile file, DuckDbException failure)
    {
        ThrowIfDisk(failure);
        if (failure.ErrorType == DuckDbErrorType.OutOfMemory)
            return TooLarge(file.File.Name, failure);
        if (file.HasChanged)
            return Changed(file);
        return new(
            "ingestion/unreadable-file",
            $"{file.File.Name} cannot be read as a whole, so nothing of it was booked: {FirstLine(failure)}",
            Remedy(file, failure)
        );
    }

    /// <summary>A failure while charges were added up.</summary>
    /// <exception cref="IOException">The disk of the books cannot be written.</exception>
    public static RefusedException OfSums(string name, DuckDbException failure)
    {
        ThrowIfDisk(failure);
        return failure.ErrorType == DuckDbErrorType.OutOfMemory
            ? TooLarge(name, failure)
            : new(
                "ingestion/amounts-too-large",
                $"{name}: its amounts cannot be added up, so nothing of it was booked: {FirstLine(failure)}",
                "A total may have 20 digits before the point. Look for amounts that are not costs, such as account numbers."
            );
    }

    public static RefusedException Changed(PreparedFile file) =>
        new(
            "ingestion/file-changed",
            $"{file.File.Name} was changed while it was read, so nothing of it was booked.",
            "Wait until the export has been written to its end, and deliver it again."
        );

    private static void ThrowIfDisk(DuckDbException failure)
    {
        if (
            failure.Message.Contains("No space left on device", StringComparison.Ordinal)
            || failure.Message.Contains("Could not write", StringComparison.OrdinalIgnoreCase)
        )
            throw new IOException(FirstLine(failure), failure);
    }

    private static RefusedException TooLarge(string name, DuckDbException failure) =>
        new(
            "ingestion/out-of-memory",
            $"{name} needs more memory than the engine may use: {FirstLine(failure)}",
            "Deliver it in smaller files, or look for cells of many megabytes."
        );

    private static string Remedy(PreparedFile file, DuckDbException failure)
    {
        if (file.Format == FileFormat.Parquet)
            return "The parquet file is damaged or truncated; fetch it again.";
        return failure.Message.Contains("invalid state", StringComparison.Ordinal)
            ? "Its lines end in different ways, or text follows a closing quote. Save it with one kind of line end."
            : "Look for an unterminated quote, a binary part or a line without end; fetch the file again.";
    }

    private static string FirstLine(DuckDbException failure) => failure.Message.Split('\n', 2)[0];
}
