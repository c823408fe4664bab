-- The archive from which this installation was made, or is being made; no row: from none.
CREATE TABLE restore (
    one      boolean     PRIMARY KEY DEFAULT true CHECK (one),
    manifest text        NOT NULL,  -- SHA-256 of its manifest, hexadecimal
    began_at timestamptz NOT NULL,
    ended_at timestamptz            -- null: not yet; no service starts without the archive then
);
