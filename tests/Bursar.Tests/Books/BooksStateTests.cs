using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;

namespace Bursar.Tests.Books;

public sealed class BooksStateTests
{
    /// <summary>The worked example of the folder's README.</summary>
    [Fact]
    public void March_is_delivered_replaced_and_the_replacement_taken_back()
    {
        using var some = new SomeBooks();
        some.Commit("aws-2026-03-7f3a9c21");
        some.Clock.Now = SomeBooks.Start.AddDays(1);
        some.Commit("aws-2026-03-02b4c6d8", "aws-2026-03-7f3a9c21");
        some.Clock.Now = SomeBooks.Start.AddDays(2);
        some.Books.Append("mia", SomeBooks.Withdrawn("aws-2026-03-02b4c6d8"));

        Assert.Empty(Live(some.Books.AsOf(SomeBooks.Start.AddTicks(-1))));
        Assert.Equal(["aws-2026-03-7f3a9c21"], Live(some.Books.AsOf(SomeBooks.Start)));
        Assert.Equal(["aws-2026-03-02b4c6d8"], Live(some.Books.AsOf(SomeBooks.Start.AddDays(1.5))));
        Assert.Equal(["aws-2026-03-7f3a9c21"], Live(some.Books.Current()));

        Assert.Equal(2, some.Books.AsOf(2).Require("aws-2026-03-7f3a9c21").SupersededBySeq);
        var withdrawn = some.Books.Current().Require("aws-2026-03-02b4c6d8");
        Assert.Equal(
            (3, "mia", "wrong account"),
            (withdrawn.WithdrawnSeq, withdrawn.WithdrawnBy, withdrawn.WithdrawnReason)
        );
    }

    [Fact]
    public void A_time_is_the_last_entry_at_or_before_it()
    {
        using var some = new SomeBooks();
        some.Commit("a");
        some.Commit("b");
        some.Clock.Now = SomeBooks.Start.AddHours(1);
        some.Commit("c");

        Assert.Equal(0, some.Books.AsOf(SomeBooks.Start.AddTicks(-1)).HeadSeq);
        Assert.Equal(2, some.Books.AsOf(SomeBooks.Start).HeadSeq);
        Assert.Equal(2, some.Books.AsOf(SomeBooks.Start.ToOffset(TimeSpan.FromHours(5.5)).AddMinutes(59)).HeadSeq);
        Assert.Equal(3, some.Books.AsOf(SomeBooks.Start.AddYears(1)).HeadSeq);
        Assert.Equal(0, some.Books.AsOf(0).HeadSeq);
        Assert.Equal("books/no-such-entry", Assert.Throws<RefusedException>(() => some.Books.AsOf(4)).Diagnostic.Code);
        Assert.Throws<RefusedException>(() => some.Books.AsOf(-1));
    }

    [Theory]
    [InlineData("+a +b>a", "b")]
    [InlineData("+a +b>a -b", "a")]
    [InlineData("+a +b>a -a", "b")]
    [InlineData("+a +b>a -a -b", "")]
    [InlineData("+a +b>a +c>b", "c")]
    [InlineData("+a +b>a +c>b -b", "c")]
    [InlineData("+a +b>a +c>b -c", "b")]
    [InlineData("+a +b>a +c>b -b -c", "a")]
    [InlineData("+a +b>a -b +c>a", "c")]
    [InlineData("+a +b>a -b +c>a -c", "a")]
    [InlineData("+a +b +c>a,b -c", "a b")]
    public void What_counts_after_replacing_and_withdrawing(string story, string live)
    {
        using var some = new SomeBooks();
        foreach (var step in story.Split(' '))
            some.Books.Append("mia", Entry(step));

        Assert.Equal(live, string.Join(' ', Live(some.Reopened().Current())));
    }

