namespace ScmIntegrations.PostgreSQL;

/// <summary>What the stores in PostgreSQL are used for, and where they are.</summary>
public sealed class PostgreSqlOptions
{
    /// <summary>The schema that holds the tables. It is created and upgraded at first use.</summary>
    /// <value><c>scm_integrations</c> by default; 1 to 63 characters of a-z, 0-9 and _, beginning with a letter or _.</value>
    public string Schema { get; set; } = "scm_integrations";

    /// <summary>Whether clients use PostgreSQL as the second level of their caches. Turn it off to use another store for that, such as Redis.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool UseAsCache { get; set; } = true;
}
