using Bursar.Core.Diagnostics;
using Bursar.Rulebooks.Terms;

namespace Bursar.Web;

/// <summary>From now on headings are in these words (null: the organisation's choice), as of a moment.</summary>
internal delegate void SpeakIn(Vocabulary? vocabulary, string? asOf);

/// <summary>
/// Gives every page the words of its reader: <c>vocabulary=</c> in the address, or the organisation's.
/// </summary>
internal static class SpeakWords
{
    public static async Task InPage(HttpContext context, RequestDelegate next)
    {
        // A vocabulary that is none is said by the page, which reads its address in full.
        var asked = Enum.TryParse<Vocabulary>(context.Request.Query["vocabulary"], ignoreCase: true, out var vocabulary)
            ? vocabulary
            : (Vocabulary?)null;
        var asOf = context.Request.Query["asof"] is [{ Length: > 0 } text] ? text : null;
        try
        {
            context.RequestServices.GetService<SpeakIn>()?.Invoke(asked, asOf);
        }
        catch (RefusedException)
        {
            // Books or rules that cannot be read are told by the page; until then it speaks as FOCUS does.
        }
        await next(context);
    }
}
