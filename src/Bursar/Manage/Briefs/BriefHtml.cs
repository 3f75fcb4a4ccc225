using System.Text;
using Bursar.Web;

namespace Bursar.Manage.Briefs;

/// <summary>The brief as an HTML file that stands alone.</summary>
internal static class BriefHtml
{
    public static async Task<byte[]> WriteAsync(Brief brief)
    {
        var html = await DocumentWriter.WriteAsync<BriefDocument>(
            new Dictionary<string, object?> { [nameof(BriefDocument.Brief)] = brief }
        );
        return Encoding.UTF8.GetBytes(html.ReplaceLineEndings("\n"));
    }
}
