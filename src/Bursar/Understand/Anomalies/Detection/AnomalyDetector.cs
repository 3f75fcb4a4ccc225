namespace Bursar.Understand.Anomalies.Detection;

/// <summary>What the detector says of one figure.</summary>
/// <param name="Score">How odd it is: 0 is ordinary, 3 is about one in a thousand.</param>
/// <param name="IsAlert">Whether it begins an anomaly: odd enough, and not soon after another.</param>
internal readonly record struct Reading(double Score, bool IsAlert);

/// <summary>
/// Says of every figure of a series how odd it is, from those before it alone.
/// </summary>
/// <remarks>
/// Seven predictors each tell the next figure. What they miss by, over short windows, is set against all such windows
/// before; predictors that miss less weigh more. One setting serves series of minutes, hours and days.
/// </remarks>
internal sealed class AnomalyDetector
{
    /// <summary>From which score on a figure is an anomaly.</summary>
    public const double Threshold = 2.1;

    private const int Memory = 8_000;
    private const double StillnessWeight = 0.5;
    private const double Negligible = 1e-6;

    // Two years of days cannot make a figure as rare as weeks of minutes can: their scores are raised to the same
    // scale.
    private const double ScaleOfDays = 1.28;

    private readonly Voice[] voices;
    private readonly int warmUp;
    private readonly int quiet;
    private readonly double threshold;
    private readonly double scale;
    private double usual;
    private int count;
    private int quietUntil;

    /// <param name="step">The time from one figure to the next.</param>
    /// <param name="threshold">From which score on a figure is an anomaly.</param>
    public AnomalyDetector(TimeSpan step, double threshold = Threshold)
    {
        this.threshold = threshold;
        var isDaily = step.TotalDays >= 0.9;
        warmUp = isDaily ? 100 : 50;
        quiet = isDaily ? 7 : 100;
        scale = isDaily ? ScaleOfDays : 1;
        IPredict[] predictors =
        [
            new PredictLast(),
            new PredictLevel(0.05),
            new PredictLevel(0.01),
            new PredictSeason(step, 0.05, 0.2),
            new PredictSeason(step, 0.005, 0.15),
            new PredictFromLags(),
            new PredictMedian(2_000),
        ];
        voices = [.. predictors.Select(predictor => new Voice(predictor, isDaily))];
    }

    /// <summary>Reads the next figure; one that is missing is passed over.</summary>
    public Reading Read(DateTime at, double value)
    {
        count++;
        if (!double.IsFinite(value))
            return default;
        usual += (Math.Abs(value) - usual) / Math.Min(count, 2_000);
        var best = voices.Where(voice => voice.IsHeard).Min(voice => (double?)voice.UsualMiss);
        var (sum, weights) = (0.0, 0.0);
        foreach (var voice in voices)
        {
            var weight =
                best is not { } smallest ? 1
                : voice.IsHeard ? (smallest + 1e-12) / (voice.UsualMiss + 1e-12)
                : 0;
            sum += weight * voice.Read(at, value, count > warmUp, usual * Negligible);
            weights += weight * Voice.Weight;
        }
        var score = scale * Math.Sqrt(sum / Math.Max(weights, 1e-9));
        var isAlert = score >= threshold && count >= quietUntil;
        if (isAlert)
            quietUntil = count + quiet;
        return new Reading(score, isAlert);
    }

    /// <summary>A predictor, and how odd its misses are over short windows.</summary>
    private sealed class Voice(IPredict predictor, bool isDaily)
    {
        private static readonly (WindowKind Kind, int Width, double Weight)[] OfParts =
        [
            (WindowKind.Size, 4, 1),
            (WindowKind.Size, 12, 1),
            (WindowKind.Side, 7, 1),
            (WindowKind.Side, 12, 1),
            (WindowKind.Stillness, 30, StillnessWeight),
        ];

        private static readonly (WindowKind Kind, int Width, double Weight)[] OfDays =
        [
            (WindowKind.Size, 1, 1),
            (WindowKind.Size, 4, 1),
            (WindowKind.Side, 3, 1),
            (WindowKind.Side, 4, 1),
            (WindowKind.Stillness, 7, StillnessWeight),
        ];

        private readonly (MissWindow Window, Surprise Surprise, WindowKind Kind, double Weight)[] parts =
        [
            .. (isDaily ? OfDays : OfParts).Select(part =>
                (new MissWindow(part.Kind, part.Width), new Surprise(Memory), part.Kind, part.Weight)
            ),
        ];

        private int count;

        /// <summary>The weights of all windows together.</summary>
        public static double Weight { get; } = OfDays.Sum(part => part.Weight);

        public double UsualMiss { get; private set; }

        /// <summary>Whether it has predicted often enough to be judged.</summary>
        public bool IsHeard => count > 20;

        public double Read(DateTime at, double value, bool isJudged, double floor)
        {
            var miss = predictor.Miss(at, value);
            if (!double.IsNaN(miss))
            {
                count++;
                UsualMiss += (Math.Abs(miss) - UsualMiss) * Math.Max(1.0 / count, 0.002);
            }
            if (count == 0)
                return 0;
            var sum = 0.0;
            foreach (var part in parts)
            {
                var figure = part.Window.Of(miss);
                var surprise = isJudged ? part.Surprise.Of(figure, part.Kind == WindowKind.Stillness ? 0 : floor) : 0;
                sum += part.Weight * surprise * surprise;
                part.Surprise.Add(figure);
            }
            return sum;
        }
    }
}
