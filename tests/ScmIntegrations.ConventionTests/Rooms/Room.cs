namespace ScmIntegrations.ConventionTests.Rooms;

/// <summary>A row of the room table: a namespace with all below it, and what its code may use.</summary>
/// <param name="Name">The namespace.</param>
/// <param name="MayUse">Other rooms.</param>
/// <param name="Libraries">Of the guarded libraries, those that may be used.</param>
public sealed record Room(string Name, string[] MayUse, string[] Libraries)
{
    public bool Holds(string @namespace) =>
        @namespace.StartsWith(Name, StringComparison.Ordinal) && (@namespace.Length == Name.Length || @namespace[Name.Length] == '.');
}
