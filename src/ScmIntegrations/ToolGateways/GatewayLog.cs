using Microsoft.Extensions.Logging;
using ScmIntegrations.Http;

namespace ScmIntegrations.ToolGateways;

/// <summary>What the line tells its log. A log that throws changes nothing.</summary>
internal sealed partial class GatewayLog(ILogger logger)
{
    /// <summary>Notes that the body of an error was not, or not all, in a form of the gateway's.</summary>
    public void NotRead(GatewayRequest request, int status, ErrorSpeaker speaker, string trouble)
    {
        try
        {
            var shown = Redaction.Clean(request.ToString());
            ErrorNotRead(logger, shown, status, speaker, trouble);
        }
        catch (Exception)
        {
            // See the summary of the class.
        }
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Debug,
        Message = "The body of {Status} for {Request} could not be read as the gateway's error: {Trouble}. It is taken for the word of {Speaker}.")]
    private static partial void ErrorNotRead(ILogger logger, string request, int status, ErrorSpeaker speaker, string trouble);
}
