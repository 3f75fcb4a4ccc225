using Bursar.Cli;
using Bursar.Tests.Support;

namespace Bursar.Tests.Chargeback;

/// <summary>An owner is answered on one screen.</summary>
public sealed class MineTests
{
    [Fact]
    public async Task An_owner_sees_cost_reasons_what_is_not_labelled_and_what_to_do()
    {
        using var test = await SomeStatements.BookAsync();
        var mine = await test.JsonAsync("mine", "--owner", "anna", "--draft");
        var sheet = mine.GetProperty("sheets")[0];
        // All of anna's September, her charge in the lab without a product too; pools have products, not owners.
        Assert.Equal(
            "423.501 200 200",
            $"{sheet.GetProperty("soFar")} {sheet.GetProperty("sameDaysBefore")} {sheet.GetProperty("lastMonth")}"
        );
        Assert.InRange(sheet.GetProperty("drivers").GetArrayLength(), 1, 3);
        var missing = Assert.Single(mine.GetProperty("notLabelled").EnumerateArray());
        Assert.Equal("no product 11", $"{missing.GetProperty("what").GetString()} {missing.GetProperty("cost")}");
        var near = Assert.Single(mine.GetProperty("withoutOwner").EnumerateArray());
        Assert.Equal("main 7", $"{near.GetProperty("what").GetString()} {near.GetProperty("cost")}");
        Assert.StartsWith(
            "Say whether $7.00 without an owner in main is yours",
            mine.GetProperty("next").GetString(),
            StringComparison.Ordinal
        );
        Assert.Contains("x_Owner=", mine.GetProperty("nextCommand").GetString()!, StringComparison.Ordinal);

        var table = await test.RunAsync("mine", "--owner", "anna", "--draft");
        Assert.Contains("$423.50 in September 2026", table.Out, StringComparison.Ordinal);
        Assert.True(table.Out.Split('\n').Length < 45, table.Out);
    }

    [Fact]
    public async Task Who_is_meant_comes_from_the_environment_and_nobody_is_guessed()
    {
        using var test = await SomeStatements.BookAsync();
        string[] asked = ["mine", "--draft", "--books", test.Books, "--rulebook", Path.Combine(test.Path, "rulebook")];
        var io = new ShellIo
        {
            Out = new StringWriter(),
            Error = new StringWriter(),
            Environment = name => name == "BURSAR_OWNER" ? "anna" : null,
        };
        var named = await ShellTest.RunAsync(io, Capabilities.All, asked);
        Assert.Contains("Anna's team (anna)", named.Out, StringComparison.Ordinal);
        var nobody = await test.RunAsync("mine", "--draft");
        Assert.Equal(ExitCode.WrongUsage, nobody.ExitCode);
        Assert.Contains("mine/no-owner", nobody.Error, StringComparison.Ordinal);
        Assert.Contains("--owner anna", nobody.Error, StringComparison.Ordinal);
        Assert.Contains(
            "showback/unknown-subject",
            (await test.RunAsync("mine", "--owner", "ana", "--draft")).Error,
            StringComparison.Ordinal
        );
    }
}
