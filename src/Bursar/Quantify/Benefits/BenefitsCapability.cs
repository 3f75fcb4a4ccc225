using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Quantify.Benefits;

/// <summary>What the spending brings.</summary>
internal sealed class BenefitsCapability : Capability
{
    public override string Name => "Value Register";

    public override Wing Wing => Wing.Quantify;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [BenefitsCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Value", "/benefits", PageGroup.Quantify)];

    public override void Map(IEndpointRouteBuilder routes) => BenefitsApi.Map(routes);

    /// <summary>Gives the page and the API their use case.</summary>
    public static void Add(IServiceCollection services, Func<string?, BooksView> view) =>
        services.AddSingleton<ReadBenefits>(
            (asOf, name, month, cancel) =>
                Task.Run(() => new MeasureBenefits(view(asOf)).All(name, month, cancel), cancel)
        );
}
