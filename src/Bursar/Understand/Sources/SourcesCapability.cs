using Bursar.Cli;

namespace Bursar.Understand.Sources;

/// <summary>Where files are fetched from, and what is new there.</summary>
internal sealed class SourcesCapability : Capability
{
    public override string Name => "Data Ingestion";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [SourcesCli.Create(shell)];

    public override void Map(IEndpointRouteBuilder routes) => SourcesApi.Map(routes);
}
