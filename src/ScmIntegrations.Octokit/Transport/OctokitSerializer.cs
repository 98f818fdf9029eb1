using System.Collections;
using Octokit.Internal;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Calls;

namespace ScmIntegrations.Octokit.Transport;

/// <summary>Octokit's serializer, whose silence and whose own exceptions become one typed error.</summary>
/// <param name="calls">Which call the body belongs to.</param>
internal sealed class OctokitSerializer(OctokitCalls calls) : IJsonSerializer
{
    private readonly SimpleJsonSerializer _serializer = new();

    public string Serialize(object item) => _serializer.Serialize(item);

    /// <summary>Reads a body, as <see cref="JsonText"/> has prepared it.</summary>
    /// <exception cref="ScmUnreadableResponseException">It is not what was due.</exception>
    public T Deserialize<T>(string json)
    {
        if (JsonText.OtherThanJson(json) is { } text)
        {
            return text is T due ? due
                : string.IsNullOrWhiteSpace(text) && IsAnythingDue<T>() ? default!
                : throw Wrong<T>(string.IsNullOrWhiteSpace(text) ? "The body is empty." : "The body is no JSON.");
        }

        if (IsAnythingDue<T>())
        {
            return Parse<T>(json)!;
        }

        if (json is JsonText.ListOfEmptyObject || (json is JsonText.EmptyObject && !IsDictionary(typeof(T))))
        {
            throw Wrong<T>("The body is an object without anything in it.");
        }

        // What is JSON all the same may have been meant as text.
        var value = json is T words && json[0] != '"' ? words : Parse<T>(json) ?? throw Wrong<T>("The body is of another shape.");
        return value is IList list && list.Contains(null) ? throw Wrong<T>("An entry of the list is null.") : value;
    }

    private T? Parse<T>(string json)
    {
        try
        {
            return _serializer.Deserialize<T>(json);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A value that an enumeration of Octokit's does not have, a text for a number, a time that is none …: each has another exception. None of
            // them is the cause, because they repeat the value, whatever it is.
            throw Wrong<T>("Octokit cannot read it: " + exception.Message);
        }
    }

    /// <summary>Who asks for any object, or for a status, does not look at the body.</summary>
    private static bool IsAnythingDue<T>() => typeof(T) == typeof(object) || typeof(T).IsValueType;

    private static bool IsDictionary(Type type) =>
        type.GetInterfaces().Append(type).Any(one => one.IsGenericType && (one.GetGenericTypeDefinition() == typeof(IDictionary<,>) || one.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)));

    private ScmException Wrong<T>(string why) => Unreadable.Shape(calls.Call?.Answer, $"The answer is not the {Name(typeof(T))} that was due. {why}");

    private static string Name(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]} of {string.Join(", ", type.GetGenericArguments().Select(Name))}" : type.Name;
}
