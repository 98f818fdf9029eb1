namespace ScmIntegrations.ConventionTests.Rooms;

/// <summary>Holds uses against a table of rooms.</summary>
public static class RoomCheck
{
    public static IEnumerable<string> Violations(IEnumerable<TypeUse> uses, IReadOnlyCollection<Room> rooms, IReadOnlyCollection<string> guardedLibraries) => (
        from use in uses
        let user = Find(rooms, use.UserNamespace)
        where user is not null && !Allows(user, use, rooms, guardedLibraries)
        select use.ToString()).Order(StringComparer.Ordinal);

    private static bool Allows(Room user, TypeUse use, IReadOnlyCollection<Room> rooms, IReadOnlyCollection<string> guardedLibraries)
    {
        if (user.Holds(use.UsedNamespace))
        {
            return true;
        }

        if (use.IsOwn)
        {
            return Find(rooms, use.UsedNamespace) is not { } used || user.MayUse.Contains(used.Name, StringComparer.Ordinal);
        }

        return !guardedLibraries.Any(library => IsWithin(use.UsedNamespace, library)) || user.Libraries.Any(library => IsWithin(use.UsedNamespace, library));
    }

    private static Room? Find(IEnumerable<Room> rooms, string @namespace) => rooms.FirstOrDefault(room => room.Holds(@namespace));

    private static bool IsWithin(string @namespace, string library) => new Room(library, [], []).Holds(@namespace);
}
