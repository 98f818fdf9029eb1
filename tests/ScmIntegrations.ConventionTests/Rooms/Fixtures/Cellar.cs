namespace ScmIntegrations.ConventionTests.Rooms.Fixtures.Cellar;

/// <summary>What the kitchen must not know.</summary>
public interface IWine;

[AttributeUsage(AttributeTargets.All)]
public sealed class WineAttribute : Attribute;

public sealed class WineException : Exception;

public class Wine : IWine
{
    public static readonly Wine Red = new();

    public static int Count { get; set; }

    public static T Pour<T>(T glass) => glass;
}
