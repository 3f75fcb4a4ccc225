using Bursar.Core.Diagnostics;
using Bursar.Rulebooks.Commands;
using Bursar.Tests.Support;

namespace Bursar.Tests.Rulebooks;

/// <summary>Where the organisation requires it, somebody else approves a rulebook that moves money (ALC-10).</summary>
public sealed class ApprovalTests
{
    private const string Rules = """
        kind: Organisation
        name: company
        approval: required
        owners: [{id: anna}, {id: bert}]
        ---
        kind: AllocationRule
        name: everything
        order: 1
        when: {}
        set: {x_Owner: OWNER}
        """;

    private static readonly DateOnly September = new(2026, 9, 1);

    [Fact]
    public void A_rulebook_that_moves_money_waits_until_somebody_else_approves_it()
    {
        using var books = Books("anna");
        var publish = new PublishRulebook(books.Workspace);
        var proposed = publish.Publish("first", "mia");
        Assert.True(proposed.IsProposed);
        Assert.Empty(books.Workspace.Books.Current().RulebooksInForce);
        Assert.True(publish.Publish("again", "mia") is { IsProposed: true, IsNew: false });
        Assert.Equal("rulebook/approved-by-author", Refused(() => publish.Approve(proposed.Hash[..8], "mia")));
        Assert.Equal("rulebook/approved-by-author", Refused(() => publish.Approve(proposed.Hash[..8], "otto", "MIA")));
        var inForce = publish.Approve(proposed.Hash[..8], "otto");
        Assert.False(inForce.IsProposed);
        var published = books.Workspace.Books.Current().Rulebook!;
        Assert.Equal(("otto", "otto", "first"), (published.PublishedBy, published.Approver, published.Note));
        Assert.Empty(books.Workspace.Books.Current().WaitingRulebooks);
        Assert.Equal("rulebook/nothing-waits", Refused(() => publish.Approve(proposed.Hash[..8], "otto")));
    }

    [Fact]
    public void An_approver_other_than_the_author_puts_it_in_force_at_once()
    {
        using var books = Books("anna");
        var publish = new PublishRulebook(books.Workspace);
        Assert.Equal("rulebook/approved-by-author", Refused(() => publish.Publish("first", "mia", "Mia")));
        Assert.False(publish.Publish("first", "mia", "otto").IsProposed);
        // What moves no money needs nobody; what is put back into the past does.
        Write(books, "anna", "\n---\nkind: Budget\nname: all\ncurrency: USD\namounts: {2026: 100}\n");
        Assert.False(publish.Publish("a word", "mia").IsProposed);
        Write(books, "bert");
        Assert.True(publish.Publish("another owner", "mia").IsProposed);
        Assert.True(publish.Publish("the same from October", "mia", effective: new DateOnly(2026, 10, 1)).IsProposed);
    }

    [Fact]
    public void Nobody_switches_approval_off_by_the_rulebook_that_needs_it()
    {
        using var books = Books("anna");
        var publish = new PublishRulebook(books.Workspace);
        publish.Publish("first", "mia", "otto");
        File.WriteAllText(
            Path.Combine(books.RulebookFolder, "rules.yaml"),
            Rules
                .Replace("approval: required\n", "", StringComparison.Ordinal)
                .Replace("OWNER", "bert", StringComparison.Ordinal)
        );
        Assert.True(publish.Publish("off", "mia").IsProposed);
    }

    [Fact]
    public async Task The_command_says_that_it_waits_what_it_moves_and_how_it_is_approved()
    {
        using var books = Books("anna");
        var proposed = await books.RunAsync("publish", "--reason", "first");
        Assert.Equal(1, proposed.ExitCode);
        Assert.Contains("is proposed, not in force", proposed.Out, StringComparison.Ordinal);
        var hash = proposed.Out.Split(' ')[1];
        var diff = await books.RunAsync("diff", "published", hash);
        Assert.True(diff.ExitCode == 0, diff.ToString());
        var verified = await books.RunAsync("verify");
        Assert.True(verified.ExitCode == 0, verified.ToString());
        var approved = await books.RunAsync("publish", "--approve", hash, "--approver", "somebody else");
        Assert.True(approved.ExitCode == 0, approved.ToString());
        Assert.Contains("is in force", approved.Out, StringComparison.Ordinal);
    }

    private static string Refused(Action act) => Assert.Throws<RefusedException>(act).Diagnostic.Code;

    private static BookedCharges Books(string owner)
    {
        var books = new BookedCharges(
            Rules.Replace("OWNER", owner, StringComparison.Ordinal),
            new SomeCharge(September, "10")
        );
        return books;
    }

    private static void Write(BookedCharges books, string owner, string more = "") =>
        File.WriteAllText(
            Path.Combine(books.RulebookFolder, "rules.yaml"),
            Rules.Replace("OWNER", owner, StringComparison.Ordinal) + more
        );
}
