namespace Bursar.Understand.Anomalies;

/// <summary>Where cost is not what it was, since when, by how much, and whose it is.</summary>
internal sealed class AnomaliesCapability : Capability
{
    public override string Name => "Anomaly Management";

    public override Wing Wing => Wing.Understand;
}
