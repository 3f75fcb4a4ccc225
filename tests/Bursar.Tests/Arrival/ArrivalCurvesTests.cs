using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using Bursar.Understand.Arrival;

namespace Bursar.Tests.Arrival;

/// <summary>Which of the newest days are provisional, learned from what earlier deliveries said of a day.</summary>
public sealed class ArrivalCurvesTests
{
    private const string Overwriting = """
        kind: Source
        name: somewhere
        delivery: overwrite
        """;

    [Fact]
    public async Task What_deliveries_said_of_a_day_and_what_it_came_to_is_the_curve()
    {
        using var books = new BookedCharges(Overwriting, Told(1));
        for (var newest = 2; newest <= 11; newest++)
            books.Take(Told(newest));
        var curves = ArrivalCurves.Of(books.View, TestContext.Current.CancellationToken);
        Assert.Equal(0.6m, curves.ShareArrived("Cloud One", new(2026, 9, 11)));
        Assert.Equal(0.95m, curves.ShareArrived("Cloud One", new(2026, 9, 10)));
        Assert.Equal(1, curves.ShareArrived("Cloud One", new(2026, 9, 9)));
        Assert.Equal(0, curves.ShareArrived("Cloud One", new(2026, 9, 12)));
        Assert.Equal(0.6m, curves.ShareArrived(null, new(2026, 9, 11)));
        Assert.Equal(new DateOnly(2026, 9, 9), curves.CompleteThrough("Cloud One"));
        Assert.Equal(new DateOnly(2026, 9, 9), curves.CompleteThrough(null));
        Assert.Equal(Amount.From(80), curves.EstimatedMissing(null, new(2026, 9, 11), Amount.From(120)));
        Assert.Same(curves, ArrivalCurves.Of(books.View, TestContext.Current.CancellationToken));

        var shown = await books.RunAsync("arrival", "--draft", "--format", "csv");
        Assert.Contains("Cloud One,2026-09-11,2026-09-09,60.00,95.00,100.00,100.00,", shown.Out);
        Assert.Contains("learned", shown.Out);
    }

    [Fact]
    public void Without_a_history_the_newest_day_is_provisional_and_nobody_says_what_is_missing()
    {
        using var books = new BookedCharges("", BookedCharges.EachDay("2026-09", "10"));
        var curves = ArrivalCurves.Of(books.View, TestContext.Current.CancellationToken);
        Assert.True(curves.IsProvisional("Cloud One", new(2026, 9, 30)));
        Assert.False(curves.IsProvisional("Cloud One", new(2026, 9, 29)));
        Assert.Null(curves.EstimatedMissing("Cloud One", new(2026, 9, 30), Amount.From(10)));
        Assert.Equal(new DateOnly(2026, 9, 29), curves.CompleteThrough("a provider that nobody knows"));
    }

    [Fact]
    public void A_ledger_is_complete_as_far_as_it_reaches_and_days_after_it_are_missing_whole()
    {
        var months = new[] { "2026-07", "2026-08" }.SelectMany(month => BookedCharges.EachDay(month, "10"));
        using var books = new BookedCharges("", [.. months, new(new DateOnly(2026, 9, 1), "10")]);
        var curve = ArrivalMath.Learn([]);
        Assert.Equal((0m, 1m, 0m), (curve.Share(0), curve.Share(1), curve.Share(-1)));
        Assert.Equal((1m, 0m), (ArrivalCurve.AtOnce.Share(0), ArrivalCurve.AtOnce.Share(-1)));
        var curves = ArrivalCurves.Of(books.View, TestContext.Current.CancellationToken);
        Assert.Equal(new DateOnly(2026, 8, 31), curves.CompleteThrough(null));
    }

    [Fact]
    public void A_curve_never_falls_and_late_credits_never_make_more_than_all_of_it()
    {
        var curve = ArrivalMath.Learn([
            .. Enumerable.Repeat(new ArrivalObservation(0, Amount.From(80), Amount.From(100)), 3),
            .. Enumerable.Repeat(new ArrivalObservation(1, Amount.From(70), Amount.From(100)), 3),
            .. Enumerable.Repeat(new ArrivalObservation(2, Amount.From(110), Amount.From(100)), 3),
            new ArrivalObservation(3, Amount.Zero, Amount.From(100)),
        ]);
        Assert.Equal([0.8m, 0.8m, 1m, 1m], curve.ByAge.Take(4));
        Assert.Equal(9, curve.Observations);
    }

    /// <summary>The newest day holds 60 of 100, the day before it 95, earlier days all.</summary>
    private static IEnumerable<SomeCharge> Told(int newest) =>
        Enumerable
            .Range(1, newest)
            .Select(day => new SomeCharge(
                new(2026, 9, day),
                (newest - day) switch
                {
                    0 => "60",
                    1 => "95",
                    _ => "100",
                }
            ));
}
