using Bursar.Cli;
using Bursar.Understand.Ingestion;
using Bursar.Workspaces;

namespace Bursar.Understand.Arrival;

/// <summary>How much of the newest days has arrived.</summary>
internal sealed class ArrivalCapability : Capability
{
    public override string Name => "Data Ingestion";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [ArrivalCli.Create(shell)];

    public override void Map(IEndpointRouteBuilder routes) => ArrivalApi.Map(routes);

    /// <summary>Gives the page and the API their use case.</summary>
    public static void Add(IServiceCollection services, Func<string?, BooksView> view)
    {
        services.AddSingleton(new DataSection(typeof(ArrivalSection)));
        services.AddSingleton<ReadArrival>(
            (asOf, cancel) => Task.Run(() => ArrivalCurves.Of(view(asOf), cancel), cancel)
        );
    }
}

/// <summary>How cost arrives, as of a moment.</summary>
internal delegate Task<ArrivalCurves> ReadArrival(string? asOf, CancellationToken cancel);
