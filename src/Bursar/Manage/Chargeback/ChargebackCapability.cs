using Bursar.Cli;
using Bursar.Manage.Chargeback.Digests;
using Bursar.Manage.Chargeback.Mine;

namespace Bursar.Manage.Chargeback;

/// <summary>Tells teams what they cost: statements without effect on the ledger.</summary>
/// <param name="news">What capabilities below have to say to owners.</param>
internal sealed class ChargebackCapability(IOwnersNews news) : Capability
{
    public override string Name => "Invoicing & Chargeback";

    public override Wing Wing => Wing.Manage;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [ShowbackCli.Create(shell), MineCli.Create(shell, news), DigestsCli.Create(shell, news)];

    public override IReadOnlyList<PageEntry> Pages =>
        [
            new("Showback", "/showback", PageGroup.Manage),
            new("Mine", "/mine", PageGroup.Manage),
            new("Digests", "/digests", PageGroup.Manage),
        ];

    public override void Map(IEndpointRouteBuilder routes)
    {
        ShowbackApi.Map(routes);
        MineApi.Map(routes);
        DigestsApi.Map(routes);
    }
}
