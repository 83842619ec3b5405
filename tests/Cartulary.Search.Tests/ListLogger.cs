using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Cartulary.Search.Tests;

/// <summary>Keeps the ids of what was logged.</summary>
internal sealed class ListLogger : ILogger<SearchEngine>
{
    public ConcurrentQueue<int> Events { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Events.Enqueue(eventId.Id);
}
