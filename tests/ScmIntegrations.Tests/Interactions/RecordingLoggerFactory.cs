using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ScmIntegrations.Tests.Interactions;

/// <summary>Keeps every line, with its fields.</summary>
internal sealed class RecordingLoggerFactory : ILoggerFactory
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public bool Throws { get; set; }

    public ILogger CreateLogger(string categoryName) => new RecordingLogger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    internal sealed record LogLine(
        string Category, LogLevel Level, EventId Event, string Message, Exception? Exception, IReadOnlyDictionary<string, object?> Fields);

    private sealed class RecordingLogger(RecordingLoggerFactory owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (owner.Throws)
            {
                throw new InvalidOperationException("The log is full.");
            }

            var fields = ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary(StringComparer.Ordinal);
            owner._lines.Enqueue(new(category, logLevel, eventId, formatter(state, exception), exception, fields));
        }
    }
}
