using Bursar.Cli;

namespace Bursar.Understand.Measures;

/// <summary>Measures of business and use beside the cost.</summary>
internal sealed class MeasuresCapability : Capability
{
    public override string Name => "Data Ingestion";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [SeriesCli.Create(shell)];

    public override void Map(IEndpointRouteBuilder routes) => SeriesApi.Map(routes);

    public override IReadOnlyList<PageEntry> Pages => [new("Series", "/series", PageGroup.Understand)];
}
