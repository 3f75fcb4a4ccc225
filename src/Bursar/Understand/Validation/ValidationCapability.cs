using Bursar.Cli;

namespace Bursar.Understand.Validation;

/// <summary>How well provider files conform to FOCUS.</summary>
internal sealed class ValidationCapability : Capability
{
    public override string Name => "Data Ingestion";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [ValidateCli.Create(shell)];

    public override void Map(IEndpointRouteBuilder routes) => ValidateApi.Map(routes);
}
