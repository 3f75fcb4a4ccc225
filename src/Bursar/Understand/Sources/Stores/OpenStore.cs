using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Sources.Stores;

/// <summary>Opens the place that a rulebook names.</summary>
internal static class OpenStore
{
    public static IFileStore At(SourceLocation from, Environs environs) =>
        from switch
        {
            { Folder: { } folder } => new FolderStore(
                Path.GetFullPath(Path.Combine(environs.RulebookFolder, folder)),
                environs.BooksFolder
            ),
            { S3: not null } => new S3Store(from, environs),
            { Url: not null } => new HttpStore(from, environs),
            { Prometheus: not null } => new PrometheusStore(from, environs),
            _ => new CommandStore(from, environs),
        };
}
