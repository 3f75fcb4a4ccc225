using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Understand.Sources.Outlets;

/// <summary>A document of the rulebook that sends messages somewhere: an alert, a digest.</summary>
internal abstract record SentDeclaration : Declaration, IOutlet
{
    [Description("The folder it is written to. A relative path begins at the rulebook's folder.")]
    public string? Folder { get; init; }

    [Description(
        "The address it is posted to, https: \"${TEAM_WEBHOOK}\" is read from the environment, where secrets belong."
    )]
    public string? Webhook { get; init; }

    [Description("What is sent with it: Authorization: \"Bearer ${TEAM_TOKEN}\", of the environment.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [Description("Whom it is mailed to, by the server of smtp.")]
    public IReadOnlyList<string> Email { get; init; } = [];

    [Description("The mail server.")]
    public MailServer? Smtp { get; init; }

    [Description("text, json, slack or teams. Without it, text in a folder and json to an address; mail is text.")]
    public MessageForm? Form { get; init; }

    [Description("Where its link leads: https://finops.example.com. Without it, this machine's own pages.")]
    public string? Link { get; init; }

    public override void Check(RulebookCheck check)
    {
        OutletRules.Check(this, this, Name, check);
        OutletRules.Address(this, "link", Link, check);
    }
}
