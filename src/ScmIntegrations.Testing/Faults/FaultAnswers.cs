namespace ScmIntegrations.Testing;

/// <summary>What a rule answers with.</summary>
/// <param name="Choose">Chooses by the request and by how many were answered before; <see langword="null"/> lets the request pass.</param>
/// <param name="Needed">How many requests use all of it.</param>
internal sealed record FaultAnswers(Func<RecordedRequest, int, Answer?> Choose, int Needed)
{
    /// <summary>What is said of it in messages, for example the seed it is drawn from.</summary>
    public string Text { get; init; } = "";

    public static FaultAnswers InTurn(Answer[] answers) => new((_, answered) => answers[answered % answers.Length], 1);

    public static FaultAnswers InOrder(Answer[] answers) => new((_, answered) => answers[Math.Min(answered, answers.Length - 1)], answers.Length);
}
