using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Bursar.Web;

/// <summary>Keeps the web framework's keys in memory; by itself it would write them into the home folder.</summary>
internal sealed class KeysInMemory : IXmlRepository
{
    private readonly List<XElement> keys = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (keys)
            return [.. keys.Select(key => new XElement(key))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (keys)
            keys.Add(new XElement(element));
    }
}
