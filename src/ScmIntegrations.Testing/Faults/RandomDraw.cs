using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>Draws faults. Every draw is a hash of the seed and what it is for, so that no thread can change it.</summary>
internal sealed class RandomDraw
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly (string Name, double Probability, Answer Answer)[] _faults;
    private readonly int _seed;

    public RandomDraw(int seed, RandomFaults faults)
    {
        _seed = seed;
        _faults = [.. faults.Table];
        foreach (var (name, probability, _) in _faults)
        {
            if (!(probability is >= 0 and <= 1))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {probability}; a probability lies between 0 and 1."), nameof(faults));
            }
        }

        var sum = _faults.Sum(fault => fault.Probability);
        if (sum > 1 + 1e-9)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The probabilities come to {sum} together; they may come to 1."), nameof(faults));
        }
    }

    public FaultAnswers AsAnswers() => new((request, _) => Draw(request), Needed: 0)
    {
        Text = string.Create(CultureInfo.InvariantCulture, $", faults drawn from seed {_seed}"),
    };

    /// <summary>The fault of a request; <see langword="null"/> for none. Called by one thread at a time.</summary>
    private Answer? Draw(RecordedRequest request)
    {
        var asked = $"{request.Method} {request.Target}";
        var nth = _seen[asked] = _seen.GetValueOrDefault(asked) + 1;
        var drawn = Fraction(string.Create(CultureInfo.InvariantCulture, $"{_seed}\nfault\n{nth}\n{asked}"));
        foreach (var (name, probability, answer) in _faults)
        {
            if ((drawn -= probability) < 0)
            {
                return answer.WithHeader("X-Random-Fault", string.Create(CultureInfo.InvariantCulture, $"{name}; seed={_seed}"));
            }
        }

        return null;
    }

    /// <summary>A number from 0 to less than 1, evenly spread over what it is made from.</summary>
    private static double Fraction(string purpose)
    {
        const double steps = 1UL << 53;
        return (BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(purpose))) >> 11) / steps;
    }
}
