using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Bursar.Understand.Quality;

/// <summary>A piece of a JSON or YAML file that declares resources, the same whichever of the two it is.</summary>
internal sealed class ResourceNode
{
    private readonly List<(string Key, ResourceNode Value)> entries = [];
    private readonly List<ResourceNode> items = [];
    private string? text;

    private ResourceNode() { }

    public bool IsMap { get; private init; }

    public bool IsList { get; private init; }

    /// <summary>True where nothing is written.</summary>
    public bool IsEmpty => !IsMap && !IsList && text is null;

    /// <summary>A value that is an expression of the template, computed later.</summary>
    public bool IsComputed { get; private init; }

    public IReadOnlyList<(string Key, ResourceNode Value)> Entries => entries;

    public IReadOnlyList<ResourceNode> Items => items;

    public static ResourceNode Of(JsonElement element)
    {
        var node = new ResourceNode
        {
            IsMap = element.ValueKind == JsonValueKind.Object,
            IsList = element.ValueKind == JsonValueKind.Array,
        };
        if (node.IsMap)
            node.entries.AddRange(element.EnumerateObject().Select(entry => (entry.Name, Of(entry.Value))));
        else if (node.IsList)
            node.items.AddRange(element.EnumerateArray().Select(Of));
        else
            node.text = element.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => element.GetString(),
                _ => element.GetRawText(),
            };
        return node;
    }

    public static ResourceNode Of(YamlNode yaml)
    {
        var isExpression = !yaml.Tag.IsEmpty && yaml.Tag.Value.StartsWith('!');
        var node = new ResourceNode
        {
            IsMap = yaml is YamlMappingNode,
            IsList = yaml is YamlSequenceNode,
            IsComputed = isExpression,
        };
        switch (yaml)
        {
            case YamlMappingNode map:
                node.entries.AddRange(map.Select(entry => (((YamlScalarNode)entry.Key).Value ?? "", Of(entry.Value))));
                break;
            case YamlSequenceNode list:
                node.items.AddRange(list.Select(Of));
                break;
            case YamlScalarNode { Value: { } value } scalar:
                var isNull = scalar.Style == YamlDotNet.Core.ScalarStyle.Plain && value is "" or "null" or "~";
                node.text = isNull ? null : value;
                break;
        }
        return node;
    }

    /// <summary>Whether it is this word.</summary>
    public bool Is(string word) => text == word;

    public ResourceNode? Child(string key) => entries.Find(entry => entry.Key == key).Value;

    /// <summary>A descendant: "metadata", "labels".</summary>
    public ResourceNode? At(params ReadOnlySpan<string> path)
    {
        var node = this;
        foreach (var key in path)
        {
            if (node?.Child(key) is not { } next)
                return null;
            node = next;
        }
        return node;
    }

    public string? Text(string key) => Child(key)?.text;

    /// <summary>
    /// The node as tags: a map of key and value, or a list of {Key, Value}. What the template computes is told as such.
    /// </summary>
    public IReadOnlyDictionary<string, string> Tags()
    {
        var tags = new Dictionary<string, string>();
        foreach (var (key, value) in entries)
            Put(tags, key, value);
        foreach (var item in items)
        {
            var key = item.Text("Key") ?? item.Text("key");
            if (key is not null)
                Put(tags, key, item.Child("Value") ?? item.Child("value"));
        }
        return tags;
    }

    private static void Put(Dictionary<string, string> tags, string key, ResourceNode? value)
    {
        if (value is null || value.IsEmpty)
            return;
        var isExpression =
            value.IsComputed
            || value.IsMap
            || value.IsList
            || (value.text!.StartsWith('[') && value.text.EndsWith(']'));
        tags[key] = isExpression ? DeclaredResource.Unknown : value.text!;
    }
}
