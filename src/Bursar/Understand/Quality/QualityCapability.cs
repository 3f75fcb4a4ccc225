using Bursar.Cli;
using Bursar.Understand.Deliveries;

namespace Bursar.Understand.Quality;

/// <summary>Whether the numbers can be trusted: checks at delivery, freshness, completeness, tags.</summary>
internal sealed class QualityCapability : Capability
{
    public override string Name => "Data Ingestion";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [QualityCli.Create(shell), TrustCli.Create(shell), TagsCli.Create(shell)];

    public override IEnumerable<ExamineDelivery> DeliveryChecks => [CheckDelivery.Examine];

    public override void Map(IEndpointRouteBuilder routes) => QualityApi.Map(routes);
}
