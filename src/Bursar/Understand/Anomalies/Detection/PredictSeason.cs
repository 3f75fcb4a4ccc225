namespace Bursar.Understand.Anomalies.Detection;

/// <summary>
/// The next figure is a level and what the hour of the day adds to it; for figures of whole days, the day of the week.
/// </summary>
/// <remarks>Misses of more than three times the usual one are learnt as if they were three times it.</remarks>
internal sealed class PredictSeason : IPredict
{
    private const int SlotsOfDay = 96;
    private const int DaysOfWeek = 7;
    private const double Width = 3;

    private readonly double levelRate;
    private readonly double seasonRate;
    private readonly bool isDaily;
    private readonly int seenBefore;
    private readonly double[] season;
    private readonly int[] seen;
    private double level;
    private double spread;
    private int count;

    public PredictSeason(TimeSpan step, double levelRate, double seasonRate)
    {
        this.levelRate = levelRate;
        this.seasonRate = seasonRate;
        isDaily = step.TotalDays >= 0.9;
        var perDay = Math.Clamp((int)Math.Round(1 / step.TotalDays, MidpointRounding.ToEven), 4, 288);
        var slots = isDaily ? DaysOfWeek : Math.Min(perDay, SlotsOfDay);
        seenBefore = isDaily ? 3 : Math.Max(1, (int)Math.Round(1 / step.TotalDays / slots, MidpointRounding.ToEven));
        season = new double[slots];
        seen = new int[slots];
    }

    public double Miss(DateTime at, double value)
    {
        if (count == 0)
            level = value;
        var slot = isDaily ? (int)at.DayOfWeek : (int)(at.TimeOfDay.TotalDays * season.Length) % season.Length;
        var miss = value - level - season[slot];
        var told = seen[slot] < seenBefore ? double.NaN : miss;
        count++;
        var learnt = count > 20 && seen[slot] > 1 ? Math.Clamp(miss, -Width * spread, Width * spread) : miss;
        spread += Math.Max(0.01, 1.0 / count) * ((Math.Abs(miss) * 1.25) - spread);
        seen[slot]++;
        var ofLevel = Math.Max(levelRate, 1.0 / count);
        var ofSeason = Math.Max(seasonRate, 1.0 / (seen[slot] + 1));
        level += ofLevel * learnt;
        season[slot] += ofSeason * (1 - ofLevel) * learnt;
        return told;
    }
}
