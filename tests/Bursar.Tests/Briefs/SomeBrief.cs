using Bursar.Core.Time;
using Bursar.Manage.Briefs;

namespace Bursar.Tests.Briefs;

/// <summary>A brief that keeps all rules, to be broken one at a time.</summary>
internal static class SomeBrief
{
    public static BriefAsk Ask { get; } =
        new(
            "The ask",
            [BriefText.Plain("Fund a second crew.")],
            [Option("Second crew"), Option("Do nothing")],
            [BriefText.Plain("Each month of waiting costs $0.4M.")],
            IsDecision: true
        );

    public static Brief Good { get; } =
        new()
        {
            Title = BriefText.Plain("Approve $0.6M to leave Frankfurt"),
            Byline = "For the COO. September 2026",
            Month = new BillingPeriod(2026, 9),
            DataTo = new DateOnly(2026, 10, 11),
            IsDraft = false,
            Asks = [Ask],
            Sections =
            [
                new BriefSection("Money", [BriefText.Plain("September cost $18.4M, in line with the budget.")], []),
            ],
            Sequence = 3,
            JournalHead = new string('a', 64),
        };

    public static BriefLine Option(string name) => new(BriefText.Plain(name), BriefText.Plain("$1M"));

    /// <summary>The same with one more sentence under Money.</summary>
    public static Brief Saying(string sentence) =>
        Good with
        {
            Sections = [new BriefSection("Money", [BriefText.Plain(sentence)], [])],
        };

    /// <summary>So many words.</summary>
    public static string Words(int count) => string.Join(' ', Enumerable.Repeat("cost", count)) + ".";
}
