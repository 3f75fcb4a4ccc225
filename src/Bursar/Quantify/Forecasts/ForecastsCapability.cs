namespace Bursar.Quantify.Forecasts;

/// <summary>What it will cost, and how sure that is.</summary>
internal sealed class ForecastsCapability : Capability
{
    public override string Name => "Forecasting";

    public override Wing Wing => Wing.Quantify;
}
