using ScmIntegrations.Caching;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The staggers that configuration can name. Another one is set in code, or registered.</summary>
internal static class StaggerNames
{
    private static readonly (string Name, Type Type, Func<ITtlStagger> Create)[] Known =
    [
        ("PhaseSlot", typeof(PhaseSlotStagger), static () => new PhaseSlotStagger()),
        ("RandomPerWrite", typeof(RandomPerWriteStagger), static () => new RandomPerWriteStagger()),
        ("IndexBucket", typeof(IndexBucketStagger), static () => new IndexBucketStagger()),
    ];

    public static OptionKind<ITtlStagger> Kind { get; } = new(
        "one of",
        string.Join(", ", Known.Select(one => one.Name)),
        static (string text, out ITtlStagger value) => (value = Find(text)!) is not null,
        static (value, name) => value is null ? $"{name} is null." : null,
        static value => Known.FirstOrDefault(one => one.Type == value.GetType()).Name);

    private static ITtlStagger? Find(string text) =>
        Known.FirstOrDefault(one => one.Name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)).Create?.Invoke();
}
