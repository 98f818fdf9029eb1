namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>Makes the address of the page where a user is asked.</summary>
internal static class AuthorizeAddress
{
    /// <summary>Makes it.</summary>
    /// <exception cref="ArgumentException">Something that is asked for cannot be.</exception>
    public static Uri Create(Uri webAddress, string clientId, GitHubAuthorization asked)
    {
        if (string.IsNullOrWhiteSpace(asked.State))
        {
            throw new ArgumentException("The state is blank; it is a random text, which protects against answers that nobody asked for.", nameof(asked));
        }

        UserTokenArguments.RequireRedirect(asked.RedirectUri, nameof(asked));
        UserTokenArguments.RequireScopes(asked.Scopes, nameof(asked));
        UserTokenArguments.RequireChallenge(asked.CodeChallenge, nameof(asked));
        (string Name, string? Value)[] fields =
        [
            ("client_id", clientId),
            ("redirect_uri", asked.RedirectUri?.AbsoluteUri),
            ("state", asked.State),
            ("login", asked.Login),
            ("scope", asked.Scopes.Count == 0 ? null : string.Join(' ', asked.Scopes)),
            ("code_challenge", asked.CodeChallenge),
            ("code_challenge_method", asked.CodeChallenge is null ? null : "S256"),
            ("allow_signup", asked.AllowSignup switch { null => null, true => "true", false => "false" }),
            ("prompt", asked.Prompt),
        ];
        return new Uri(webAddress, "login/oauth/authorize?" + string.Join('&', fields.Where(field => field.Value is not null).Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}")));
    }
}
