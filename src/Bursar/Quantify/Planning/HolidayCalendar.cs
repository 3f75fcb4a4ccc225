using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Quantify.Planning;

/// <summary>
/// Public holidays: days on which people do not work, and with them some cost does not come. Forecasts learn what
/// such a day costs, and count with those ahead.
/// </summary>
internal sealed record HolidayCalendar : Declaration
{
    [Description("A calendar that Bursar brings along: IN (India), GB-ENG (England and Wales)."), OneOf<KnownHolidays>]
    public string? Country { get; init; }

    [Description("Days of its own, beside those of the country.")]
    public IReadOnlyList<Holiday> Days { get; init; } = [];

    [Description("Days of the country that are no holidays here.")]
    public IReadOnlyList<DateOnly> Without { get; init; } = [];

    public override void Check(RulebookCheck check)
    {
        if (Country is null && Days.Count == 0)
            check.Error(
                this,
                "name",
                "no-holidays",
                $"The calendar \"{Name}\" holds no day.",
                "Write country: IN, or days: with on and name."
            );
    }

    /// <summary>Every day on which a calendar of the rulebook has a holiday; of a day several have, once.</summary>
    public static IReadOnlySet<DateOnly> AllOf(Rulebook rulebook) =>
        rulebook.All<HolidayCalendar>().SelectMany(calendar => calendar.Dates).ToHashSet();

    private IEnumerable<DateOnly> Dates =>
        Country is null
            ? Days.Select(day => day.On)
            : KnownHolidays.Of(Country).Except(Without).Concat(Days.Select(day => day.On));
}

/// <summary>A holiday.</summary>
internal sealed record Holiday : RulebookRecord
{
    [Description("The day.")]
    public required DateOnly On { get; init; }

    [Description("What is celebrated.")]
    public string? Name { get; init; }
}

/// <summary>The calendars that Bursar brings along.</summary>
internal sealed class KnownHolidays : IWordList
{
    private static readonly Lazy<IReadOnlyList<HolidayCalendar>> Known = new(() =>
        BuiltInDocuments.Read<HolidayCalendar>("Bursar.Planning.holidays")
    );

    public static IReadOnlyList<string> Words { get; } = ["IN", "GB-ENG"];

    public static IEnumerable<DateOnly> Of(string country) =>
        Known.Value.First(calendar => calendar.Name == country).Days.Select(day => day.On);
}
