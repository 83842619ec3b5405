using System.Globalization;
using Cartulary.Core.Errors;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Endpoints.Webhooks;

/// <summary>Lets each key have this server call addresses of its choice only so often, so that nobody looks for open ports with it.</summary>
/// <param name="clock">The clock.</param>
/// <param name="perMinute">How often in a minute.</param>
internal sealed class CallAllowance(TimeProvider clock, int perMinute)
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);
    private readonly Lock _counting = new();
    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);
    private long _since = clock.GetTimestamp();

    /// <summary>Counts a call; when there were too many, the request is refused and the result is false.</summary>
    public async ValueTask<bool> TryTakeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (WaitOf(http.Principal().Name) is not { } wait)
        {
            return true;
        }

        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var message = $"A key may make, test and readdress {perMinute} webhooks a minute (Webhooks:CallsPerMinute)";
        await ErrorAnswer.SendAsync(http, ErrorCodes.TooManyRequests, message, cancellationToken);
        return false;
    }

    /// <summary>How long a key must wait; null when it need not.</summary>
    private TimeSpan? WaitOf(string key)
    {
        lock (_counting)
        {
            var passed = clock.GetElapsedTime(_since);
            if (passed >= Span)
            {
                _calls.Clear();
                (_since, passed) = (clock.GetTimestamp(), TimeSpan.Zero);
            }

            var calls = _calls.GetValueOrDefault(key);
            if (calls >= perMinute)
            {
                return Span - passed;
            }

            _calls[key] = calls + 1;
            return null;
        }
    }
}
