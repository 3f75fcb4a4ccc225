using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks.Commands;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback.Folders;

/// <summary><c>bursar publish --owner X --to DIR</c>: pages for those who are not at the machine.</summary>
internal sealed class OwnerFoldersCli
{
    private readonly Option<string?> owner = new("--owner")
    {
        Description = "Write pages with only this owner's rows; an empty one is what nobody owns",
        HelpName = "NAME",
    };

    private readonly Option<bool> all = new("--all")
    {
        Description = "Write such pages for every owner, a folder each, and an index for the practice",
    };

    private readonly Option<string?> to = new("--to") { Description = "The folder of the pages", HelpName = "DIR" };

    private readonly Option<string?> period = new("--period")
    {
        Description = $"Of the pages: {StatementPeriod.Forms} (default: the newest whole month)",
        HelpName = "PERIOD",
    };

    private readonly Option<bool> mask = new("--mask-rates")
    {
        Description = "Leave out unit prices and all that a negotiated price could be derived from",
    };

    /// <summary>What <c>bursar publish</c> does besides putting rulebooks in force.</summary>
    public static PublishesToo Of()
    {
        var cli = new OwnerFoldersCli();
        return new PublishesToo(
            [cli.owner, cli.all, cli.to, cli.period, cli.mask],
            [
                new(
                    "bursar publish --owner head-of-digital --to pages",
                    "Pages for somebody who is not at this machine"
                ),
                new("bursar publish --all --to everybody --mask-rates", "A folder for every owner, without prices"),
            ],
            cli.RunAsync
        );
    }

    private async Task<int> RunAsync(ShellRun run, CancellationToken cancel)
    {
        if (run.Get(to) is not { Length: > 0 } folder || (run.Get(owner) is null) == !run.Get(all))
            throw new RefusedException(
                "publish/pages-for-whom",
                "Pages are for one owner or for all, and go into a folder.",
                "Write --owner NAME --to DIR, or --all --to DIR. Without any of them, `bursar publish` puts the rulebook in force.",
                ExitCode.WrongUsage
            );
        using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        var view = workspace.View(null, run.Door.Draft);
        var write = new WriteOwnerFolders(view, run.Get(mask));
        var asked = StatementPeriod.Read(run.Get(period));
        if (run.Get(all))
        {
            var list = await write.AllAsync(asked, folder, cancel);
            var folders = list.Lines.Select(line => line.Value).Distinct().Count();
            foreach (var total in list.Totals)
                run.Io.Out.WriteLine($"{Display.Range(list.Days)}: {Display.Full(total)}, each charge once.");
            run.Io.Out.WriteLine(
                $"{Display.Count(folders, "folder", "folders")}, and the way to them: {Path.Combine(folder, FolderFiles.Index)}"
            );
            return ExitCode.Fine;
        }
        var pages = await write.OneAsync(run.Get(owner), asked, folder, cancel);
        foreach (var sheet in pages.Statement.Sheets)
            run.Io.Out.WriteLine(
                $"{pages.Statement.Subject.Title}, {Display.Range(pages.Statement.Days)}: {Display.Full(sheet.Money(sheet.Total))}"
            );
        run.Io.Out.WriteLine(
            $"{FolderFiles.All.Count - 1} pages and {FolderFiles.Rows}: {Path.Combine(folder, FolderFiles.Index)}"
        );
        return ExitCode.Fine;
    }
}
