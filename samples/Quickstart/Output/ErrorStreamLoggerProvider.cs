using Microsoft.Extensions.Logging;

namespace Quickstart.Output;

/// <summary>Writes the library's log to stderr, a line each. An exception gives its message, not its stack: the reader is a person.</summary>
internal sealed class ErrorStreamLoggerProvider(TextWriter errors, SecretMask mask) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(errors, mask);

    public void Dispose()
    {
        // The writer is the caller's.
    }

    private sealed class Logger(TextWriter errors, SecretMask mask) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var cause = exception is null ? "" : $" {exception.GetType().Name}: {exception.Message}";
                errors.WriteLine(mask.Clean($"{logLevel}: {formatter(state, exception)}{cause}"));
            }
        }
    }
}
