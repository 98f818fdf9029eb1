-- What instances share. All times are the database's.

-- The second level of caches, and any other use of the IDistributedCache. The key is the SHA-256 of the caller's.
CREATE TABLE {schema}.cache
(
    key_hash            bytea       NOT NULL PRIMARY KEY,
    value               bytea       NOT NULL,
    expires_at          timestamptz NOT NULL,
    sliding             interval,
    absolute_expires_at timestamptz
);

-- Compressed by us, where it helps.
ALTER TABLE {schema}.cache ALTER COLUMN value SET STORAGE EXTERNAL;

CREATE INDEX cache_expires_at ON {schema}.cache (expires_at);

-- Until when a rate limit holds.
CREATE TABLE {schema}.cooldown
(
    host       text        NOT NULL,
    credential text        NOT NULL,
    resource   text        NOT NULL,
    until      timestamptz NOT NULL,
    PRIMARY KEY (host, credential, resource)
);

CREATE INDEX cooldown_until ON {schema}.cooldown (until);

-- Who is fetching what.
CREATE TABLE {schema}.lease
(
    name  text        NOT NULL PRIMARY KEY,
    owner text        NOT NULL,
    until timestamptz NOT NULL
);

CREATE INDEX lease_until ON {schema}.lease (until);