    [Theory]
    [InlineData("+a", "+a", "books/duplicate-delivery")]
    [InlineData("+a", "+b>x", "books/unknown-delivery")]
    [InlineData("+a", "-x", "books/unknown-delivery")]
    [InlineData("+a -a", "-a", "books/already-withdrawn")]
    [InlineData("+a -a", "+b>a", "books/not-live")]
    [InlineData("+a +b>a", "+c>a", "books/not-live")]
    public void What_cannot_be_is_never_written(string story, string impossible, string code)
    {
        using var some = new SomeBooks();
        foreach (var step in story.Split(' '))
            some.Books.Append("mia", Entry(step));
        var before = File.ReadAllBytes(some.Journal);

        Assert.Equal(
            code,
            Assert.Throws<RefusedException>(() => some.Books.Append("mia", Entry(impossible))).Diagnostic.Code
        );

        Assert.Equal(before, File.ReadAllBytes(some.Journal));
    }

    [Fact]
    public void The_same_content_committed_meanwhile_is_a_no_op()
    {
        using var some = new SomeBooks();
        var delivery = SomeBooks.Delivery();
        JournalEntry? Ingest() =>
            some.Reopened()
                .Commit(
                    "mia",
                    state =>
                        state.LiveWithContent(delivery.ContentHash) is null
                            ? NewEntry.Of(new DeliveriesCommitted([delivery]))
                            : null
                );

        Assert.NotNull(Ingest());
        Assert.Null(Ingest());
        Assert.Equal(1, some.Books.Current().HeadSeq);
    }

    [Fact]
    public void The_same_content_after_a_withdrawal_gets_an_id_of_its_own()
    {
        using var some = new SomeBooks();
        var delivery = SomeBooks.Delivery();
        string Next() =>
            DeliveryId.Next(some.Books.Current(), "aws", delivery.BillingPeriod, "7f3a9c21" + new string('0', 56));

        Assert.Equal("aws-2026-03-7f3a9c21", Next());
        some.Commit("aws-2026-03-7f3a9c21");
        Assert.Equal("aws-2026-03-7f3a9c21-2", Next());
    }

    [Fact]
    public void A_delivery_comes_back_from_the_journal_digit_by_digit()
    {
        using var some = new SomeBooks();
        var all = Amount.Parse("99999999999999999999.999999999999999999");
        var sent = SomeBooks.Delivery() with
        {
            Totals =
            [
                new DeliveryTotals
                {
                    BillingCurrency = "JPY",
                    BilledCost = all,
                    EffectiveCost = -all,
                    ListCost = Amount.Parse("0.000000000000000001"),
                },
            ],
            ChargeFrom = new DateOnly(2026, 3, 1),
            ChargeTo = new DateOnly(2026, 4, 1),
            Files = [new BooksFile("charges/aws/2026-03/x.parquet", new string('a', 64), 7, 2)],
            Notes = ["Größe: 3 amounts rounded"],
        };
        some.Books.Append("mia", NewEntry.Of(new DeliveriesCommitted([sent])));

        var text = File.ReadAllText(some.Journal);
        Assert.Contains("\"billedCost\":99999999999999999999.999999999999999999,", text);
        Assert.Contains("\"listCost\":0.000000000000000001}", text);
        Assert.Contains("\"billingPeriod\":\"2026-03\"", text);
        Assert.Contains("\"declaredDelivery\":\"overwrite\"", text);
        var read = some.Reopened().Current().Require(sent.Id).Delivery;
        Assert.Equal(
            JsonSerializer.Serialize(sent, BooksJson.Line.Delivery),
            JsonSerializer.Serialize(read, BooksJson.Line.Delivery)
        );
        Assert.Equal(sent.Totals, read.Totals);
        Assert.Equal(sent.Files, read.Files);
        Assert.Null(read.Totals[0].ContractedCost);
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("1e30")]
    [InlineData("0.0000000000000000001")]
    [InlineData("true")]
    public void An_amount_in_JSON_that_is_not_exact_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Amount>(json));

    private static NewEntry Entry(string step)
    {
        if (step[0] == '-')
            return SomeBooks.Withdrawn(step[1..]);
        var parts = step[1..].Split('>');
        return SomeBooks.Committed(parts[0], parts.Length > 1 ? parts[1].Split(',') : []);
    }

    private static IEnumerable<string> Live(BooksState state) => state.LiveDeliveries.Select(d => d.Id);
}
