using Bursar.Cli;
using Bursar.Understand.Ingestion;
using Bursar.Workspaces;

namespace Bursar.Understand.Exports;

/// <summary>The charges, to be taken elsewhere.</summary>
internal sealed class ExportsCapability : Capability
{
    public override string Name => "Reporting & Analytics";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [ExportCli.Create(shell)];

    public override void Map(IEndpointRouteBuilder routes) => ExportApi.Map(routes);

    /// <summary>Gives the API and the page Data their use case.</summary>
    public static void Add(IServiceCollection services, Func<string?, BooksView> view)
    {
        services.AddSingleton(new DataSection(typeof(ExportSection)));
        services.AddSingleton<ExportFocus>(
            (query, version, path, asOf, cancel) =>
                Task.Run(() => new WriteFocus(view(asOf)).Write(query, version, path, cancel), cancel)
        );
    }
}
