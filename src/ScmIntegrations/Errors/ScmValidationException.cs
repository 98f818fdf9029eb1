namespace ScmIntegrations.Errors;

/// <summary>The request was understood and refused (400, 422).</summary>
/// <param name="error">The facts.</param>
/// <param name="innerException">The cause, where there is one.</param>
public class ScmValidationException(ScmError error, Exception? innerException = null) : ScmException(error, innerException)
{
    /// <summary>The single complaints, as GitHub words them.</summary>
    public IReadOnlyList<string> Errors => Error.ValidationErrors;
}
