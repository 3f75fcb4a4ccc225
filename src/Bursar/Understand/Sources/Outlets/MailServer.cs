using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using Bursar.Rulebooks;
using Bursar.Understand.Sources.Stores;

namespace Bursar.Understand.Sources.Outlets;

/// <summary>The mail server that takes messages, and who they come from.</summary>
internal sealed record MailServer : RulebookRecord
{
    private const int Usual = 587;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Description("The name of the mail server: mail.example.com.")]
    public required string Host { get; init; }

    [Description("Its port (default 587)."), Between(1, 65535)]
    public int? Port { get; init; }

    [Description("Who the mail comes from: finops@example.com.")]
    public required string From { get; init; }

    [Description("Who logs in: \"${SMTP_USER}\" is read from the environment. Without it, nobody does.")]
    public string? User { get; init; }

    [Description("With what: \"${SMTP_PASSWORD}\", of the environment, where secrets belong.")]
    public string? Password { get; init; }

    /// <summary>Mail leaves this machine encrypted (STARTTLS) or not at all.</summary>
    private bool IsHere => Host is "localhost" or "127.0.0.1" or "::1";

    public async Task<bool> SendAsync(
        Environs environs,
        IReadOnlyList<string> to,
        OutMessage message,
        CancellationToken cancel
    )
    {
        using var mail = new MailMessage
        {
            From = Address(From),
            Subject = Line(message.Title),
            SubjectEncoding = Encoding.UTF8,
            Body = message.Text(),
            BodyEncoding = Encoding.UTF8,
        };
        foreach (var one in to)
            mail.To.Add(Address(one));
        mail.Headers.Add("X-Bursar-Key", Line(message.Key));
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        using var client = new SmtpClient(Host, Port ?? Usual)
        {
            EnableSsl = !IsHere,
            DeliveryFormat = SmtpDeliveryFormat.International,
        };
        if (User is not null)
            client.Credentials = new NetworkCredential(environs.Filled(User), environs.Filled(Password ?? ""));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(mail, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw FetchException.Unreachable(Place, "it did not answer in time");
        }
        catch (SmtpException failure) when (IsLasting(failure.StatusCode))
        {
            throw FetchException.Of(
                "alerts/mail-refused",
                $"{Place} refuses the mail: {failure.Message.TrimEnd('.')}.",
                "Check email:, and host, from, user and password of smtp:, with whoever runs the mail server."
            );
        }
        catch (Exception failure) when (failure is SmtpException or IOException or SocketException)
        {
            throw FetchException.Unreachable(Place, failure.InnerException?.Message ?? failure.Message);
        }
    }

    public string Place => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port ?? Usual}");

    /// <summary>Whether a text is a mail address.</summary>
    public static bool IsAddress(string text) => MailAddress.TryCreate(text, out _);

    private static MailAddress Address(string text) =>
        MailAddress.TryCreate(text, out var address)
            ? address
            : throw FetchException.Of(
                "alerts/mail-refused",
                $"\"{text}\" is no mail address.",
                "Write name@example.com."
            );

    private static bool IsLasting(SmtpStatusCode code) => (int)code >= 500;

    private static string Line(string text) => string.Concat(text.Where(letter => !char.IsControl(letter)));
}
