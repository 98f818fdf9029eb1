namespace ScmIntegrations.Testing;

/// <summary>How a <see cref="FakeScalekit"/> behaves. What is no matter of its start may be changed while it runs.</summary>
public sealed class FakeScalekitOptions
{
    /// <summary>The clock of the server: token ends, times of accounts and scripted delays. Fixed once it runs.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Whether a missing, ended or unknown token answers 401. On by default.</summary>
    public bool RequireCredentials { get; set; } = true;

    /// <summary>How long a token lives; Scalekit's figure is 86,399 seconds.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromSeconds(86_399);

    /// <summary>The status of a create for an account that is there: 400 as Scalekit does, or 409 as its description says.</summary>
    public int DuplicateStatus { get; set; } = 400;

    /// <summary>The error code beside it; <see langword="null"/> for none.</summary>
    public string? DuplicateCode { get; set; } = "RESOURCE_ALREADY_EXISTS";

    /// <summary>The largest page of accounts; 100 is Scalekit's figure.</summary>
    public int PageSizeCap { get; set; } = 100;

    /// <summary>Whether answers, errors aside, have their field names in lowerCamelCase instead of snake_case.</summary>
    public bool WritesCamelCase { get; set; }

    /// <summary>Whether status and authorization type are numbers instead of names.</summary>
    public bool WritesEnumNumbers { get; set; }

    /// <summary>What happens to a request that there is no route for: an exception that names the nearest route, unless told otherwise.</summary>
    public UnmatchedRequestHandling UnmatchedRequests { get; set; }
}
