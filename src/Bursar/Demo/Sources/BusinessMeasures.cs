using System.Globalization;
using System.Text;
using Bursar.Core.Time;
using Bursar.Demo.Company;

namespace Bursar.Demo.Sources;

/// <summary>
/// What Aldermoor did with its technology: quotes a day, policies in force, and queries by warehouse, as its own
/// systems report them. August's quotes are reported a second time, two days of them mended.
/// </summary>
internal sealed class BusinessMeasures(DemoOptions options)
{
    /// <summary>The first day that the quote engine counted twice.</summary>
    private static readonly DateOnly CountedTwice = new(2026, 8, 17);

    private const int SeptemberQuotesADay = 18_400;
    private const int SeptemberPolicies = 1_284_000;
    private const long SeptemberRevenue = 14_600_000;
    private const int SeptemberHours = 385;
    private static readonly DateOnly September = new(2026, 9, 1);

    /// <summary>Warehouses with monitoring, and thousands of queries a month in September 2026.</summary>
    private static readonly (string Resource, int Thousands)[] Warehouses =
    [
        ("snowpeak/PRICING_XL", 2_310),
        ("snowpeak/QUOTE_SERVING", 9_840),
        ("brickyard/pricing-jobs", 412),
        ("brickyard/claims-features", 365),
        ("brickyard/document-ocr", 1_120),
        ("snowpeak/REPORTING_L", 3_050),
        ("snowpeak/LOADING_M", 740),
        // Switched off, and still answering somebody.
        ("snowpeak/ARCHIVE_S", 3),
    ];

    /// <summary>What runs in Frankfurt, and its part of each of the site's meters, in thousandths.</summary>
    private static readonly (string Application, int CoreHours, int GibHours, int Kilowatts)[] Frankfurt =
    [
        ("policy-core", 590, 420, 560),
        ("claims-archive", 290, 520, 320),
        ("claims-core", 120, 60, 120),
    ];

    private readonly List<BillingPeriod> months =
    [
        .. Enumerable
            .Range(0, options.Months)
            .Select(i => BillingPeriod.Containing(options.LastDay).Plus(i - options.Months + 1)),
    ];

    /// <summary>Writes the files in the order in which they were delivered; returns their paths.</summary>
    public IReadOnlyList<string> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string> { File(folder, "quotes-first.csv", Quotes(isMended: false)) };
        if (options.LastDay > CountedTwice.AddMonths(1))
            files.Add(File(folder, "quotes.csv", Quotes(isMended: true)));
        files.Add(File(folder, "policies.csv", Policies()));
        files.Add(File(folder, "warehouse-queries.csv", Queries()));
        files.Add(File(folder, "quote-revenue.csv", Revenue()));
        files.Add(File(folder, "engineering-hours.csv", EngineeringHours()));
        files.Add(File(folder, "frankfurt-core-hours.csv", Site("CoreHours", 9_240_000, one => one.CoreHours)));
        files.Add(File(folder, "frankfurt-gib-hours.csv", Site("GibHours", 109_500_000, one => one.GibHours)));
        files.Add(File(folder, "frankfurt-kilowatts.csv", Site("Kilowatts", 588, one => one.Kilowatts)));
        return files;
    }

    /// <summary>What the racks of Frankfurt gave: it shrinks as applications leave the site.</summary>
    private string Site(
        string meter,
        long september,
        Func<(string Application, int CoreHours, int GibHours, int Kilowatts), int> share
    )
    {
        var text = new StringBuilder($"Month,Application,{meter}\n");
        foreach (var (i, month) in months.Where(month => month.End <= options.LastDay.AddDays(1)).Index())
        foreach (var one in Frankfurt)
        {
            var random = DemoRandom.For(options.Seed, $"{meter}/{one.Application}/{month}");
            var more = 1000 + (9 * (options.Months - 2 - i));
            var quantity = september * more / 1000 * share(one) / 1000 * random.Around(1000, 20) / 1000;
            text.Append(CultureInfo.InvariantCulture, $"{month},{one.Application},{quantity}\n");
        }
        return text.ToString();
    }

    private string Quotes(bool isMended)
    {
        var text = new StringBuilder("Day,Channel,Quotes\n");
        for (var day = months[0].Start; day <= options.LastDay; day = day.AddDays(1))
        {
            var random = DemoRandom.For(options.Seed, $"quotes/{day:yyyy-MM-dd}");
            var weight = RhythmWeights.OfDay(Rhythm.Daily, day, ref random);
            var month = BillingPeriod.Containing(day);
            var all = Growth.At(month, Purpose.InstantQuote, SeptemberQuotesADay) * weight / 1000;
            if (!isMended && day >= CountedTwice && day < CountedTwice.AddDays(2))
                all *= 2;
            var brokers = all * (310 + random.Below(40)) / 1000;
            Row(text, day, "web", all - brokers);
            Row(text, day, "broker", brokers);
        }
        return text.ToString();
    }

    private string Policies()
    {
        var text = new StringBuilder("Month,Line,Policies\n");
        foreach (var month in months.Where(month => month.End <= options.LastDay.AddDays(1)))
        {
            var random = DemoRandom.For(options.Seed, $"policies/{month}");
            var all = Growth.At(month, Purpose.Running, SeptemberPolicies);
            var motor = all * (550 + random.Below(10)) / 1000;
            text.Append(CultureInfo.InvariantCulture, $"{month},motor,{motor}\n{month},home,{all - motor}\n");
        }
        return text.ToString();
    }

    private string Revenue()
    {
        var text = new StringBuilder("Month,Revenue\n");
        foreach (var month in months.Where(month => month.End <= options.LastDay.AddDays(1)))
        {
            var random = DemoRandom.For(options.Seed, $"revenue/{month}");
            var cents = Growth.At(month, Purpose.InstantQuote, SeptemberRevenue) * random.Around(1000, 25) / 10;
            text.Append(CultureInfo.InvariantCulture, $"{month},{cents / 100}.{cents % 100:00}\n");
        }
        return text.ToString();
    }

    /// <summary>What engineers booked on cost work, by team: less every month, as routine takes over.</summary>
    private string EngineeringHours()
    {
        var text = new StringBuilder("Month,Team,Hours\n");
        foreach (var month in months.Where(month => month.End <= options.LastDay.AddDays(1)))
        {
            var before = ((September.Year - month.Start.Year) * 12) + September.Month - month.Start.Month;
            var random = DemoRandom.For(options.Seed, $"engineering-hours/{month}");
            var all = SeptemberHours + (9 * before) + (before == 0 ? 0 : random.Around(0, 12));
            var (platform, digital) = (all * 45 / 100, all * 30 / 100);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{month},platform,{platform}\n{month},digital,{digital}\n{month},claims,{all - platform - digital}\n"
            );
        }
        return text.ToString();
    }

    private string Queries()
    {
        var text = new StringBuilder("Month,Warehouse,Queries\n");
        foreach (var month in months.Where(month => month.End <= options.LastDay.AddDays(1)))
        foreach (var (resource, thousands) in Warehouses)
        {
            var random = DemoRandom.For(options.Seed, $"queries/{resource}/{month}");
            var queries = Growth.At(month, Purpose.Running, thousands * 1000L) * random.Around(1000, 60) / 1000;
            text.Append(CultureInfo.InvariantCulture, $"{month},{resource},{queries}\n");
        }
        return text.ToString();
    }

    private static void Row(StringBuilder text, DateOnly day, string channel, long quotes) =>
        text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},{channel},{quotes}\n");

    private static string File(string folder, string name, string content)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllText(path, content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }
}
