using System.Net;
using System.Net.Sockets;
using Bursar.Core.Diagnostics;

namespace Bursar.Web;

/// <summary>Where the pages are served.</summary>
/// <param name="Address">The address to listen on: this machine only, until sign-in is configured.</param>
/// <param name="Port">The port; null is 4717, or a free one when that is taken; 0 is any free one.</param>
public sealed record WebOptions(string Address = "127.0.0.1", int? Port = null)
{
    public const int UsualPort = 4717;

    /// <summary>The port to listen on.</summary>
    /// <exception cref="RefusedException">The address is not this machine's own, or the port is taken.</exception>
    internal int PortToListenOn()
    {
        if (Address is not ("127.0.0.1" or "localhost"))
        {
            throw new RefusedException(
                "web/address-refused",
                $"The pages have no sign-in yet, so they are served to this machine only, and not at {Address}.",
                "Leave the address at 127.0.0.1. To read from another machine, forward the port "
                    + "over a connection that signs in, such as ssh -L.",
                exitCode: 2
            );
        }
        if (Port is not { } asked)
            return IsFree(UsualPort) ? UsualPort : 0;
        if (asked != 0 && !IsFree(asked))
            throw new RefusedException(
                "web/port-taken",
                $"Port {asked} is used by another program.",
                "Choose another port, or leave it out to get a free one."
            );
        return asked;
    }

    private static bool IsFree(int port)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
