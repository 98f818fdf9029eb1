using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ScmIntegrations.ConventionTests.Rooms;

/// <summary>
/// Every use of a type by another in a compiled assembly: base types, interfaces, constraints, attributes, fields, signatures,
/// locals, caught exceptions and method bodies. What the compiler makes (closures, iterators, state machines) counts for the type it was
/// made for. Constants and enum members are copied by the compiler and leave no trace.
/// </summary>
public sealed class AssemblyUses
{
    private static readonly NamedTypes Types = new();

    private readonly MetadataReader _metadata;
    private readonly PEReader _image;
    private readonly HashSet<TypeUse> _uses = [];

    private AssemblyUses(PEReader image)
    {
        _image = image;
        _metadata = image.GetMetadataReader();
    }

    public static IReadOnlyCollection<TypeUse> Read(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var reading = new AssemblyUses(image);
        foreach (var handle in reading._metadata.TypeDefinitions)
        {
            reading.ReadType(handle);
        }

        return reading._uses;
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        var user = Outermost(handle);
        Add(user, "", UsedBy(type));
        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
        {
            Add(user, _metadata.GetString(method.Name), UsedBy(method));
        }
    }

    private IEnumerable<EntityHandle> UsedBy(TypeDefinition type) =>
    [
        .. Flatten(type.BaseType),
        .. type.GetInterfaceImplementations().SelectMany(one => Flatten(_metadata.GetInterfaceImplementation(one).Interface)),
        .. Constraints(type.GetGenericParameters()),
        .. Attributes(type.GetCustomAttributes()),
        .. type.GetFields().Select(_metadata.GetFieldDefinition)
            .SelectMany(field => field.DecodeSignature(Types, null).Concat(Attributes(field.GetCustomAttributes()))),
        .. type.GetProperties().Select(_metadata.GetPropertyDefinition)
            .SelectMany(property => In(property.DecodeSignature(Types, null)).Concat(Attributes(property.GetCustomAttributes()))),
        .. type.GetEvents().Select(_metadata.GetEventDefinition)
            .SelectMany(one => Flatten(one.Type).Concat(Attributes(one.GetCustomAttributes()))),
    ];

    private IEnumerable<EntityHandle> UsedBy(MethodDefinition method) =>
    [
        .. In(method.DecodeSignature(Types, null)),
        .. Constraints(method.GetGenericParameters()),
        .. Attributes(method.GetCustomAttributes()),
        .. method.GetParameters().SelectMany(parameter => Attributes(_metadata.GetParameter(parameter).GetCustomAttributes())),
        .. method.RelativeVirtualAddress == 0 ? [] : UsedBy(_image.GetMethodBody(method.RelativeVirtualAddress)),
    ];

    private IEnumerable<EntityHandle> UsedBy(MethodBodyBlock body) =>
    [
        .. Flatten(body.LocalSignature),
        .. body.ExceptionRegions.SelectMany(region => Flatten(region.CatchType)),
        .. BodyTokens.Read(body.GetILBytes()!).SelectMany(Flatten),
    ];

    private IEnumerable<EntityHandle> Constraints(GenericParameterHandleCollection parameters) => parameters
        .SelectMany(parameter => _metadata.GetGenericParameter(parameter).GetConstraints())
        .SelectMany(constraint => Flatten(_metadata.GetGenericParameterConstraint(constraint).Type));

    private IEnumerable<EntityHandle> Attributes(CustomAttributeHandleCollection attributes) =>
        attributes.SelectMany(attribute => Flatten(_metadata.GetCustomAttribute(attribute).Constructor));

    /// <summary>The types that a token stands for: its own, and those of its signature and type arguments.</summary>
    private IEnumerable<EntityHandle> Flatten(EntityHandle handle) => handle switch
    {
        { IsNil: true } => [],
        { Kind: HandleKind.TypeDefinition or HandleKind.TypeReference } => [handle],
        { Kind: HandleKind.TypeSpecification } => _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(Types, null),
        { Kind: HandleKind.MethodDefinition } => Member((MethodDefinitionHandle)handle),
        { Kind: HandleKind.FieldDefinition } => Member((FieldDefinitionHandle)handle),
        { Kind: HandleKind.MemberReference } => Member((MemberReferenceHandle)handle),
        { Kind: HandleKind.MethodSpecification } => Member((MethodSpecificationHandle)handle),
        { Kind: HandleKind.StandaloneSignature } => Signature((StandaloneSignatureHandle)handle),
        _ => throw new NotSupportedException($"A token of kind {handle.Kind} was not expected."),
    };

    private IEnumerable<EntityHandle> Member(MethodDefinitionHandle handle)
    {
        var method = _metadata.GetMethodDefinition(handle);
        return [method.GetDeclaringType(), .. In(method.DecodeSignature(Types, null))];
    }

    private IEnumerable<EntityHandle> Member(FieldDefinitionHandle handle)
    {
        var field = _metadata.GetFieldDefinition(handle);
        return [field.GetDeclaringType(), .. field.DecodeSignature(Types, null)];
    }

    private IEnumerable<EntityHandle> Member(MemberReferenceHandle handle)
    {
        var member = _metadata.GetMemberReference(handle);
        var signature = member.GetKind() == MemberReferenceKind.Field ? member.DecodeFieldSignature(Types, null) : In(member.DecodeMethodSignature(Types, null));
        return Flatten(member.Parent).Concat(signature);
    }

    private IEnumerable<EntityHandle> Member(MethodSpecificationHandle handle)
    {
        var method = _metadata.GetMethodSpecification(handle);
        return Flatten(method.Method).Concat(method.DecodeSignature(Types, null).SelectMany(types => types));
    }

    private IEnumerable<EntityHandle> Signature(StandaloneSignatureHandle handle)
    {
        var signature = _metadata.GetStandaloneSignature(handle);
        return signature.GetKind() == StandaloneSignatureKind.Method
            ? In(signature.DecodeMethodSignature(Types, null))
            : signature.DecodeLocalSignature(Types, null).SelectMany(types => types);
    }

    private static IEnumerable<EntityHandle> In(MethodSignature<ImmutableArray<EntityHandle>> signature) =>
        signature.ParameterTypes.SelectMany(types => types).Concat(signature.ReturnType);

    private void Add((string Namespace, string Name) user, string member, IEnumerable<EntityHandle> used)
    {
        foreach (var handle in used)
        {
            var (usedNamespace, usedName) = handle.Kind == HandleKind.TypeDefinition ? Outermost((TypeDefinitionHandle)handle) : Outermost((TypeReferenceHandle)handle);
            _uses.Add(new(user.Namespace, member.Length == 0 ? user.Name : $"{user.Name}.{member}", usedNamespace, usedName, handle.Kind == HandleKind.TypeDefinition));
        }
    }

    private (string Namespace, string Name) Outermost(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } declaring ? Outermost(declaring) : (_metadata.GetString(type.Namespace), _metadata.GetString(type.Name));
    }

    private (string Namespace, string Name) Outermost(TypeReferenceHandle handle)
    {
        var type = _metadata.GetTypeReference(handle);
        return type.ResolutionScope is { Kind: HandleKind.TypeReference } scope ? Outermost((TypeReferenceHandle)scope) : (_metadata.GetString(type.Namespace), _metadata.GetString(type.Name));
    }
}
