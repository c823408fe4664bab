-- Stores of Spring Authorization Server 7.1, in its own column names (text for blob, timestamptz for timestamp).
create table oauth2_registered_client (
  id varchar(100) primary key,
  client_id varchar(100) not null unique,
  client_id_issued_at timestamptz not null default current_timestamp,
  client_secret varchar(200),
  client_secret_expires_at timestamptz,
  client_name varchar(200) not null,
  client_authentication_methods varchar(1000) not null,
  authorization_grant_types varchar(1000) not null,
  redirect_uris varchar(1000),
  post_logout_redirect_uris varchar(1000),
  scopes varchar(1000) not null,
  client_settings varchar(2000) not null,
  token_settings varchar(2000) not null
);

create table oauth2_authorization (
  id varchar(100) primary key,
  registered_client_id varchar(100) not null,
  principal_name varchar(200) not null,
  authorization_grant_type varchar(100) not null,
  authorized_scopes varchar(1000),
  attributes text,
  state varchar(500),
  authorization_code_value text,
  authorization_code_issued_at timestamptz,
  authorization_code_expires_at timestamptz,
  authorization_code_metadata text,
  access_token_value text,
  access_token_issued_at timestamptz,
  access_token_expires_at timestamptz,
  access_token_metadata text,
  access_token_type varchar(100),
  access_token_scopes varchar(1000),
  oidc_id_token_value text,
  oidc_id_token_issued_at timestamptz,
  oidc_id_token_expires_at timestamptz,
  oidc_id_token_metadata text,
  refresh_token_value text,
  refresh_token_issued_at timestamptz,
  refresh_token_expires_at timestamptz,
  refresh_token_metadata text,
  user_code_value text,
  user_code_issued_at timestamptz,
  user_code_expires_at timestamptz,
  user_code_metadata text,
  device_code_value text,
  device_code_issued_at timestamptz,
  device_code_expires_at timestamptz,
  device_code_metadata text
);
create index oauth2_authorization_expiry on oauth2_authorization (access_token_expires_at);

create table oauth2_authorization_consent (
  registered_client_id varchar(100) not null,
  principal_name varchar(200) not null,
  authorities varchar(1000) not null,
  primary key (registered_client_id, principal_name)
);

create table person (
  name varchar(100) primary key,
  password_hash varchar(200) not null,
  roles text[] not null,
  enabled boolean not null default true,
  changed_at timestamptz not null
);

-- private_key: AES-256-GCM of the JWK (nonce first); the key that opens it is a file beside the service.
create table signing_key (
  key_id varchar(64) primary key,
  created_at timestamptz not null,
  private_key bytea not null
);

create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor varchar(200) not null,
  action varchar(40) not null,
  method varchar(10),
  path varchar(500),
  status integer,
  address varchar(64),
  detail varchar(500)
);
create index audit_entry_at on audit_entry (at);
