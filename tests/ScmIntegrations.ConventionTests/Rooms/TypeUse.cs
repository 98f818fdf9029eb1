namespace ScmIntegrations.ConventionTests.Rooms;

/// <summary>One type's code using another type.</summary>
/// <param name="UserNamespace">Where the using type is declared; that of the outermost type for nested and compiler-made ones.</param>
/// <param name="User">The outermost type around the use, and the member.</param>
/// <param name="UsedNamespace">Where the used type is declared.</param>
/// <param name="Used">The used type.</param>
/// <param name="IsOwn">Whether the used type stands in the same assembly.</param>
public sealed record TypeUse(string UserNamespace, string User, string UsedNamespace, string Used, bool IsOwn)
{
    public override string ToString() => $"{UserNamespace}.{User} → {UsedNamespace}.{Used}";
}
