using System.Text;
using Bursar.Cli.Output;
using Bursar.Core.Time;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback.Folders;

/// <summary>Writes pages that need no server, no script and no books: one folder for each owner.</summary>
/// <param name="view">The books.</param>
/// <param name="isMasked">Whether prices are left out.</param>
internal sealed class WriteOwnerFolders(BooksView view, bool isMasked)
{
    /// <summary>The pages of one owner.</summary>
    public async Task<OwnerFolder> OneAsync(string? owner, DateRange? period, string folder, CancellationToken cancel)
    {
        var subject = Subjects.Of(view, null, [KeyValuePair.Create(ShowbackCli.UsualField, owner)]);
        var read = new ReadOwnerFolder(view, isMasked).Of(subject, period, cancel);
        foreach (var (file, _, _) in FolderFiles.All)
            OutputFile.Save(
                Path.Combine(folder, file),
                file == FolderFiles.Rows
                    ? new OwnerRows(view, isMasked).Of(read.Statement, cancel)
                    : await PageAsync<FolderPage>(
                        new Dictionary<string, object?>
                        {
                            [nameof(FolderPage.Folder)] = read,
                            [nameof(FolderPage.File)] = file,
                        }
                    )
            );
        Style(folder);
        return read;
    }

    /// <summary>A folder for every owner who has cost, one for what nobody owns, and the way to them all.</summary>
    public async Task<ShowbackList> AllAsync(DateRange? period, string folder, CancellationToken cancel)
    {
        var list = new ListShowbacks(view).Of(ShowbackCli.UsualField, period, cancel);
        var names = new Dictionary<string, string>();
        foreach (var owner in list.Lines.Select(line => line.Value).Distinct())
        {
            var name = StatementFiles.Plain(owner ?? "nobody").TrimStart('.');
            // Two owners may differ only in marks, or in the size of letters, that no folder name holds.
            var own = name;
            for (var i = 2; own.Length == 0 || names.ContainsValue(own.ToLowerInvariant()); i++)
                own = $"{name}-{i}";
            names.Add(owner ?? "", own.ToLowerInvariant());
            await OneAsync(owner, period, Path.Combine(folder, names[owner ?? ""]), cancel);
        }
        OutputFile.Save(
            Path.Combine(folder, FolderFiles.Index),
            await PageAsync<PracticePage>(
                new Dictionary<string, object?>
                {
                    [nameof(PracticePage.List)] = list,
                    [nameof(PracticePage.Folders)] = names,
                    [nameof(PracticePage.Organisation)] = view.Rulebook.OrganisationName,
                }
            )
        );
        Style(folder);
        return list;
    }

    private static void Style(string folder) =>
        OutputFile.Save(
            Path.Combine(folder, FolderFiles.Stylesheet),
            Encoding.UTF8.GetBytes(WebAssets.InlineStylesheet)
        );

    private static async Task<byte[]> PageAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        Encoding.UTF8.GetBytes((await DocumentWriter.WriteAsync<TPage>(parameters)).ReplaceLineEndings("\n"));
}
