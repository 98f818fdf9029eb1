namespace ScmIntegrations.Testing;

/// <summary>How far a path is from a template, and in what: segments that differ, are missing or too many.</summary>
internal sealed record PathDifference(double Distance, IReadOnlyList<string> Differences)
{
    // Less than a whole segment, so that a slip of the pen comes nearer than another word.
    private const double Misspelt = 0.4;

    // A word that is the same says more than a value that could be any.
    private const double AnyValue = 0.01;

    public static PathDifference Between(string path, PathTemplate template)
    {
        var (asked, there) = (PathTemplate.Split(path), template.Segments);
        if (there is [.., var last] && PathTemplate.TakesTheRest(last) && asked.Length > there.Length)
        {
            asked = [.. asked[..(there.Length - 1)], string.Join('/', asked[(there.Length - 1)..])];
        }

        var distances = Distances(asked, there);
        var differences = new List<string>();
        for (int row = asked.Length, column = there.Length; row > 0 || column > 0;)
        {
            if (row > 0 && IsStep(distances[row, column], distances[row - 1, column], 1))
            {
                row--;
                Add(differences, asked[row].Length > 0 ? $"the segment '{asked[row]}' is not there" : row == asked.Length - 1 ? "the slash at the end is not there" : "the empty segment is not there");
            }
            else if (column > 0 && IsStep(distances[row, column], distances[row, column - 1], 1))
            {
                column--;
                Add(differences, $"the segment '{there[column]}' is missing here");
            }
            else
            {
                (row, column) = (row - 1, column - 1);
                Add(differences, Replaced(asked[row], there[column]));
            }
        }

        differences.Reverse();
        return new(distances[asked.Length, there.Length], differences);
    }

    private static double[,] Distances(string[] asked, string[] there)
    {
        var distances = new double[asked.Length + 1, there.Length + 1];
        for (var row = 0; row <= asked.Length; row++)
        {
            for (var column = 0; column <= there.Length; column++)
            {
                distances[row, column] = (row, column) switch
                {
                    (_, 0) => row,
                    (0, _) => column,
                    _ => Math.Min(
                        distances[row - 1, column - 1] + Cost(asked[row - 1], there[column - 1]),
                        1 + Math.Min(distances[row - 1, column], distances[row, column - 1])),
                };
            }
        }

        return distances;
    }

    private static double Cost(string asked, string there) =>
        PathTemplate.SegmentFits(there, asked) ? PathTemplate.IsNamed(there) ? AnyValue : 0 : !PathTemplate.IsNamed(there) && Misspelling.IsOne(asked, there) ? Misspelt : 1;

    private static bool IsStep(double to, double from, double cost) => Math.Abs(to - from - cost) < 0.001;

    private static string? Replaced(string asked, string there) =>
        PathTemplate.SegmentFits(there, asked) ? null
        : asked.Length == 0 ? $"the segment '{there}' is empty here"
        : $"the segment '{asked}' is '{there}' there";

    private static void Add(List<string> differences, string? difference)
    {
        if (difference is not null)
        {
            differences.Add(difference);
        }
    }
}
