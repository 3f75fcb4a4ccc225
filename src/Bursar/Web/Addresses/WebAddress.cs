namespace Bursar.Web.Addresses;

/// <summary>Adds to addresses.</summary>
internal static class WebAddress
{
    /// <summary>The address with one more part of the query string, in front of any fragment; unchanged when there is
    /// no value.</summary>
    public static string With(string address, string name, string? value)
    {
        if (value is null)
            return address;
        var mark = address.IndexOf('#');
        var (path, fragment) = mark < 0 ? (address, "") : (address[..mark], address[mark..]);
        return $"{path}{(path.Contains('?') ? '&' : '?')}{name}={Uri.EscapeDataString(value)}{fragment}";
    }
}
