using System.Globalization;
using Bursar.Core.Time;

namespace Bursar.Tests.Core;

/// <summary>Days, weeks, months and quarters as people write them.</summary>
public sealed class WrittenDayTests
{
    [Theory]
    [InlineData("Sept-26", "2026-09-01", DayGrain.Month)]
    [InlineData("01-Sep-2026", "2026-09-01", DayGrain.Day)]
    [InlineData("01-Sep-26", "2026-09-01", DayGrain.Day)]
    [InlineData("1. März 2026", "2026-03-01", DayGrain.Day)]
    [InlineData("Sep 7, 2026", "2026-09-07", DayGrain.Day)]
    [InlineData("1er juillet 2026", "2026-07-01", DayGrain.Day)]
    [InlineData("2 de mayo de 2026", "2026-05-02", DayGrain.Day)]
    [InlineData("Dezember 2026", "2026-12-01", DayGrain.Month)]
    [InlineData("2026 August", "2026-08-01", DayGrain.Month)]
    [InlineData("2026/9/3", "2026-09-03", DayGrain.Day)]
    [InlineData("2026.09", "2026-09-01", DayGrain.Month)]
    [InlineData("2026年12月31日", "2026-12-31", DayGrain.Day)]
    [InlineData("2026-W01", "2025-12-29", DayGrain.Week)]
    [InlineData("Q4/2026", "2026-10-01", DayGrain.Quarter)]
    [InlineData("2026-Q1", "2026-01-01", DayGrain.Quarter)]
    public void A_time_in_words_is_read(string text, string day, DayGrain grain)
    {
        Assert.True(WrittenDay.TryRead(text, out var read, out var length));
        Assert.Equal((day, grain), (read.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), length));
    }

    [Theory]
    [InlineData("9/1/2026")]
    [InlineData("2026-02-30")]
    [InlineData("2026-W54")]
    [InlineData("13/2026")]
    [InlineData("Sep 2199")]
    [InlineData("Room 12")]
    [InlineData("Marketing 2026 plan")]
    [InlineData("March 5")]
    [InlineData("12 Apples 2026")]
    [InlineData("123456")]
    public void What_names_no_day_or_two_is_not_read(string text) =>
        Assert.False(WrittenDay.TryRead(text, out _, out _));
}
