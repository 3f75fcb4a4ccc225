namespace Bursar.Quantify.Planning;

/// <summary>What will change cost, and is meant to.</summary>
internal sealed class PlanningCapability : Capability
{
    public override string Name => "Planning & Estimating";

    public override Wing Wing => Wing.Quantify;
}
