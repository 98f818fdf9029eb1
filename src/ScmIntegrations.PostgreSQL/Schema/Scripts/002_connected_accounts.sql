-- Connected accounts. The key is the SHA-256 of the four parts of an identity: any length, and an absent part is none of the texts.
-- Texts are compared byte by byte, whatever the collation of the database. Times are those of who writes.
CREATE TABLE {schema}.connected_account
(
    identity_hash      bytea       NOT NULL PRIMARY KEY,
    id                 text        COLLATE "C" NOT NULL UNIQUE,
    connection         text        COLLATE "C" NOT NULL,
    identifier         text        COLLATE "C" NOT NULL,
    organization_id    text        COLLATE "C",
    user_id            text        COLLATE "C",
    version            bigint      NOT NULL,
    credential_version bigint      NOT NULL,
    status             text        NOT NULL,
    status_reason      text,
    credential_kind    text,
    token_expires_at   timestamptz,
    fingerprints       text        NOT NULL,
    fingerprint_key    bytea       NOT NULL,
    api_configuration  text,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    credential         bytea       NOT NULL
);

-- Encrypted, so it cannot be compressed.
ALTER TABLE {schema}.connected_account ALTER COLUMN credential SET STORAGE EXTERNAL;

-- What lists are narrowed by, in the order of their pages.
CREATE INDEX connected_account_organization ON {schema}.connected_account (organization_id, id) WHERE organization_id IS NOT NULL;
CREATE INDEX connected_account_user ON {schema}.connected_account (user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX connected_account_identifier ON {schema}.connected_account (identifier, id);
