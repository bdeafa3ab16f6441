-- Account security and what an administrator looks after: second factors, an audit that only grows, the logo, and backups made from the desk.

-- One authenticator a member; it counts once a code of it was confirmed. The secret is sealed with the installation's key.
create table authenticator (
  person_id uuid primary key references member on delete cascade,
  secret bytea not null,
  confirmed_at timestamptz,
  -- the newest time step a code was accepted for: no code works twice
  last_step bigint not null default 0,
  created_at timestamptz not null
);
create table recovery_code (
  person_id uuid not null references member on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);
create table passkey (
  id uuid primary key,
  person_id uuid not null references member on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 60),
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_of_person on passkey (person_id);

-- A sign-in that waits for its second step, or a question put to a passkey. Short-lived; answered once.
create table sign_in_step (
  id uuid primary key,
  token_hash bytea not null unique,
  purpose text not null check (purpose in ('second', 'passkey', 'register', 'prove')),
  person_id uuid references member on delete cascade,
  session_id uuid references session on delete cascade,
  -- how the first step went
  by text,
  -- a new password that counts once the second step is done
  password_hash text,
  challenge text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  check ((purpose = 'passkey') = (person_id is null)),
  check ((purpose in ('register', 'prove')) = (session_id is not null))
);

-- When its member last showed who they are, and whether it opens nothing but the page that sets up a second factor.
alter table session add column proved_at timestamptz, add column must_set_up boolean not null default false;

alter table sign_in_link drop constraint sign_in_link_purpose_check;
alter table sign_in_link add constraint sign_in_link_purpose_check
  check (purpose in ('first-administrator', 'sign-in', 'invitation', 'new-password', 'recovery'));

-- What the audit shows: who may do what, who came in, and every setting. What happens in conversations is their own history.
create function is_audited(kind text) returns boolean language sql immutable parallel safe
  return split_part(kind, '.', 1) in ('member', 'team', 'calendar', 'mailbox', 'installation', 'permission', 'retention',
    'backup', 'export', 'sample', 'import', 'tag', 'field', 'rule', 'saved-reply', 'signature', 'sender', 'absence', 'view')
    and kind not in ('rule.applied', 'backup.asked');
create index event_audited on event (seq desc) where is_audited(kind);

-- Nobody rewrites it, Pond included; after the time that retention says the oldest rows may go, never younger than a year.
create function audit_only_grows() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < now() - interval '365 days'
    and current_setting('pond.forgets_audit', true) = 'yes' then return old; end if;
  raise exception 'The audit only grows: % of an event of kind % is refused', lower(tg_op), old.kind;
end $$;
create trigger audit_only_grows before update or delete on event
  for each row when (is_audited(old.kind)) execute function audit_only_grows();

-- Pictures made from what was uploaded; the one in use is named by the settings of the installation.
create table logo (
  id uuid primary key,
  png bytea not null,
  small_png bytea not null,
  made_at timestamptz not null
);

create table backup (
  id uuid primary key,
  -- a folder beside the data, named by the moment
  folder text not null unique,
  -- null: by the schedule
  asked_by uuid references person on delete set null,
  asked_at timestamptz not null,
  state text not null check (state in ('waiting', 'running', 'made', 'failed', 'removed')),
  made_at timestamptz,
  bytes bigint,
  row_count bigint,
  file_count bigint,
  verifying text not null default 'no' check (verifying in ('no', 'waiting', 'running', 'good', 'bad')),
  verified_at timestamptz,
  -- how far the work at hand is, and when it last said so
  step text,
  done integer not null default 0,
  total integer not null default 0,
  beat_at timestamptz,
  -- what went wrong, by code, with what was found
  trouble text,
  findings jsonb not null default '[]'
);
create index backup_by_time on backup (asked_at desc, id);
