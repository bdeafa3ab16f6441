-- Made by `npm run db:shape` from db/migrations. Do not edit.

CREATE EXTENSION btree_gist;

CREATE EXTENSION pg_trgm;

CREATE OR REPLACE FUNCTION public.audit_only_grows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' and old.at < now() - interval '365 days'
    and current_setting('pond.forgets_audit', true) = 'yes' then return old; end if;
  raise exception 'The audit only grows: % of an event of kind % is refused', lower(tg_op), old.kind;
end $function$;

CREATE OR REPLACE FUNCTION public.chat_line_of_messages()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  with fresh as (
    select w.id, w.conversation_id, w.at, row_number() over (partition by w.conversation_id order by w.at, w.id) as place
    from written w where w.kind in ('message', 'reply', 'follow-up') and exists (select from chat c where c.conversation_id = w.conversation_id)
  ), counted as (
    update chat c set seq = c.seq + f.many from (select conversation_id, count(*) as many from fresh group by conversation_id) f
    where c.conversation_id = f.conversation_id returning c.conversation_id, c.seq - f.many as before
  )
  insert into chat_line (conversation_id, seq, is_what, message_id, at)
  select f.conversation_id, c.before + f.place, 'message', f.id, f.at from fresh f join counted c using (conversation_id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.chat_line_of_moved()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare next bigint;
begin
  update chat_seat s set over_seq = c.seq from chat_session t, chat c
    where t.id = s.session_id and c.conversation_id = s.conversation_id and not t.known and s.over_seq is null and s.conversation_id in (old.conversation_id, new.conversation_id);
  if new.kind in ('message', 'reply', 'follow-up') and exists (select from chat where conversation_id = new.conversation_id)
    and not exists (select from chat_line where conversation_id = new.conversation_id and message_id = new.id) then
    update chat set seq = seq + 1 where conversation_id = new.conversation_id returning seq into next;
    insert into chat_line (conversation_id, seq, is_what, message_id, moved, at) values (new.conversation_id, next, 'message', new.id, true, new.at);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.conversation_is_for_survivor()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare survivor uuid;
begin
  loop
    select merged_into into survivor from person where id = new.customer_id for key share;
    if survivor is null then return new; end if;
    new.customer_id := survivor;
  end loop;
end $function$;

CREATE OR REPLACE FUNCTION public.conversation_is_owed(conversation_id uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare now_state text;
begin
  select state into now_state from conversation where id = conversation_id;
  if now_state not in ('open', 'pending', 'solved') then return; end if;
  if not exists (
    select from promise p where p.conversation_id = conversation_is_owed.conversation_id and p.ended_at is null and p.direction = 'ours'
      and p.kind = any (case now_state when 'open' then array['reply', 'action'] when 'pending' then array['ask-again'] else array['follow-up'] end)
  ) then
    raise exception 'conversation % is % and nothing is promised', conversation_id, now_state
      using errcode = 'check_violation', constraint = 'conversation_is_owed';
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.conversation_is_owed_after_conversation()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin perform conversation_is_owed(new.id); return null; end $function$;

CREATE OR REPLACE FUNCTION public.conversation_is_owed_after_promise()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin perform conversation_is_owed(new.conversation_id); return null; end $function$;

CREATE OR REPLACE FUNCTION public.fallback_stays_active()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.disabled_at is not null and exists (select from team where fallback_id = new.person_id and archived_at is null) then
    raise exception 'a fallback person cannot be disabled' using errcode = 'check_violation', constraint = 'fallback_stays_active';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.folded(written text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select replace(replace(translate(
    regexp_replace(normalize(lower(written), NFKD), '[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060-\u2069]', '', 'g'),
    'øłđðıħ', 'olddih'), 'ß', 'ss'), 'æ', 'ae')
$function$;

CREATE OR REPLACE FUNCTION public.is_audited(kind text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (((split_part(kind, '.'::text, 1) = ANY (ARRAY['member'::text, 'team'::text, 'calendar'::text, 'mailbox'::text, 'installation'::text, 'permission'::text, 'retention'::text, 'backup'::text, 'export'::text, 'sample'::text, 'import'::text, 'tag'::text, 'field'::text, 'rule'::text, 'saved-reply'::text, 'signature'::text, 'sender'::text, 'absence'::text, 'view'::text, 'organisation'::text, 'membership'::text, 'sight'::text])) AND (kind <> ALL (ARRAY['rule.applied'::text, 'backup.asked'::text, 'membership.suggested'::text]))) OR (kind = ANY (ARRAY['person.merged'::text, 'person.unmerged'::text, 'person.erased'::text, 'person.exported'::text, 'customer.erasure-asked'::text, 'community.changed'::text, 'community-person.stopped'::text, 'community-person.trusted'::text])));

CREATE OR REPLACE FUNCTION public.message_search_follows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.taken_back_at is not null then
    delete from message_search where message_id = new.id;
  elsif new.conversation_id <> old.conversation_id then
    update message_search s set conversation_id = new.conversation_id,
      words = ts_delete(s.words, search_places(was.team_id, s.at)) || array_to_tsvector(search_places(is_.team_id, s.at))
    from conversation was, conversation is_ where was.id = old.conversation_id and is_.id = new.conversation_id and s.message_id = new.id;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.message_search_moves()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update message_search set words = ts_delete(words, search_places(old.team_id, at)) || array_to_tsvector(search_places(new.team_id, at))
    where conversation_id = new.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.questions_forgotten()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform from question_feature where feature in (select unnest(features) from gone) order by feature for update;
  update question_feature f set seen = f.seen - g.n
    from (select feature, count(*)::integer as n from gone, unnest(gone.features) as feature group by feature) g where f.feature = g.feature;
  delete from question_feature f using (select distinct unnest(features) as feature from gone) g where f.feature = g.feature and f.seen <= 0;
  update question_count set questions = greatest(0, questions - (select count(*) from gone));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.search_places(team uuid, at timestamp with time zone)
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select array[lexeme, '@0' || floor(day / 2) || lexeme, '@1' || floor(day / 8) || lexeme, '@2' || floor(day / 32) || lexeme, '@3' || floor(day / 128) || lexeme]
  from team_lexeme(team) as lexeme, floor(extract(epoch from at) / 86400) as day
$function$;

CREATE OR REPLACE FUNCTION public.team_lexeme(team uuid)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select '@t' || substr(md5(team::text), 1, 10) $function$;

CREATE TABLE absence (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  deputy_id uuid,
  during tstzrange NOT NULL,
  by_id uuid,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT absence_pkey PRIMARY KEY (id),
  CONSTRAINT absence_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(person_id),
  CONSTRAINT absence_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES member(person_id),
  CONSTRAINT absence_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id),
  CONSTRAINT absence_check CHECK ((deputy_id <> person_id)),
  CONSTRAINT absence_during_check CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)) AND (NOT upper_inf(during))))
);

CREATE INDEX absence_of_person ON public.absence USING btree (person_id, upper(during));

CREATE TABLE address (
  id uuid NOT NULL,
  number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  person_id uuid NOT NULL,
  kind text NOT NULL,
  written text NOT NULL,
  normal text NOT NULL,
  verified_at timestamp with time zone,
  suspended_at timestamp with time zone,
  suspended_because text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT address_kind_normal_key UNIQUE (kind, normal),
  CONSTRAINT address_number_key UNIQUE (number),
  CONSTRAINT address_pkey PRIMARY KEY (id),
  CONSTRAINT address_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT address_kind_check CHECK ((kind = ANY (ARRAY['mail'::text, 'phone'::text, 'chat'::text])))
);

CREATE INDEX address_by_domain ON public.address USING btree (split_part(normal, '@'::text, 2)) WHERE (kind = 'mail'::text);

CREATE INDEX address_by_likeness ON public.address USING gin (normal gin_trgm_ops);

CREATE INDEX address_of_person ON public.address USING btree (person_id);

CREATE TABLE article (
  id uuid NOT NULL,
  category_id uuid NOT NULL,
  audience text NOT NULL,
  owner_id uuid NOT NULL,
  review_every_days integer,
  review_id uuid,
  checked_at timestamp with time zone,
  held integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  from_conversation_id uuid,
  imported_from text,
  made_by uuid,
  made_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  sample boolean NOT NULL DEFAULT false,
  CONSTRAINT article_pkey PRIMARY KEY (id),
  CONSTRAINT article_category_id_fkey FOREIGN KEY (category_id) REFERENCES article_category(id),
  CONSTRAINT article_from_conversation_id_fkey FOREIGN KEY (from_conversation_id) REFERENCES conversation(id) ON DELETE SET NULL,
  CONSTRAINT article_made_by_fkey FOREIGN KEY (made_by) REFERENCES member(person_id),
  CONSTRAINT article_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES member(person_id),
  CONSTRAINT article_review_id_fkey FOREIGN KEY (review_id) REFERENCES promise(id) ON DELETE SET NULL,
  CONSTRAINT article_audience_check CHECK ((audience = ANY (ARRAY['public'::text, 'signed-in'::text, 'organisation'::text, 'inside'::text]))),
  CONSTRAINT article_failed_check CHECK ((failed >= 0)),
  CONSTRAINT article_held_check CHECK ((held >= 0)),
  CONSTRAINT article_imported_from_check CHECK ((length(imported_from) <= 500)),
  CONSTRAINT article_review_every_days_check CHECK (((review_every_days >= 1) AND (review_every_days <= 3650)))
);

CREATE INDEX article_by_held ON public.article USING btree (held DESC, changed_at DESC);

CREATE INDEX article_of_category ON public.article USING btree (category_id, held DESC, id);

CREATE INDEX article_of_owner ON public.article USING btree (owner_id);

CREATE INDEX article_of_review ON public.article USING btree (review_id) WHERE (review_id IS NOT NULL);

CREATE UNIQUE INDEX article_by_import ON public.article USING btree (imported_from) WHERE (imported_from IS NOT NULL);

CREATE TABLE article_category (
  id uuid NOT NULL,
  parent_id uuid,
  position integer NOT NULL DEFAULT 0,
  made_at timestamp with time zone NOT NULL,
  sample boolean NOT NULL DEFAULT false,
  CONSTRAINT article_category_pkey PRIMARY KEY (id),
  CONSTRAINT article_category_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES article_category(id),
  CONSTRAINT article_category_check CHECK ((parent_id IS DISTINCT FROM id))
);

CREATE INDEX article_category_of_parent ON public.article_category USING btree (parent_id);

CREATE TABLE article_category_name (
  category_id uuid NOT NULL,
  language text NOT NULL,
  name text NOT NULL,
  CONSTRAINT article_category_name_pkey PRIMARY KEY (category_id, language),
  CONSTRAINT article_category_name_category_id_fkey FOREIGN KEY (category_id) REFERENCES article_category(id) ON DELETE CASCADE,
  CONSTRAINT article_category_name_language_check CHECK (((length(language) >= 2) AND (length(language) <= 20))),
  CONSTRAINT article_category_name_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);

CREATE TABLE article_category_slug (
  slug text NOT NULL,
  category_id uuid NOT NULL,
  current boolean NOT NULL,
  CONSTRAINT article_category_slug_pkey PRIMARY KEY (slug),
  CONSTRAINT article_category_slug_category_id_fkey FOREIGN KEY (category_id) REFERENCES article_category(id) ON DELETE CASCADE,
  CONSTRAINT article_category_slug_slug_check CHECK (((length(slug) >= 1) AND (length(slug) <= 100)))
);

CREATE UNIQUE INDEX article_category_slug_current ON public.article_category_slug USING btree (category_id) WHERE current;

CREATE TABLE article_flag (
  id uuid NOT NULL,
  article_id uuid NOT NULL,
  follow_up_id uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  settled_at timestamp with time zone,
  settled_by uuid,
  CONSTRAINT article_flag_article_id_follow_up_id_key UNIQUE (article_id, follow_up_id),
  CONSTRAINT article_flag_pkey PRIMARY KEY (id),
  CONSTRAINT article_flag_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE,
  CONSTRAINT article_flag_follow_up_id_fkey FOREIGN KEY (follow_up_id) REFERENCES follow_up(id) ON DELETE CASCADE,
  CONSTRAINT article_flag_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES member(person_id)
);

CREATE INDEX article_flag_of_follow_up ON public.article_flag USING btree (follow_up_id);

CREATE INDEX article_flag_open ON public.article_flag USING btree (article_id) WHERE (settled_at IS NULL);

CREATE TABLE article_organisation (
  article_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  CONSTRAINT article_organisation_pkey PRIMARY KEY (article_id, organisation_id),
  CONSTRAINT article_organisation_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE,
  CONSTRAINT article_organisation_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE CASCADE
);

CREATE INDEX article_organisation_of ON public.article_organisation USING btree (organisation_id);

CREATE TABLE article_picture (
  id uuid NOT NULL,
  article_id uuid NOT NULL,
  sha256 bytea NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  bytes bigint NOT NULL,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT article_picture_pkey PRIMARY KEY (id),
  CONSTRAINT article_picture_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE,
  CONSTRAINT article_picture_sha256_fkey FOREIGN KEY (sha256) REFERENCES file(sha256),
  CONSTRAINT article_picture_media_type_check CHECK ((media_type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text, 'image/gif'::text, 'image/webp'::text])))
);

CREATE INDEX article_picture_by_file ON public.article_picture USING btree (sha256);

CREATE INDEX article_picture_of ON public.article_picture USING btree (article_id);

CREATE TABLE article_rating (
  id uuid NOT NULL,
  article_id uuid NOT NULL,
  version_id uuid NOT NULL,
  answer text NOT NULL,
  said text NOT NULL DEFAULT ''::text,
  at timestamp with time zone NOT NULL,
  settled_at timestamp with time zone,
  CONSTRAINT article_rating_pkey PRIMARY KEY (id),
  CONSTRAINT article_rating_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE,
  CONSTRAINT article_rating_version_id_fkey FOREIGN KEY (version_id) REFERENCES article_version(id) ON DELETE CASCADE,
  CONSTRAINT article_rating_answer_check CHECK ((answer = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text]))),
  CONSTRAINT article_rating_said_check CHECK ((length(said) <= 2000))
);

CREATE INDEX article_rating_of ON public.article_rating USING btree (article_id, at DESC);

CREATE INDEX article_rating_of_version ON public.article_rating USING btree (version_id);

CREATE TABLE article_search (
  article_id uuid NOT NULL,
  language text NOT NULL,
  words tsvector NOT NULL,
  likeness text NOT NULL,
  published_at timestamp with time zone NOT NULL,
  CONSTRAINT article_search_pkey PRIMARY KEY (article_id, language),
  CONSTRAINT article_search_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE
);

CREATE INDEX article_search_by_head ON public.article_search USING gin (ts_filter(words, '{a,b}'::"char"[])) WITH (fastupdate=off);

CREATE INDEX article_search_by_likeness ON public.article_search USING gin (likeness gin_trgm_ops);

CREATE INDEX article_search_by_words ON public.article_search USING gin (words) WITH (fastupdate=off);

CREATE TABLE article_search_miss (
  words text NOT NULL,
  language text NOT NULL,
  times integer NOT NULL DEFAULT 1,
  first_at timestamp with time zone NOT NULL,
  last_at timestamp with time zone NOT NULL,
  settled_at timestamp with time zone,
  CONSTRAINT article_search_miss_pkey PRIMARY KEY (words, language),
  CONSTRAINT article_search_miss_words_check CHECK (((length(words) >= 2) AND (length(words) <= 100)))
);

CREATE INDEX article_search_miss_open ON public.article_search_miss USING btree (times DESC, last_at DESC) WHERE (settled_at IS NULL);

CREATE TABLE article_slug (
  slug text NOT NULL,
  article_id uuid NOT NULL,
  language text NOT NULL,
  current boolean NOT NULL,
  CONSTRAINT article_slug_pkey PRIMARY KEY (slug),
  CONSTRAINT article_slug_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE,
  CONSTRAINT article_slug_slug_check CHECK (((length(slug) >= 1) AND (length(slug) <= 100)))
);

CREATE INDEX article_slug_of ON public.article_slug USING btree (article_id);

CREATE UNIQUE INDEX article_slug_current ON public.article_slug USING btree (article_id, language) WHERE current;

CREATE TABLE article_use (
  message_id uuid NOT NULL,
  article_id uuid NOT NULL,
  CONSTRAINT article_use_pkey PRIMARY KEY (message_id, article_id),
  CONSTRAINT article_use_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE,
  CONSTRAINT article_use_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE
);

CREATE INDEX article_use_of ON public.article_use USING btree (article_id);

CREATE TABLE article_version (
  id uuid NOT NULL,
  article_id uuid NOT NULL,
  language text NOT NULL,
  number integer NOT NULL,
  state text NOT NULL,
  title text NOT NULL,
  summary text NOT NULL DEFAULT ''::text,
  body_html text NOT NULL,
  body_text text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  author_id uuid,
  reviewer_id uuid,
  remark text NOT NULL DEFAULT ''::text,
  publish_at timestamp with time zone,
  published_by uuid,
  published_at timestamp with time zone,
  made_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT article_version_article_id_language_number_key UNIQUE (article_id, language, number),
  CONSTRAINT article_version_pkey PRIMARY KEY (id),
  CONSTRAINT article_version_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE,
  CONSTRAINT article_version_author_id_fkey FOREIGN KEY (author_id) REFERENCES member(person_id),
  CONSTRAINT article_version_published_by_fkey FOREIGN KEY (published_by) REFERENCES member(person_id),
  CONSTRAINT article_version_reviewer_id_fkey FOREIGN KEY (reviewer_id) REFERENCES member(person_id),
  CONSTRAINT article_version_check CHECK (((state = 'scheduled'::text) = (publish_at IS NOT NULL))),
  CONSTRAINT article_version_check1 CHECK (((state = ANY (ARRAY['published'::text, 'withdrawn'::text, 'replaced'::text])) = (published_at IS NOT NULL))),
  CONSTRAINT article_version_language_check CHECK (((length(language) >= 2) AND (length(language) <= 20))),
  CONSTRAINT article_version_number_check CHECK ((number > 0)),
  CONSTRAINT article_version_remark_check CHECK ((length(remark) <= 2000)),
  CONSTRAINT article_version_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'in-review'::text, 'scheduled'::text, 'published'::text, 'withdrawn'::text, 'replaced'::text]))),
  CONSTRAINT article_version_summary_check CHECK ((length(summary) <= 500)),
  CONSTRAINT article_version_title_check CHECK ((length(title) <= 200))
);

CREATE INDEX article_version_scheduled ON public.article_version USING btree (publish_at) WHERE (state = 'scheduled'::text);

CREATE UNIQUE INDEX article_version_in_work ON public.article_version USING btree (article_id, language) WHERE (state = ANY (ARRAY['draft'::text, 'in-review'::text, 'scheduled'::text]));

CREATE UNIQUE INDEX article_version_standing ON public.article_version USING btree (article_id, language) WHERE (state = ANY (ARRAY['published'::text, 'withdrawn'::text]));

CREATE TABLE ask (
  id uuid NOT NULL,
  number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  conversation_id uuid NOT NULL,
  by_id uuid NOT NULL,
  expert_id uuid NOT NULL,
  address_id uuid,
  words text NOT NULL,
  promise_id uuid,
  asked_at timestamp with time zone NOT NULL,
  last_at timestamp with time zone NOT NULL,
  answered_at timestamp with time zone,
  relaying_id uuid,
  relayed_at timestamp with time zone,
  relayed_by uuid,
  introduced_at timestamp with time zone,
  closed_at timestamp with time zone,
  verdict text,
  judged_at timestamp with time zone,
  thanked_at timestamp with time zone,
  thanked_by uuid,
  thanks text,
  bounced_at timestamp with time zone,
  sample boolean NOT NULL DEFAULT false,
  CONSTRAINT ask_number_key UNIQUE (number),
  CONSTRAINT ask_pkey PRIMARY KEY (id),
  CONSTRAINT ask_address_id_fkey FOREIGN KEY (address_id) REFERENCES address(id),
  CONSTRAINT ask_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(person_id),
  CONSTRAINT ask_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT ask_expert_id_fkey FOREIGN KEY (expert_id) REFERENCES person(id),
  CONSTRAINT ask_promise_id_fkey FOREIGN KEY (promise_id) REFERENCES promise(id) ON DELETE SET NULL,
  CONSTRAINT ask_relayed_by_fkey FOREIGN KEY (relayed_by) REFERENCES message(id) ON DELETE SET NULL,
  CONSTRAINT ask_relaying_id_fkey FOREIGN KEY (relaying_id) REFERENCES member(person_id),
  CONSTRAINT ask_thanked_by_fkey FOREIGN KEY (thanked_by) REFERENCES member(person_id),
  CONSTRAINT ask_check CHECK (((relayed_at IS NULL) OR (answered_at IS NOT NULL))),
  CONSTRAINT ask_check1 CHECK (((verdict IS NULL) = (judged_at IS NULL))),
  CONSTRAINT ask_check2 CHECK (((thanks IS NULL) = (thanked_at IS NULL))),
  CONSTRAINT ask_thanks_check CHECK (((length(thanks) >= 1) AND (length(thanks) <= 2000))),
  CONSTRAINT ask_verdict_check CHECK ((verdict = ANY (ARRAY['worked'::text, 'incomplete'::text, 'wrong'::text]))),
  CONSTRAINT ask_words_check CHECK (((length(words) >= 1) AND (length(words) <= 400)))
);

CREATE INDEX ask_of_conversation ON public.ask USING btree (conversation_id, asked_at);

CREATE INDEX ask_of_expert ON public.ask USING btree (expert_id, last_at DESC, id DESC);

CREATE INDEX ask_to_relay ON public.ask USING btree (last_at) WHERE ((answered_at IS NOT NULL) AND (relayed_at IS NULL) AND (closed_at IS NULL));

CREATE TABLE ask_context (
  ask_id uuid NOT NULL,
  message_id uuid NOT NULL,
  CONSTRAINT ask_context_pkey PRIMARY KEY (ask_id, message_id),
  CONSTRAINT ask_context_ask_id_fkey FOREIGN KEY (ask_id) REFERENCES ask(id) ON DELETE CASCADE,
  CONSTRAINT ask_context_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE
);

CREATE INDEX ask_context_of_message ON public.ask_context USING btree (message_id);

CREATE TABLE ask_file (
  id uuid NOT NULL,
  ask_message_id uuid NOT NULL,
  sha256 bytea NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  bytes bigint NOT NULL,
  position smallint NOT NULL,
  CONSTRAINT ask_file_pkey PRIMARY KEY (id),
  CONSTRAINT ask_file_ask_message_id_fkey FOREIGN KEY (ask_message_id) REFERENCES ask_message(id) ON DELETE CASCADE,
  CONSTRAINT ask_file_sha256_fkey FOREIGN KEY (sha256) REFERENCES file(sha256)
);

CREATE INDEX ask_file_by_file ON public.ask_file USING btree (sha256);

CREATE INDEX ask_file_of_message ON public.ask_file USING btree (ask_message_id);

CREATE TABLE ask_message (
  id uuid NOT NULL,
  ask_id uuid NOT NULL,
  kind text NOT NULL,
  author_id uuid,
  author_raw text,
  elsewhere boolean NOT NULL DEFAULT false,
  at timestamp with time zone NOT NULL,
  body_text text NOT NULL,
  trimmed text,
  body_html text,
  trimmed_html text,
  rfc_id text,
  CONSTRAINT ask_message_pkey PRIMARY KEY (id),
  CONSTRAINT ask_message_ask_id_fkey FOREIGN KEY (ask_id) REFERENCES ask(id) ON DELETE CASCADE,
  CONSTRAINT ask_message_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id),
  CONSTRAINT ask_message_kind_check CHECK ((kind = ANY (ARRAY['question'::text, 'answer'::text, 'back'::text, 'automatic'::text])))
);

CREATE INDEX ask_message_by_rfc_id ON public.ask_message USING btree (rfc_id) WHERE (rfc_id IS NOT NULL);

CREATE INDEX ask_message_of_ask ON public.ask_message USING btree (ask_id, at, id);

CREATE TABLE attachment (
  id uuid NOT NULL,
  message_id uuid NOT NULL,
  sha256 bytea NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  bytes bigint NOT NULL,
  content_id text,
  inline boolean NOT NULL DEFAULT false,
  position smallint NOT NULL,
  CONSTRAINT attachment_pkey PRIMARY KEY (id),
  CONSTRAINT attachment_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE,
  CONSTRAINT attachment_sha256_fkey FOREIGN KEY (sha256) REFERENCES file(sha256)
);

CREATE INDEX attachment_by_file ON public.attachment USING btree (sha256);

CREATE INDEX attachment_of_message ON public.attachment USING btree (message_id);

CREATE TABLE authenticator (
  person_id uuid NOT NULL,
  secret bytea NOT NULL,
  confirmed_at timestamp with time zone,
  last_step bigint NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT authenticator_pkey PRIMARY KEY (person_id),
  CONSTRAINT authenticator_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE
);

CREATE TABLE backup (
  id uuid NOT NULL,
  folder text NOT NULL,
  asked_by uuid,
  asked_at timestamp with time zone NOT NULL,
  state text NOT NULL,
  made_at timestamp with time zone,
  bytes bigint,
  row_count bigint,
  file_count bigint,
  verifying text NOT NULL DEFAULT 'no'::text,
  verified_at timestamp with time zone,
  step text,
  done integer NOT NULL DEFAULT 0,
  total integer NOT NULL DEFAULT 0,
  beat_at timestamp with time zone,
  trouble text,
  findings jsonb NOT NULL DEFAULT '[]'::jsonb,
  CONSTRAINT backup_folder_key UNIQUE (folder),
  CONSTRAINT backup_pkey PRIMARY KEY (id),
  CONSTRAINT backup_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES person(id) ON DELETE SET NULL,
  CONSTRAINT backup_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'made'::text, 'failed'::text, 'removed'::text]))),
  CONSTRAINT backup_verifying_check CHECK ((verifying = ANY (ARRAY['no'::text, 'waiting'::text, 'running'::text, 'good'::text, 'bad'::text])))
);

CREATE INDEX backup_by_time ON public.backup USING btree (asked_at DESC, id);

CREATE TABLE blocked_sender (
  id uuid NOT NULL,
  kind text NOT NULL,
  normal text NOT NULL,
  team_id uuid,
  by_id uuid,
  at timestamp with time zone NOT NULL,
  CONSTRAINT blocked_sender_kind_normal_team_id_key UNIQUE NULLS NOT DISTINCT (kind, normal, team_id),
  CONSTRAINT blocked_sender_pkey PRIMARY KEY (id),
  CONSTRAINT blocked_sender_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(person_id),
  CONSTRAINT blocked_sender_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE,
  CONSTRAINT blocked_sender_kind_check CHECK ((kind = ANY (ARRAY['address'::text, 'domain'::text]))),
  CONSTRAINT blocked_sender_normal_check CHECK (((length(normal) >= 1) AND (length(normal) <= 320)))
);

CREATE INDEX blocked_sender_by_name ON public.blocked_sender USING btree (normal);

CREATE TABLE calendar (
  id uuid NOT NULL,
  name text NOT NULL,
  zone text NOT NULL,
  CONSTRAINT calendar_pkey PRIMARY KEY (id)
);

CREATE TABLE calendar_hours (
  calendar_id uuid NOT NULL,
  weekday smallint NOT NULL,
  from_minute smallint NOT NULL,
  to_minute smallint NOT NULL,
  CONSTRAINT calendar_hours_pkey PRIMARY KEY (calendar_id, weekday, from_minute),
  CONSTRAINT calendar_hours_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendar(id) ON DELETE CASCADE,
  CONSTRAINT calendar_hours_check CHECK ((from_minute < to_minute)),
  CONSTRAINT calendar_hours_from_minute_check CHECK (((from_minute >= 0) AND (from_minute <= 1439))),
  CONSTRAINT calendar_hours_to_minute_check CHECK (((to_minute >= 1) AND (to_minute <= 1440))),
  CONSTRAINT calendar_hours_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7)))
);

CREATE TABLE category_follow (
  category_id uuid NOT NULL,
  person_id uuid NOT NULL,
  mode text NOT NULL,
  since timestamp with time zone NOT NULL,
  CONSTRAINT category_follow_pkey PRIMARY KEY (category_id, person_id),
  CONSTRAINT category_follow_category_id_fkey FOREIGN KEY (category_id) REFERENCES community_category(id) ON DELETE CASCADE,
  CONSTRAINT category_follow_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT category_follow_mode_check CHECK ((mode = ANY (ARRAY['each'::text, 'digest'::text])))
);

CREATE INDEX category_follow_of ON public.category_follow USING btree (person_id);

CREATE TABLE chat (
  conversation_id uuid NOT NULL,
  seq bigint NOT NULL DEFAULT 0,
  mailed_seq bigint NOT NULL DEFAULT 0,
  left_at timestamp with time zone,
  came_at timestamp with time zone NOT NULL,
  CONSTRAINT chat_pkey PRIMARY KEY (conversation_id),
  CONSTRAINT chat_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE
);

CREATE INDEX chat_here ON public.chat USING btree (conversation_id) WHERE (left_at IS NULL);

CREATE TABLE chat_channel (
  id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  team_id uuid NOT NULL,
  origins text[] NOT NULL,
  accent text,
  phone text,
  phone_words text NOT NULL DEFAULT ''::text,
  secret_sealed bytea,
  secret_made_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  removed_at timestamp with time zone,
  CONSTRAINT chat_channel_key_key UNIQUE (key),
  CONSTRAINT chat_channel_pkey PRIMARY KEY (id),
  CONSTRAINT chat_channel_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id),
  CONSTRAINT chat_channel_accent_check CHECK ((accent ~ '^#[0-9a-f]{6}$'::text)),
  CONSTRAINT chat_channel_check CHECK (((secret_sealed IS NULL) = (secret_made_at IS NULL))),
  CONSTRAINT chat_channel_key_check CHECK ((key ~ '^[a-z0-9]{20}$'::text)),
  CONSTRAINT chat_channel_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  CONSTRAINT chat_channel_origins_check CHECK ((cardinality(origins) <= 50)),
  CONSTRAINT chat_channel_phone_check CHECK ((length(phone) <= 40)),
  CONSTRAINT chat_channel_phone_words_check CHECK ((length(phone_words) <= 120))
);

CREATE TABLE chat_line (
  conversation_id uuid NOT NULL,
  seq bigint NOT NULL,
  is_what text NOT NULL,
  message_id uuid,
  moved boolean NOT NULL DEFAULT false,
  at timestamp with time zone NOT NULL,
  CONSTRAINT chat_line_pkey PRIMARY KEY (conversation_id, seq),
  CONSTRAINT chat_line_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES chat(conversation_id) ON DELETE CASCADE,
  CONSTRAINT chat_line_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE,
  CONSTRAINT chat_line_check CHECK (((is_what = 'message'::text) = (message_id IS NOT NULL))),
  CONSTRAINT chat_line_is_what_check CHECK ((is_what = ANY (ARRAY['message'::text, 'left'::text])))
);

CREATE UNIQUE INDEX chat_line_of_message ON public.chat_line USING btree (message_id, conversation_id) WHERE (message_id IS NOT NULL);

CREATE TABLE chat_presence (
  session_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  doing text NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  CONSTRAINT chat_presence_pkey PRIMARY KEY (session_id),
  CONSTRAINT chat_presence_doing_check CHECK ((doing = ANY (ARRAY['reading'::text, 'writing'::text])))
);

CREATE INDEX chat_presence_of_conversation ON public.chat_presence USING btree (conversation_id);

CREATE TABLE chat_seat (
  session_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  seen_seq bigint NOT NULL DEFAULT 0,
  since timestamp with time zone NOT NULL,
  over_seq bigint,
  CONSTRAINT chat_seat_pkey PRIMARY KEY (session_id, conversation_id),
  CONSTRAINT chat_seat_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES chat(conversation_id) ON DELETE CASCADE,
  CONSTRAINT chat_seat_session_id_fkey FOREIGN KEY (session_id) REFERENCES chat_session(id) ON DELETE CASCADE
);

CREATE INDEX chat_seat_of_conversation ON public.chat_seat USING btree (conversation_id);

CREATE TABLE chat_session (
  id uuid NOT NULL,
  channel_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  person_id uuid NOT NULL,
  known boolean NOT NULL,
  known_until timestamp with time zone,
  origin text NOT NULL,
  language text,
  zone text,
  begun_at timestamp with time zone NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  CONSTRAINT chat_session_token_hash_key UNIQUE (token_hash),
  CONSTRAINT chat_session_pkey PRIMARY KEY (id),
  CONSTRAINT chat_session_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES chat_channel(id),
  CONSTRAINT chat_session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT chat_session_check CHECK ((known = (known_until IS NOT NULL)))
);

CREATE INDEX chat_session_by_seen ON public.chat_session USING btree (seen_at);

CREATE INDEX chat_session_of_person ON public.chat_session USING btree (person_id);

CREATE TABLE chat_trouble (
  channel_id uuid NOT NULL,
  kind text NOT NULL,
  origin text NOT NULL,
  times integer NOT NULL DEFAULT 1,
  first_at timestamp with time zone NOT NULL,
  last_at timestamp with time zone NOT NULL,
  CONSTRAINT chat_trouble_pkey PRIMARY KEY (channel_id, kind, origin),
  CONSTRAINT chat_trouble_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES chat_channel(id) ON DELETE CASCADE,
  CONSTRAINT chat_trouble_kind_check CHECK ((kind = ANY (ARRAY['identity-altered'::text, 'identity-old'::text, 'identity-broken'::text, 'no-secret'::text, 'foreign-origin'::text]))),
  CONSTRAINT chat_trouble_origin_check CHECK ((length(origin) <= 300))
);

CREATE TABLE chat_upload (
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  sha256 bytea NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  bytes bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT chat_upload_pkey PRIMARY KEY (id),
  CONSTRAINT chat_upload_session_id_fkey FOREIGN KEY (session_id) REFERENCES chat_session(id) ON DELETE CASCADE,
  CONSTRAINT chat_upload_sha256_fkey FOREIGN KEY (sha256) REFERENCES file(sha256)
);

CREATE INDEX chat_upload_by_file ON public.chat_upload USING btree (sha256);

CREATE TABLE community_category (
  id uuid NOT NULL,
  position integer NOT NULL DEFAULT 0,
  audience text NOT NULL,
  begins text NOT NULL DEFAULT 'everybody'::text,
  made_at timestamp with time zone NOT NULL,
  archived_at timestamp with time zone,
  sample boolean NOT NULL DEFAULT false,
  CONSTRAINT community_category_pkey PRIMARY KEY (id),
  CONSTRAINT community_category_audience_check CHECK ((audience = ANY (ARRAY['public'::text, 'signed-in'::text, 'organisation'::text, 'inside'::text]))),
  CONSTRAINT community_category_begins_check CHECK ((begins = ANY (ARRAY['everybody'::text, 'us'::text])))
);

CREATE TABLE community_category_name (
  category_id uuid NOT NULL,
  language text NOT NULL,
  name text NOT NULL,
  about text NOT NULL DEFAULT ''::text,
  CONSTRAINT community_category_name_pkey PRIMARY KEY (category_id, language),
  CONSTRAINT community_category_name_category_id_fkey FOREIGN KEY (category_id) REFERENCES community_category(id) ON DELETE CASCADE,
  CONSTRAINT community_category_name_about_check CHECK ((length(about) <= 300)),
  CONSTRAINT community_category_name_language_check CHECK (((length(language) >= 2) AND (length(language) <= 20))),
  CONSTRAINT community_category_name_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);

CREATE TABLE community_category_organisation (
  category_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  CONSTRAINT community_category_organisation_pkey PRIMARY KEY (category_id, organisation_id),
  CONSTRAINT community_category_organisation_category_id_fkey FOREIGN KEY (category_id) REFERENCES community_category(id) ON DELETE CASCADE,
  CONSTRAINT community_category_organisation_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE CASCADE
);

CREATE INDEX community_category_organisation_of ON public.community_category_organisation USING btree (organisation_id);

CREATE TABLE community_category_slug (
  slug text NOT NULL,
  category_id uuid NOT NULL,
  current boolean NOT NULL,
  CONSTRAINT community_category_slug_pkey PRIMARY KEY (slug),
  CONSTRAINT community_category_slug_category_id_fkey FOREIGN KEY (category_id) REFERENCES community_category(id) ON DELETE CASCADE,
  CONSTRAINT community_category_slug_slug_check CHECK (((length(slug) >= 1) AND (length(slug) <= 100)))
);

CREATE INDEX community_category_slug_of ON public.community_category_slug USING btree (category_id);

CREATE UNIQUE INDEX community_category_slug_current ON public.community_category_slug USING btree (category_id) WHERE current;

CREATE TABLE community_person (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  shown_name text,
  come_from text,
  digest text NOT NULL DEFAULT 'never'::text,
  digest_at timestamp with time zone,
  stopped_at timestamp with time zone,
  stopped_until timestamp with time zone,
  stopped_because text,
  mentions text,
  trust_said text,
  trust_said_at timestamp with time zone,
  CONSTRAINT community_person_person_id_key UNIQUE (person_id),
  CONSTRAINT community_person_pkey PRIMARY KEY (id),
  CONSTRAINT community_person_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT community_person_check CHECK (((stopped_at IS NULL) = (stopped_because IS NULL))),
  CONSTRAINT community_person_come_from_check CHECK (((length(come_from) >= 1) AND (length(come_from) <= 80))),
  CONSTRAINT community_person_digest_check CHECK ((digest = ANY (ARRAY['daily'::text, 'weekly'::text, 'never'::text]))),
  CONSTRAINT community_person_mentions_check CHECK ((mentions = ANY (ARRAY['each'::text, 'digest'::text, 'never'::text]))),
  CONSTRAINT community_person_shown_name_check CHECK (((length(shown_name) >= 1) AND (length(shown_name) <= 80))),
  CONSTRAINT community_person_stopped_because_check CHECK (((length(stopped_because) >= 1) AND (length(stopped_because) <= 500))),
  CONSTRAINT community_person_trust_said CHECK (((trust_said IS NULL) = (trust_said_at IS NULL))),
  CONSTRAINT community_person_trust_said_check CHECK ((trust_said = ANY (ARRAY['new'::text, 'trusted'::text])))
);

CREATE INDEX community_person_digest ON public.community_person USING btree (digest_at) WHERE (digest_at IS NOT NULL);

CREATE TABLE community_setting (
  one boolean NOT NULL DEFAULT true,
  off boolean NOT NULL DEFAULT false,
  approve text NOT NULL DEFAULT 'when-odd'::text,
  flags_to_hide integer NOT NULL DEFAULT 3,
  guidelines text NOT NULL DEFAULT ''::text,
  CONSTRAINT community_setting_pkey PRIMARY KEY (one),
  CONSTRAINT community_setting_approve_check CHECK ((approve = ANY (ARRAY['all-new'::text, 'when-odd'::text, 'never'::text]))),
  CONSTRAINT community_setting_flags_to_hide_check CHECK (((flags_to_hide >= 2) AND (flags_to_hide <= 20))),
  CONSTRAINT community_setting_guidelines_check CHECK ((length(guidelines) <= 2000)),
  CONSTRAINT community_setting_one_check CHECK (one)
);

CREATE TABLE community_waiting (
  person_id uuid NOT NULL,
  post_id uuid NOT NULL,
  mode text NOT NULL,
  topic_id uuid NOT NULL,
  via text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT community_waiting_pkey PRIMARY KEY (person_id, post_id),
  CONSTRAINT community_waiting_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT community_waiting_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON DELETE CASCADE,
  CONSTRAINT community_waiting_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id) ON DELETE CASCADE,
  CONSTRAINT community_waiting_mode_check CHECK ((mode = ANY (ARRAY['each'::text, 'digest'::text]))),
  CONSTRAINT community_waiting_via_check CHECK ((via = ANY (ARRAY['topic'::text, 'mention'::text, 'category'::text])))
);

CREATE INDEX community_waiting_each ON public.community_waiting USING btree (at) WHERE (mode = 'each'::text);

CREATE INDEX community_waiting_of_post ON public.community_waiting USING btree (post_id);

CREATE INDEX community_waiting_of_topic ON public.community_waiting USING btree (topic_id);

CREATE TABLE conversation (
  id uuid NOT NULL,
  number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  customer_id uuid NOT NULL,
  owner_id uuid,
  team_id uuid NOT NULL,
  mailbox_id uuid,
  channel text NOT NULL,
  subject text NOT NULL,
  state text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  closed_because text,
  outcome text,
  needed_by timestamp with time zone,
  handovers integer NOT NULL DEFAULT 0,
  due_at timestamp with time zone,
  language text,
  last_at timestamp with time zone NOT NULL,
  last_ours boolean NOT NULL DEFAULT false,
  preview text NOT NULL DEFAULT ''::text,
  before jsonb,
  previous_id uuid,
  sample boolean NOT NULL DEFAULT false,
  opened_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone,
  priority smallint NOT NULL DEFAULT 0,
  merged_into uuid,
  CONSTRAINT conversation_number_key UNIQUE (number),
  CONSTRAINT conversation_pkey PRIMARY KEY (id),
  CONSTRAINT conversation_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES person(id),
  CONSTRAINT conversation_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailbox(id),
  CONSTRAINT conversation_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES conversation(id),
  CONSTRAINT conversation_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES member(person_id),
  CONSTRAINT conversation_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES conversation(id),
  CONSTRAINT conversation_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id),
  CONSTRAINT conversation_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'phone'::text, 'written'::text, 'portal'::text, 'chat'::text]))),
  CONSTRAINT conversation_check CHECK (((state = 'closed'::text) = (closed_because IS NOT NULL))),
  CONSTRAINT conversation_outcome_check CHECK ((outcome = ANY (ARRAY['answered'::text, 'no'::text, 'verified'::text, 'unverified'::text]))),
  CONSTRAINT conversation_priority_check CHECK (((priority >= '-1'::integer) AND (priority <= 2))),
  CONSTRAINT conversation_state_check CHECK ((state = ANY (ARRAY['open'::text, 'pending'::text, 'solved'::text, 'closed'::text, 'aside'::text, 'spam'::text, 'trash'::text, 'merged'::text]))),
  CONSTRAINT merged_into_another CHECK ((((state = 'merged'::text) = (merged_into IS NOT NULL)) AND (merged_into <> id)))
);

CREATE INDEX conversation_by_due ON public.conversation USING btree (team_id, due_at, id) WHERE (state = 'open'::text);

CREATE INDEX conversation_by_last ON public.conversation USING btree (team_id, last_at DESC, id DESC) WHERE (state <> ALL (ARRAY['spam'::text, 'trash'::text, 'merged'::text]));

CREATE INDEX conversation_by_priority ON public.conversation USING btree (team_id, ((- priority)), due_at, id) INCLUDE (priority, owner_id) WHERE (state = 'open'::text);

CREATE INDEX conversation_by_state ON public.conversation USING btree (team_id, state, last_at DESC, id DESC);

CREATE INDEX conversation_by_waiting ON public.conversation USING btree (team_id, last_ours, last_at, id) INCLUDE (owner_id) WHERE (state = 'open'::text);

CREATE INDEX conversation_merged_into ON public.conversation USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX conversation_of_customer_in_order ON public.conversation USING btree (customer_id, last_at DESC, id DESC);

CREATE INDEX conversation_of_owner_by_due ON public.conversation USING btree (owner_id, due_at, id) INCLUDE (team_id) WHERE (state = 'open'::text);

CREATE INDEX conversation_of_owner_by_state ON public.conversation USING btree (owner_id, state, last_at DESC, id DESC) INCLUDE (team_id) WHERE (owner_id IS NOT NULL);

CREATE INDEX conversation_pending_by_due ON public.conversation USING btree (team_id, due_at, id) WHERE (state = 'pending'::text);

CREATE INDEX conversation_unowned ON public.conversation USING btree (team_id, due_at, id) WHERE ((state = 'open'::text) AND (owner_id IS NULL));

CREATE TRIGGER conversation_is_for_survivor BEFORE INSERT OR UPDATE OF customer_id ON public.conversation FOR EACH ROW EXECUTE FUNCTION conversation_is_for_survivor();

CREATE CONSTRAINT TRIGGER conversation_is_owed AFTER INSERT OR UPDATE OF state ON public.conversation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.state = ANY (ARRAY['open'::text, 'pending'::text, 'solved'::text]))) EXECUTE FUNCTION conversation_is_owed_after_conversation();

CREATE TRIGGER message_search_moves AFTER UPDATE OF team_id ON public.conversation FOR EACH ROW WHEN ((old.team_id IS DISTINCT FROM new.team_id)) EXECUTE FUNCTION message_search_moves();

CREATE TABLE conversation_field (
  conversation_id uuid NOT NULL,
  field_id uuid NOT NULL,
  value jsonb NOT NULL,
  CONSTRAINT conversation_field_pkey PRIMARY KEY (conversation_id, field_id),
  CONSTRAINT conversation_field_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT conversation_field_field_id_fkey FOREIGN KEY (field_id) REFERENCES custom_field(id) ON DELETE CASCADE
);

CREATE INDEX conversation_field_by_value ON public.conversation_field USING btree (field_id, value, conversation_id);

CREATE TABLE conversation_link (
  id uuid NOT NULL,
  kind text NOT NULL,
  from_id uuid NOT NULL,
  to_id uuid NOT NULL,
  by_id uuid,
  since timestamp with time zone NOT NULL,
  CONSTRAINT conversation_link_pkey PRIMARY KEY (id),
  CONSTRAINT conversation_link_by_id_fkey FOREIGN KEY (by_id) REFERENCES person(id),
  CONSTRAINT conversation_link_from_id_fkey FOREIGN KEY (from_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT conversation_link_to_id_fkey FOREIGN KEY (to_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT conversation_link_check CHECK ((from_id <> to_id)),
  CONSTRAINT conversation_link_kind_check CHECK ((kind = ANY (ARRAY['related'::text, 'child'::text, 'part'::text])))
);

CREATE INDEX conversation_link_from ON public.conversation_link USING btree (from_id);

CREATE INDEX conversation_link_to ON public.conversation_link USING btree (to_id);

CREATE UNIQUE INDEX conversation_link_once ON public.conversation_link USING btree (LEAST(from_id, to_id), GREATEST(from_id, to_id));

CREATE UNIQUE INDEX conversation_link_one_parent ON public.conversation_link USING btree (to_id) WHERE (kind = 'child'::text);

CREATE TABLE conversation_share (
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  person_id uuid,
  organisation_id uuid,
  by_id uuid NOT NULL,
  since timestamp with time zone NOT NULL,
  CONSTRAINT conversation_share_pkey PRIMARY KEY (id),
  CONSTRAINT conversation_share_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(person_id),
  CONSTRAINT conversation_share_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT conversation_share_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE CASCADE,
  CONSTRAINT conversation_share_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT conversation_share_check CHECK ((num_nonnulls(person_id, organisation_id) = 1))
);

CREATE INDEX conversation_share_of_organisation ON public.conversation_share USING btree (organisation_id) WHERE (organisation_id IS NOT NULL);

CREATE INDEX conversation_share_of_person ON public.conversation_share USING btree (person_id) WHERE (person_id IS NOT NULL);

CREATE UNIQUE INDEX conversation_share_with_organisation ON public.conversation_share USING btree (conversation_id, organisation_id) WHERE (organisation_id IS NOT NULL);

CREATE UNIQUE INDEX conversation_share_with_person ON public.conversation_share USING btree (conversation_id, person_id) WHERE (person_id IS NOT NULL);

CREATE TABLE conversation_tag (
  conversation_id uuid NOT NULL,
  tag_id uuid NOT NULL,
  by_id uuid,
  since timestamp with time zone NOT NULL,
  CONSTRAINT conversation_tag_pkey PRIMARY KEY (conversation_id, tag_id),
  CONSTRAINT conversation_tag_by_id_fkey FOREIGN KEY (by_id) REFERENCES person(id),
  CONSTRAINT conversation_tag_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT conversation_tag_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tag(id) ON DELETE CASCADE
);

CREATE INDEX conversation_tag_by_tag ON public.conversation_tag USING btree (tag_id, conversation_id);

CREATE TABLE custom_field (
  id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  choices jsonb NOT NULL DEFAULT '[]'::jsonb,
  team_id uuid,
  position integer NOT NULL,
  archived_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  about text NOT NULL DEFAULT 'conversation'::text,
  CONSTRAINT custom_field_pkey PRIMARY KEY (id),
  CONSTRAINT custom_field_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id),
  CONSTRAINT custom_field_about_check CHECK ((about = ANY (ARRAY['conversation'::text, 'person'::text, 'organisation'::text]))),
  CONSTRAINT custom_field_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'yes-no'::text, 'choice'::text, 'choices'::text, 'link'::text]))),
  CONSTRAINT custom_field_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  CONSTRAINT field_of_team_is_of_conversations CHECK (((team_id IS NULL) OR (about = 'conversation'::text)))
);

CREATE TABLE customer_link (
  id uuid NOT NULL,
  token_hash bytea NOT NULL,
  purpose text NOT NULL,
  address_id uuid NOT NULL,
  next text,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT customer_link_token_hash_key UNIQUE (token_hash),
  CONSTRAINT customer_link_pkey PRIMARY KEY (id),
  CONSTRAINT customer_link_address_id_fkey FOREIGN KEY (address_id) REFERENCES address(id) ON DELETE CASCADE,
  CONSTRAINT customer_link_next_check CHECK ((length(next) <= 500)),
  CONSTRAINT customer_link_purpose_check CHECK ((purpose = ANY (ARRAY['sign-in'::text, 'erase'::text])))
);

CREATE INDEX customer_link_of_address ON public.customer_link USING btree (address_id);

CREATE TABLE customer_session (
  id uuid NOT NULL,
  address_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  agent text,
  network text,
  created_at timestamp with time zone NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  CONSTRAINT customer_session_token_hash_key UNIQUE (token_hash),
  CONSTRAINT customer_session_pkey PRIMARY KEY (id),
  CONSTRAINT customer_session_address_id_fkey FOREIGN KEY (address_id) REFERENCES address(id) ON DELETE CASCADE
);

CREATE INDEX customer_session_of_address ON public.customer_session USING btree (address_id) WHERE (ended_at IS NULL);

CREATE TABLE delivery (
  id uuid NOT NULL,
  mailbox_id uuid NOT NULL,
  source text NOT NULL,
  mail_id text NOT NULL,
  body_hash bytea NOT NULL,
  arrived_at timestamp with time zone NOT NULL,
  bytes bigint NOT NULL,
  raw bytea,
  raw_file bytea,
  became text NOT NULL,
  message_id uuid,
  reason text,
  detail text,
  tries smallint NOT NULL DEFAULT 1,
  reading jsonb,
  ask_message_id uuid,
  post_id uuid,
  CONSTRAINT delivery_mailbox_id_mail_id_body_hash_key UNIQUE (mailbox_id, mail_id, body_hash),
  CONSTRAINT delivery_pkey PRIMARY KEY (id),
  CONSTRAINT delivery_ask_message_id_fkey FOREIGN KEY (ask_message_id) REFERENCES ask_message(id) ON DELETE SET NULL,
  CONSTRAINT delivery_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailbox(id),
  CONSTRAINT delivery_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE SET NULL,
  CONSTRAINT delivery_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON DELETE SET NULL,
  CONSTRAINT delivery_raw_file_fkey FOREIGN KEY (raw_file) REFERENCES file(sha256),
  CONSTRAINT delivery_became_check CHECK ((became = ANY (ARRAY['message'::text, 'post'::text, 'answer'::text, 'report'::text, 'quarantined'::text, 'removed'::text]))),
  CONSTRAINT delivery_check CHECK (((became = 'quarantined'::text) = (reason IS NOT NULL))),
  CONSTRAINT delivery_source_check CHECK ((source = ANY (ARRAY['imap'::text, 'listener'::text, 'import'::text, 'portal'::text, 'chat'::text])))
);

CREATE INDEX delivery_by_raw_file ON public.delivery USING btree (raw_file) WHERE (raw_file IS NOT NULL);

CREATE INDEX delivery_of_ask_message ON public.delivery USING btree (ask_message_id) WHERE (ask_message_id IS NOT NULL);

CREATE INDEX delivery_of_message ON public.delivery USING btree (message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX delivery_of_post ON public.delivery USING btree (post_id) WHERE (post_id IS NOT NULL);

CREATE INDEX delivery_quarantined ON public.delivery USING btree (arrived_at DESC, id) WHERE (became = 'quarantined'::text);

CREATE TABLE delivery_report (
  id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  outbox_id uuid,
  message_id uuid,
  recipient text,
  status text,
  reply_code text,
  reason text,
  hard boolean NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT delivery_report_pkey PRIMARY KEY (id),
  CONSTRAINT delivery_report_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id),
  CONSTRAINT delivery_report_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE
);

CREATE INDEX delivery_report_by_time ON public.delivery_report USING btree (at DESC, id);

CREATE INDEX delivery_report_of_message ON public.delivery_report USING btree (message_id) WHERE (message_id IS NOT NULL);

CREATE TABLE delivery_uid (
  mailbox_id uuid NOT NULL,
  folder text NOT NULL,
  uidvalidity bigint NOT NULL,
  uid bigint NOT NULL,
  delivery_id uuid NOT NULL,
  CONSTRAINT delivery_uid_pkey PRIMARY KEY (mailbox_id, folder, uidvalidity, uid),
  CONSTRAINT delivery_uid_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id),
  CONSTRAINT delivery_uid_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailbox(id) ON DELETE CASCADE
);

CREATE TABLE draft (
  conversation_id uuid NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL,
  body text NOT NULL,
  choices jsonb NOT NULL DEFAULT '{}'::jsonb,
  seen_version integer NOT NULL,
  saved_at timestamp with time zone NOT NULL,
  CONSTRAINT draft_pkey PRIMARY KEY (conversation_id, person_id, kind),
  CONSTRAINT draft_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT draft_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id),
  CONSTRAINT draft_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'note'::text])))
);

CREATE INDEX draft_by_time ON public.draft USING btree (person_id, saved_at DESC);

CREATE INDEX draft_of_person ON public.draft USING btree (person_id, conversation_id);

CREATE TABLE duty (
  id uuid NOT NULL,
  team_id uuid NOT NULL,
  person_id uuid NOT NULL,
  during tstzrange NOT NULL,
  CONSTRAINT duty_pkey PRIMARY KEY (id),
  CONSTRAINT duty_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id),
  CONSTRAINT duty_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE,
  CONSTRAINT duty_during_check CHECK ((NOT isempty(during)))
);

CREATE INDEX duty_of_team ON public.duty USING gist (during);

CREATE TABLE event (
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  kind text NOT NULL,
  subject_id uuid,
  actor_id uuid,
  scopes uuid[] NOT NULL DEFAULT '{}'::uuid[],
  facts jsonb NOT NULL DEFAULT '{}'::jsonb,
  at timestamp with time zone NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (seq)
);

CREATE INDEX event_audited ON public.event USING btree (seq DESC) WHERE is_audited(kind);

CREATE INDEX event_in_order ON public.event USING btree (transaction_id, seq);

CREATE INDEX event_of_subject ON public.event USING btree (subject_id, seq) WHERE (subject_id IS NOT NULL);

CREATE INDEX event_of_verdict ON public.event USING btree (subject_id, at DESC) WHERE (kind = 'follow-up.judged'::text);

CREATE TRIGGER audit_only_grows BEFORE DELETE OR UPDATE ON public.event FOR EACH ROW WHEN (is_audited(old.kind)) EXECUTE FUNCTION audit_only_grows();

CREATE TABLE event_reader (
  name text NOT NULL,
  transaction_id xid8 NOT NULL DEFAULT '0'::xid8,
  seq bigint NOT NULL DEFAULT 0,
  moved_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT event_reader_pkey PRIMARY KEY (name)
);

CREATE TABLE file (
  sha256 bytea NOT NULL,
  bytes bigint NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT file_pkey PRIMARY KEY (sha256),
  CONSTRAINT file_bytes_check CHECK ((bytes >= 0)),
  CONSTRAINT file_sha256_check CHECK ((length(sha256) = 32))
);

CREATE TABLE follow_up (
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  message_id uuid,
  person_id uuid NOT NULL,
  asked_by uuid,
  asked_at timestamp with time zone NOT NULL,
  until timestamp with time zone NOT NULL,
  verdict text,
  said text NOT NULL DEFAULT ''::text,
  way text,
  answered_at timestamp with time zone,
  CONSTRAINT follow_up_pkey PRIMARY KEY (id),
  CONSTRAINT follow_up_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES member(person_id),
  CONSTRAINT follow_up_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT follow_up_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE,
  CONSTRAINT follow_up_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT follow_up_check CHECK ((((verdict IS NULL) = (answered_at IS NULL)) AND ((verdict IS NULL) = (way IS NULL)))),
  CONSTRAINT follow_up_said_check CHECK ((length(said) <= 5000)),
  CONSTRAINT follow_up_verdict_check CHECK ((verdict = ANY (ARRAY['worked'::text, 'incomplete'::text, 'wrong'::text, 'later'::text]))),
  CONSTRAINT follow_up_way_check CHECK ((way = ANY (ARRAY['link'::text, 'hand'::text])))
);

CREATE INDEX follow_up_of_conversation ON public.follow_up USING btree (conversation_id, asked_at);

CREATE INDEX follow_up_of_message ON public.follow_up USING btree (message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX follow_up_of_person ON public.follow_up USING btree (person_id);

CREATE TABLE follower (
  conversation_id uuid NOT NULL,
  person_id uuid NOT NULL,
  since timestamp with time zone NOT NULL,
  CONSTRAINT follower_pkey PRIMARY KEY (conversation_id, person_id),
  CONSTRAINT follower_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT follower_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE
);

CREATE INDEX follower_of_person ON public.follower USING btree (person_id, conversation_id);

CREATE TABLE form (
  id uuid NOT NULL,
  name text NOT NULL,
  intro text NOT NULL DEFAULT ''::text,
  mailbox_id uuid NOT NULL,
  fields jsonb NOT NULL DEFAULT '[]'::jsonb,
  asks_needed_by boolean NOT NULL DEFAULT true,
  takes_files boolean NOT NULL DEFAULT true,
  position integer NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  archived_at timestamp with time zone,
  CONSTRAINT form_pkey PRIMARY KEY (id),
  CONSTRAINT form_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailbox(id),
  CONSTRAINT form_intro_check CHECK ((length(intro) <= 500)),
  CONSTRAINT form_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);

CREATE TABLE form_sent (
  press uuid NOT NULL,
  conversation_id uuid,
  at timestamp with time zone NOT NULL,
  CONSTRAINT form_sent_pkey PRIMARY KEY (press),
  CONSTRAINT form_sent_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE
);

CREATE TABLE goodwill (
  id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  minor bigint NOT NULL,
  currency text NOT NULL,
  person_id uuid,
  organisation_id uuid,
  conversation_id uuid,
  team_id uuid,
  by_id uuid NOT NULL,
  what text NOT NULL,
  reason text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  promise_id uuid,
  decided_by uuid,
  decided_words text,
  granted_at timestamp with time zone,
  sample boolean NOT NULL DEFAULT false,
  withdrawn_at timestamp with time zone,
  withdrawn_by uuid,
  withdrawn_words text,
  was_used boolean,
  CONSTRAINT goodwill_pkey PRIMARY KEY (id),
  CONSTRAINT goodwill_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(person_id),
  CONSTRAINT goodwill_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE SET NULL,
  CONSTRAINT goodwill_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES member(person_id),
  CONSTRAINT goodwill_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE SET NULL,
  CONSTRAINT goodwill_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE SET NULL,
  CONSTRAINT goodwill_promise_id_fkey FOREIGN KEY (promise_id) REFERENCES promise(id) ON DELETE SET NULL,
  CONSTRAINT goodwill_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE SET NULL,
  CONSTRAINT goodwill_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES member(person_id),
  CONSTRAINT goodwill_check1 CHECK (((state <> 'declined'::text) OR ((decided_by IS NOT NULL) AND (length(decided_words) > 0)))),
  CONSTRAINT goodwill_check2 CHECK (((kind <> ALL (ARRAY['credit'::text, 'replacement'::text])) OR (minor > 0))),
  CONSTRAINT goodwill_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CONSTRAINT goodwill_decided_words_check CHECK ((length(decided_words) <= 2000)),
  CONSTRAINT goodwill_granted_at CHECK (
CASE state
    WHEN 'granted'::text THEN (granted_at IS NOT NULL)
    WHEN 'withdrawn'::text THEN true
    ELSE (granted_at IS NULL)
END),
  CONSTRAINT goodwill_kind_check CHECK ((kind = ANY (ARRAY['credit'::text, 'replacement'::text, 'extension'::text, 'exception'::text]))),
  CONSTRAINT goodwill_minor_check CHECK (((minor >= 0) AND (minor <= '100000000000'::bigint))),
  CONSTRAINT goodwill_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000))),
  CONSTRAINT goodwill_state_check CHECK ((state = ANY (ARRAY['granted'::text, 'asked'::text, 'declined'::text, 'withdrawn'::text]))),
  CONSTRAINT goodwill_what_check CHECK (((length(what) >= 1) AND (length(what) <= 500))),
  CONSTRAINT goodwill_withdrawn CHECK (((state = 'withdrawn'::text) = ((withdrawn_at IS NOT NULL) AND (withdrawn_by IS NOT NULL) AND (withdrawn_words IS NOT NULL) AND (was_used IS NOT NULL)))),
  CONSTRAINT goodwill_withdrawn_words_check CHECK (((length(withdrawn_words) >= 1) AND (length(withdrawn_words) <= 2000)))
);

CREATE INDEX goodwill_in_order ON public.goodwill USING btree (asked_at DESC, id DESC);

CREATE INDEX goodwill_of_conversation ON public.goodwill USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);

CREATE INDEX goodwill_of_member ON public.goodwill USING btree (by_id, granted_at) WHERE (state = 'granted'::text);

CREATE INDEX goodwill_of_organisation ON public.goodwill USING btree (organisation_id) WHERE (organisation_id IS NOT NULL);

CREATE INDEX goodwill_of_person ON public.goodwill USING btree (person_id) WHERE (person_id IS NOT NULL);

CREATE TABLE goodwill_allowance (
  member_id uuid NOT NULL,
  minor bigint NOT NULL,
  CONSTRAINT goodwill_allowance_pkey PRIMARY KEY (member_id),
  CONSTRAINT goodwill_allowance_member_id_fkey FOREIGN KEY (member_id) REFERENCES member(person_id),
  CONSTRAINT goodwill_allowance_minor_check CHECK (((minor >= 0) AND (minor <= '100000000000'::bigint)))
);

CREATE TABLE handover (
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  from_id uuid,
  to_id uuid,
  to_team_id uuid NOT NULL,
  by_id uuid NOT NULL,
  reason text NOT NULL,
  introduction_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  summary text,
  back boolean NOT NULL DEFAULT false,
  CONSTRAINT handover_pkey PRIMARY KEY (id),
  CONSTRAINT handover_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(person_id),
  CONSTRAINT handover_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT handover_from_id_fkey FOREIGN KEY (from_id) REFERENCES member(person_id),
  CONSTRAINT handover_introduction_id_fkey FOREIGN KEY (introduction_id) REFERENCES message(id),
  CONSTRAINT handover_to_id_fkey FOREIGN KEY (to_id) REFERENCES member(person_id),
  CONSTRAINT handover_to_team_id_fkey FOREIGN KEY (to_team_id) REFERENCES team(id),
  CONSTRAINT handover_reason_check CHECK ((length(reason) > 0)),
  CONSTRAINT handover_summary_check CHECK (((length(summary) >= 1) AND (length(summary) <= 4000)))
);

CREATE INDEX handover_by_conversation ON public.handover USING btree (conversation_id, at);

CREATE TABLE help_page (
  id uuid NOT NULL,
  place text NOT NULL,
  position integer NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  published_at timestamp with time zone,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT help_page_pkey PRIMARY KEY (id),
  CONSTRAINT help_page_place_check CHECK ((place = ANY (ARRAY['head'::text, 'foot'::text, 'nowhere'::text])))
);

CREATE TABLE help_page_slug (
  slug text NOT NULL,
  page_id uuid NOT NULL,
  current boolean NOT NULL,
  CONSTRAINT help_page_slug_pkey PRIMARY KEY (slug),
  CONSTRAINT help_page_slug_page_id_fkey FOREIGN KEY (page_id) REFERENCES help_page(id) ON DELETE CASCADE,
  CONSTRAINT help_page_slug_slug_check CHECK (((length(slug) >= 1) AND (length(slug) <= 100)))
);

CREATE INDEX help_page_slug_of_page ON public.help_page_slug USING btree (page_id);

CREATE UNIQUE INDEX help_page_slug_current ON public.help_page_slug USING btree (page_id) WHERE current;

CREATE TABLE help_page_text (
  page_id uuid NOT NULL,
  language text NOT NULL,
  title text NOT NULL,
  body_html text NOT NULL,
  body_text text NOT NULL,
  CONSTRAINT help_page_text_pkey PRIMARY KEY (page_id, language),
  CONSTRAINT help_page_text_page_id_fkey FOREIGN KEY (page_id) REFERENCES help_page(id) ON DELETE CASCADE,
  CONSTRAINT help_page_text_language_check CHECK (((length(language) >= 2) AND (length(language) <= 20))),
  CONSTRAINT help_page_text_title_check CHECK (((length(title) >= 1) AND (length(title) <= 100)))
);

CREATE TABLE holiday (
  calendar_id uuid NOT NULL,
  day date NOT NULL,
  name text NOT NULL,
  CONSTRAINT holiday_pkey PRIMARY KEY (calendar_id, day),
  CONSTRAINT holiday_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendar(id) ON DELETE CASCADE
);

CREATE TABLE insight_day (
  team_id uuid,
  day date NOT NULL,
  measure text NOT NULL,
  n bigint NOT NULL
);

CREATE UNIQUE INDEX insight_day_once ON public.insight_day USING btree (team_id, measure, day) NULLS NOT DISTINCT;

CREATE TABLE insight_due (
  about_id uuid NOT NULL,
  CONSTRAINT insight_due_pkey PRIMARY KEY (about_id)
);

CREATE TABLE insight_part (
  about_id uuid NOT NULL,
  sample boolean NOT NULL,
  parts jsonb NOT NULL,
  CONSTRAINT insight_part_pkey PRIMARY KEY (about_id)
);

CREATE INDEX insight_part_sample ON public.insight_part USING btree (about_id) WHERE sample;

CREATE TABLE insight_zone (
  only_one boolean NOT NULL DEFAULT true,
  zone text NOT NULL,
  CONSTRAINT insight_zone_pkey PRIMARY KEY (only_one),
  CONSTRAINT insight_zone_only_one_check CHECK (only_one)
);

CREATE TABLE installation (
  only_one boolean NOT NULL DEFAULT true,
  id uuid NOT NULL,
  name text NOT NULL,
  language text NOT NULL DEFAULT 'en'::text,
  zone text NOT NULL DEFAULT 'UTC'::text,
  settings jsonb NOT NULL DEFAULT '{}'::jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT installation_pkey PRIMARY KEY (only_one),
  CONSTRAINT installation_only_one_check CHECK (only_one)
);

CREATE TABLE kept_file (
  id uuid NOT NULL,
  sha256 bytea NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  bytes bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT kept_file_pkey PRIMARY KEY (id),
  CONSTRAINT kept_file_sha256_fkey FOREIGN KEY (sha256) REFERENCES file(sha256)
);

CREATE INDEX kept_file_by_age ON public.kept_file USING btree (created_at);

CREATE TABLE kept_words (
  id uuid NOT NULL,
  path text NOT NULL,
  fields jsonb NOT NULL,
  bytes integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT kept_words_pkey PRIMARY KEY (id),
  CONSTRAINT kept_words_path_check CHECK (((path ~~ '/help/%'::text) AND (length(path) <= 300)))
);

CREATE INDEX kept_words_by_age ON public.kept_words USING btree (created_at);

CREATE TABLE later_reply (
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  person_id uuid NOT NULL,
  body text NOT NULL,
  recipients jsonb NOT NULL,
  next_step jsonb NOT NULL,
  attachments uuid[] NOT NULL DEFAULT '{}'::uuid[],
  choices jsonb NOT NULL DEFAULT '{}'::jsonb,
  send_at timestamp with time zone NOT NULL,
  made_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  ended_how text,
  ended_why text,
  message_id uuid,
  promised jsonb NOT NULL DEFAULT '[]'::jsonb,
  options jsonb,
  used uuid[] NOT NULL DEFAULT '{}'::uuid[],
  CONSTRAINT later_reply_pkey PRIMARY KEY (id),
  CONSTRAINT later_reply_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT later_reply_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE SET NULL,
  CONSTRAINT later_reply_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id),
  CONSTRAINT later_reply_check CHECK (((ended_at IS NULL) = (ended_how IS NULL))),
  CONSTRAINT later_reply_ended_how_check CHECK ((ended_how = ANY (ARRAY['sent'::text, 'taken-back'::text, 'stopped'::text, 'discarded'::text])))
);

CREATE INDEX later_reply_due ON public.later_reply USING btree (send_at) WHERE (ended_at IS NULL);

CREATE INDEX later_reply_of_conversation ON public.later_reply USING btree (conversation_id, made_at);

CREATE UNIQUE INDEX later_reply_waiting ON public.later_reply USING btree (conversation_id, person_id) WHERE (ended_at IS NULL);

CREATE TABLE logo (
  id uuid NOT NULL,
  png bytea NOT NULL,
  small_png bytea NOT NULL,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT logo_pkey PRIMARY KEY (id)
);

CREATE TABLE mail_import (
  id uuid NOT NULL,
  mailbox_id uuid NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  state text NOT NULL DEFAULT 'receiving'::text,
  bytes bigint NOT NULL DEFAULT 0,
  bytes_read bigint NOT NULL DEFAULT 0,
  mails integer NOT NULL DEFAULT 0,
  messages integer NOT NULL DEFAULT 0,
  reports integer NOT NULL DEFAULT 0,
  quarantined integer NOT NULL DEFAULT 0,
  known integer NOT NULL DEFAULT 0,
  trouble text,
  ended_at timestamp with time zone,
  CONSTRAINT mail_import_pkey PRIMARY KEY (id),
  CONSTRAINT mail_import_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES person(id),
  CONSTRAINT mail_import_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailbox(id) ON DELETE CASCADE,
  CONSTRAINT mail_import_check CHECK (((ended_at IS NULL) = (state = ANY (ARRAY['receiving'::text, 'waiting'::text, 'running'::text])))),
  CONSTRAINT mail_import_check1 CHECK (((trouble IS NULL) = (state <> 'failed'::text))),
  CONSTRAINT mail_import_state_check CHECK ((state = ANY (ARRAY['receiving'::text, 'waiting'::text, 'running'::text, 'done'::text, 'failed'::text])))
);

CREATE INDEX mail_import_by_time ON public.mail_import USING btree (asked_at DESC, id DESC);

CREATE TABLE mailbox (
  id uuid NOT NULL,
  team_id uuid NOT NULL,
  address text NOT NULL,
  normal text NOT NULL,
  from_name text NOT NULL,
  aliases text[] NOT NULL DEFAULT '{}'::text[],
  receive_by text NOT NULL,
  imap jsonb,
  smtp jsonb,
  sealed bytea,
  plus_addressing boolean NOT NULL DEFAULT false,
  trusted_server text,
  start_from text NOT NULL DEFAULT 'now'::text,
  last_good_poll_at timestamp with time zone,
  alert text,
  alert_since timestamp with time zone,
  alert_detail text,
  paused_at timestamp with time zone,
  sample boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  removed_at timestamp with time zone,
  CONSTRAINT mailbox_normal_key UNIQUE (normal),
  CONSTRAINT mailbox_pkey PRIMARY KEY (id),
  CONSTRAINT mailbox_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id),
  CONSTRAINT mailbox_receive_by_check CHECK ((receive_by = ANY (ARRAY['imap'::text, 'listener'::text, 'import'::text]))),
  CONSTRAINT mailbox_start_from_check CHECK ((start_from = ANY (ARRAY['now'::text, 'all'::text])))
);

CREATE TABLE mailbox_folder (
  mailbox_id uuid NOT NULL,
  folder text NOT NULL,
  uidvalidity bigint NOT NULL,
  start_after bigint NOT NULL DEFAULT 0,
  highest bigint NOT NULL DEFAULT 0,
  seen_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT mailbox_folder_pkey PRIMARY KEY (mailbox_id, folder, uidvalidity),
  CONSTRAINT mailbox_folder_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailbox(id) ON DELETE CASCADE
);

CREATE TABLE member (
  person_id uuid NOT NULL,
  password_hash text,
  administrator boolean NOT NULL DEFAULT false,
  disabled_at timestamp with time zone,
  expires_at timestamp with time zone,
  undo_seconds integer NOT NULL DEFAULT 10,
  settings jsonb NOT NULL DEFAULT '{}'::jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT member_pkey PRIMARY KEY (person_id),
  CONSTRAINT member_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT member_undo_seconds_check CHECK (((undo_seconds >= 0) AND (undo_seconds <= 30)))
);

CREATE TRIGGER fallback_stays_active BEFORE UPDATE OF disabled_at ON public.member FOR EACH ROW EXECUTE FUNCTION fallback_stays_active();

CREATE TABLE membership (
  person_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  role text NOT NULL DEFAULT ''::text,
  suggested_at timestamp with time zone,
  sees_all boolean NOT NULL DEFAULT false,
  since timestamp with time zone NOT NULL,
  left_at timestamp with time zone,
  CONSTRAINT membership_pkey PRIMARY KEY (person_id, organisation_id),
  CONSTRAINT membership_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE CASCADE,
  CONSTRAINT membership_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT membership_role_check CHECK ((length(role) <= 200))
);

CREATE INDEX membership_of_organisation ON public.membership USING btree (organisation_id);

CREATE INDEX membership_seeing_all ON public.membership USING btree (organisation_id, person_id) WHERE (sees_all AND (left_at IS NULL) AND (suggested_at IS NULL));

CREATE INDEX membership_suggested ON public.membership USING btree (person_id) WHERE ((suggested_at IS NOT NULL) AND (left_at IS NULL));

CREATE TABLE mention (
  message_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  person_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  seen_at timestamp with time zone,
  CONSTRAINT mention_pkey PRIMARY KEY (message_id, person_id),
  CONSTRAINT mention_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT mention_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE,
  CONSTRAINT mention_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE
);

CREATE INDEX mention_of_person ON public.mention USING btree (person_id, conversation_id);

CREATE INDEX mention_unseen ON public.mention USING btree (person_id, at DESC) WHERE (seen_at IS NULL);

CREATE TABLE merge (
  id uuid NOT NULL,
  survivor_id uuid NOT NULL,
  absorbed_id uuid NOT NULL,
  by_id uuid,
  at timestamp with time zone NOT NULL,
  was jsonb NOT NULL,
  undone_at timestamp with time zone,
  undone_by uuid,
  CONSTRAINT merge_pkey PRIMARY KEY (id),
  CONSTRAINT merge_absorbed_id_fkey FOREIGN KEY (absorbed_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT merge_by_id_fkey FOREIGN KEY (by_id) REFERENCES person(id),
  CONSTRAINT merge_survivor_id_fkey FOREIGN KEY (survivor_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT merge_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES person(id),
  CONSTRAINT merge_check CHECK ((survivor_id <> absorbed_id))
);

CREATE INDEX merge_of_survivor ON public.merge USING btree (survivor_id) WHERE (undone_at IS NULL);

CREATE UNIQUE INDEX merge_of_absorbed ON public.merge USING btree (absorbed_id) WHERE (undone_at IS NULL);

CREATE TABLE message (
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  kind text NOT NULL,
  author_id uuid,
  author_raw text,
  recipients jsonb NOT NULL DEFAULT '[]'::jsonb,
  at timestamp with time zone NOT NULL,
  subject text,
  body_text text NOT NULL,
  trimmed text,
  body_html text,
  trimmed_html text,
  language text,
  rfc_id text,
  next_step jsonb,
  undo jsonb,
  undo_until timestamp with time zone,
  taken_back_at timestamp with time zone,
  bounced boolean NOT NULL DEFAULT false,
  reply_to text,
  CONSTRAINT message_pkey PRIMARY KEY (id),
  CONSTRAINT message_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id),
  CONSTRAINT message_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT message_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'reply'::text, 'note'::text, 'acknowledgement'::text, 'follow-up'::text, 'call'::text, 'automatic'::text, 'forward'::text])))
);

CREATE INDEX message_by_rfc_id ON public.message USING btree (rfc_id) WHERE (rfc_id IS NOT NULL);

CREATE INDEX message_of_conversation ON public.message USING btree (conversation_id, at, id);

CREATE INDEX message_of_member ON public.message USING btree (author_id, conversation_id) WHERE (kind = ANY (ARRAY['reply'::text, 'note'::text, 'call'::text]));

CREATE TRIGGER chat_line_of_messages AFTER INSERT ON public.message REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION chat_line_of_messages();

CREATE TRIGGER chat_line_of_moved AFTER UPDATE OF conversation_id ON public.message FOR EACH ROW WHEN ((old.conversation_id <> new.conversation_id)) EXECUTE FUNCTION chat_line_of_moved();

CREATE TRIGGER message_search_follows AFTER UPDATE OF conversation_id, taken_back_at ON public.message FOR EACH ROW WHEN (((old.conversation_id IS DISTINCT FROM new.conversation_id) OR (old.taken_back_at IS DISTINCT FROM new.taken_back_at))) EXECUTE FUNCTION message_search_follows();

CREATE TABLE message_search (
  message_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  inside boolean NOT NULL DEFAULT false,
  at timestamp with time zone NOT NULL,
  words tsvector NOT NULL,
  CONSTRAINT message_search_pkey PRIMARY KEY (message_id),
  CONSTRAINT message_search_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE
);

CREATE INDEX message_search_by_words ON public.message_search USING gin (words) WITH (fastupdate='on', gin_pending_list_limit='1024');

CREATE INDEX message_search_of_conversation ON public.message_search USING btree (conversation_id);

CREATE TABLE migration (
  number integer NOT NULL,
  name text NOT NULL,
  sha256 text NOT NULL,
  ran_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT migration_pkey PRIMARY KEY (number)
);

CREATE TABLE not_same_person (
  one_id uuid NOT NULL,
  other_id uuid NOT NULL,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT not_same_person_pkey PRIMARY KEY (one_id, other_id),
  CONSTRAINT not_same_person_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(person_id),
  CONSTRAINT not_same_person_one_id_fkey FOREIGN KEY (one_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT not_same_person_other_id_fkey FOREIGN KEY (other_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT not_same_person_check CHECK ((one_id < other_id))
);

CREATE INDEX not_same_person_other ON public.not_same_person USING btree (other_id);

CREATE TABLE notification (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL,
  about_id uuid NOT NULL,
  conversation_id uuid,
  promise_id uuid,
  mailbox_id uuid,
  message_id uuid,
  actor_id uuid,
  count integer NOT NULL DEFAULT 0,
  at timestamp with time zone NOT NULL,
  read_at timestamp with time zone,
  in_app boolean NOT NULL,
  mail_at timestamp with time zone,
  push_at timestamp with time zone,
  outbox_id uuid,
  ask_id uuid,
  post_id uuid,
  CONSTRAINT notification_pkey PRIMARY KEY (id),
  CONSTRAINT notification_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES person(id) ON DELETE SET NULL,
  CONSTRAINT notification_ask_id_fkey FOREIGN KEY (ask_id) REFERENCES ask(id) ON DELETE CASCADE,
  CONSTRAINT notification_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT notification_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailbox(id) ON DELETE CASCADE,
  CONSTRAINT notification_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE SET NULL,
  CONSTRAINT notification_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES outbox(id) ON DELETE SET NULL,
  CONSTRAINT notification_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE,
  CONSTRAINT notification_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON DELETE CASCADE,
  CONSTRAINT notification_promise_id_fkey FOREIGN KEY (promise_id) REFERENCES promise(id) ON DELETE CASCADE,
  CONSTRAINT notification_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'topic-mention'::text, 'topic-answered'::text, 'topic-post'::text, 'topic-begun'::text, 'decision-asked'::text, 'decision-made'::text, 'goodwill-asked'::text, 'goodwill-decided'::text, 'verdict'::text, 'choice'::text, 'asked'::text, 'ask-answered'::text, 'ask-judged'::text, 'handed-again'::text, 'given'::text, 'mention'::text, 'due-soon'::text, 'overdue'::text, 'reminder'::text, 'unsent'::text, 'mailbox'::text, 'unowned'::text, 'unheeded'::text, 'test'::text])))
);

CREATE INDEX notification_by_age ON public.notification USING btree (at);

CREATE INDEX notification_in_order ON public.notification USING btree (person_id, at DESC, id DESC) WHERE in_app;

CREATE INDEX notification_of_ask ON public.notification USING btree (ask_id) WHERE (ask_id IS NOT NULL);

CREATE INDEX notification_of_conversation ON public.notification USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);

CREATE INDEX notification_of_mailbox ON public.notification USING btree (mailbox_id) WHERE (mailbox_id IS NOT NULL);

CREATE INDEX notification_of_outbox ON public.notification USING btree (outbox_id) WHERE (outbox_id IS NOT NULL);

CREATE INDEX notification_of_post ON public.notification USING btree (post_id) WHERE (post_id IS NOT NULL);

CREATE INDEX notification_of_promise ON public.notification USING btree (promise_id) WHERE (promise_id IS NOT NULL);

CREATE INDEX notification_to_mail ON public.notification USING btree (mail_at) WHERE (mail_at IS NOT NULL);

CREATE INDEX notification_to_push ON public.notification USING btree (push_at) WHERE (push_at IS NOT NULL);

CREATE INDEX notification_unread ON public.notification USING btree (person_id, at DESC) WHERE (in_app AND (read_at IS NULL));

CREATE UNIQUE INDEX notification_gathers ON public.notification USING btree (person_id, kind, about_id) WHERE (read_at IS NULL);

CREATE TABLE notification_cause (
  person_id uuid NOT NULL,
  event_seq bigint NOT NULL,
  notification_id uuid NOT NULL,
  CONSTRAINT notification_cause_pkey PRIMARY KEY (person_id, event_seq),
  CONSTRAINT notification_cause_notification_id_fkey FOREIGN KEY (notification_id) REFERENCES notification(id) ON DELETE CASCADE
);

CREATE INDEX notification_cause_of ON public.notification_cause USING btree (notification_id);

CREATE TABLE notification_choice (
  person_id uuid NOT NULL,
  kinds jsonb NOT NULL DEFAULT '{}'::jsonb,
  digest_every text NOT NULL DEFAULT 'day'::text,
  digest_minute smallint NOT NULL DEFAULT 480,
  quiet_from smallint,
  quiet_to smallint,
  reached_on smallint[] NOT NULL DEFAULT '{1,2,3,4,5,6,7}'::smallint[],
  paused_until timestamp with time zone,
  shows_words boolean NOT NULL DEFAULT false,
  CONSTRAINT notification_choice_pkey PRIMARY KEY (person_id),
  CONSTRAINT notification_choice_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE,
  CONSTRAINT notification_choice_check CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
  CONSTRAINT notification_choice_digest_every_check CHECK ((digest_every = ANY (ARRAY['hour'::text, 'day'::text]))),
  CONSTRAINT notification_choice_digest_minute_check CHECK (((digest_minute >= 0) AND (digest_minute <= 1439))),
  CONSTRAINT notification_choice_quiet_from_check CHECK (((quiet_from >= 0) AND (quiet_from <= 1439))),
  CONSTRAINT notification_choice_quiet_to_check CHECK (((quiet_to >= 0) AND (quiet_to <= 1439))),
  CONSTRAINT notification_choice_reached_on_check CHECK ((cardinality(reached_on) > 0))
);

CREATE TABLE offer (
  id uuid NOT NULL,
  message_id uuid NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  until timestamp with time zone NOT NULL,
  settled_how text,
  settled_at timestamp with time zone,
  settled_by uuid,
  picked_id uuid,
  said text NOT NULL DEFAULT ''::text,
  promise_id uuid,
  turns integer NOT NULL DEFAULT 0,
  CONSTRAINT offer_message_id_key UNIQUE (message_id),
  CONSTRAINT offer_pkey PRIMARY KEY (id),
  CONSTRAINT offer_made_by_fkey FOREIGN KEY (made_by) REFERENCES member(person_id),
  CONSTRAINT offer_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE,
  CONSTRAINT offer_picked FOREIGN KEY (picked_id) REFERENCES offer_option(id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT offer_promise_id_fkey FOREIGN KEY (promise_id) REFERENCES promise(id) ON DELETE SET NULL,
  CONSTRAINT offer_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES person(id),
  CONSTRAINT offer_check CHECK ((until > made_at)),
  CONSTRAINT offer_check1 CHECK (((settled_how IS NULL) = (settled_at IS NULL))),
  CONSTRAINT offer_check2 CHECK (((NOT (settled_how IS DISTINCT FROM 'picked'::text)) = (picked_id IS NOT NULL))),
  CONSTRAINT offer_said_check CHECK ((length(said) <= 5000)),
  CONSTRAINT offer_settled_how_check CHECK ((settled_how = ANY (ARRAY['picked'::text, 'none'::text, 'withdrawn'::text, 'replaced'::text])))
);

CREATE TABLE offer_option (
  id uuid NOT NULL,
  offer_id uuid NOT NULL,
  position smallint NOT NULL,
  words text NOT NULL,
  consequence text NOT NULL,
  cost text NOT NULL DEFAULT ''::text,
  promise_words text,
  promise_due_at timestamp with time zone,
  CONSTRAINT offer_option_offer_id_position_key UNIQUE (offer_id, "position"),
  CONSTRAINT offer_option_pkey PRIMARY KEY (id),
  CONSTRAINT offer_option_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES offer(id) ON DELETE CASCADE,
  CONSTRAINT offer_option_check CHECK (((promise_words IS NULL) = (promise_due_at IS NULL))),
  CONSTRAINT offer_option_consequence_check CHECK (((length(consequence) >= 1) AND (length(consequence) <= 500))),
  CONSTRAINT offer_option_cost_check CHECK ((length(cost) <= 60)),
  CONSTRAINT offer_option_position_check CHECK ((("position" >= 1) AND ("position" <= 4))),
  CONSTRAINT offer_option_promise_words_check CHECK (((length(promise_words) >= 1) AND (length(promise_words) <= 2000))),
  CONSTRAINT offer_option_words_check CHECK (((length(words) >= 1) AND (length(words) <= 200)))
);

CREATE TABLE organisation (
  id uuid NOT NULL,
  name text NOT NULL,
  about text NOT NULL DEFAULT ''::text,
  reply_within integer,
  sample boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL,
  archived_at timestamp with time zone,
  zone text,
  language text,
  CONSTRAINT organisation_pkey PRIMARY KEY (id),
  CONSTRAINT organisation_about_check CHECK ((length(about) <= 2000)),
  CONSTRAINT organisation_name_check CHECK (((length(name) >= 1) AND (length(name) <= 300))),
  CONSTRAINT organisation_reply_within_check CHECK (((reply_within >= 1) AND (reply_within <= 100000)))
);

CREATE INDEX organisation_by_name ON public.organisation USING btree (lower(name) text_pattern_ops);

CREATE INDEX organisation_in_order ON public.organisation USING btree (lower(name) text_pattern_ops, id);

CREATE TABLE organisation_domain (
  domain text NOT NULL,
  organisation_id uuid NOT NULL,
  CONSTRAINT organisation_domain_pkey PRIMARY KEY (domain),
  CONSTRAINT organisation_domain_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE CASCADE,
  CONSTRAINT organisation_domain_domain_check CHECK (((domain = lower(domain)) AND ((length(domain) >= 3) AND (length(domain) <= 253))))
);

CREATE INDEX organisation_domain_of ON public.organisation_domain USING btree (organisation_id);

CREATE TABLE organisation_field (
  organisation_id uuid NOT NULL,
  field_id uuid NOT NULL,
  value jsonb NOT NULL,
  CONSTRAINT organisation_field_pkey PRIMARY KEY (organisation_id, field_id),
  CONSTRAINT organisation_field_field_id_fkey FOREIGN KEY (field_id) REFERENCES custom_field(id) ON DELETE CASCADE,
  CONSTRAINT organisation_field_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE CASCADE
);

CREATE INDEX organisation_field_by_value ON public.organisation_field USING btree (field_id, value);

CREATE TABLE outbox (
  id uuid NOT NULL,
  mailbox_id uuid NOT NULL,
  conversation_id uuid,
  message_id uuid,
  purpose text NOT NULL,
  automatic boolean NOT NULL,
  recipient text NOT NULL,
  recipient_normal text NOT NULL,
  address_id uuid,
  rfc_id text NOT NULL,
  content jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  not_before timestamp with time zone NOT NULL,
  state text NOT NULL DEFAULT 'waiting'::text,
  tries smallint NOT NULL DEFAULT 0,
  claimed_at timestamp with time zone,
  committed_at timestamp with time zone,
  settled_at timestamp with time zone,
  error text,
  bounced_at timestamp with time zone,
  ask_message_id uuid,
  CONSTRAINT outbox_rfc_id_recipient_normal_key UNIQUE (rfc_id, recipient_normal),
  CONSTRAINT outbox_pkey PRIMARY KEY (id),
  CONSTRAINT outbox_address_id_fkey FOREIGN KEY (address_id) REFERENCES address(id),
  CONSTRAINT outbox_ask_message_id_fkey FOREIGN KEY (ask_message_id) REFERENCES ask_message(id) ON DELETE CASCADE,
  CONSTRAINT outbox_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT outbox_mailbox_id_fkey FOREIGN KEY (mailbox_id) REFERENCES mailbox(id),
  CONSTRAINT outbox_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE,
  CONSTRAINT outbox_purpose_check CHECK ((purpose = ANY (ARRAY['reply'::text, 'community'::text, 'ask'::text, 'acknowledgement'::text, 'follow-up'::text, 'handover'::text, 'oversize'::text, 'account'::text, 'check'::text, 'forward'::text, 'notification'::text]))),
  CONSTRAINT outbox_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'uncertain'::text, 'failed'::text, 'cancelled'::text])))
);

CREATE INDEX outbox_automatic_by_recipient ON public.outbox USING btree (recipient_normal, created_at) WHERE automatic;

CREATE INDEX outbox_of_ask_message ON public.outbox USING btree (ask_message_id) WHERE (ask_message_id IS NOT NULL);

CREATE INDEX outbox_of_conversation ON public.outbox USING btree (conversation_id, created_at) WHERE (conversation_id IS NOT NULL);

CREATE INDEX outbox_of_message ON public.outbox USING btree (message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX outbox_sending ON public.outbox USING btree (claimed_at) WHERE (state = 'sending'::text);

CREATE INDEX outbox_troubled ON public.outbox USING btree (created_at DESC, id) WHERE (state = ANY (ARRAY['uncertain'::text, 'failed'::text]));

CREATE INDEX outbox_waiting_of_mailbox ON public.outbox USING btree (mailbox_id, automatic, not_before, id) WHERE (state = 'waiting'::text);

CREATE TABLE participant (
  conversation_id uuid NOT NULL,
  address_id uuid NOT NULL,
  person_id uuid NOT NULL,
  role text NOT NULL,
  since timestamp with time zone NOT NULL,
  CONSTRAINT participant_pkey PRIMARY KEY (conversation_id, address_id),
  CONSTRAINT participant_address_id_fkey FOREIGN KEY (address_id) REFERENCES address(id),
  CONSTRAINT participant_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT participant_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  CONSTRAINT participant_role_check CHECK ((role = ANY (ARRAY['customer'::text, 'taking-part'::text, 'copied'::text, 'suggested'::text, 'left'::text])))
);

CREATE INDEX participant_of_person ON public.participant USING btree (person_id);

CREATE TABLE passkey (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  credential_id text NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL DEFAULT 0,
  transports text[] NOT NULL DEFAULT '{}'::text[],
  name text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  last_used_at timestamp with time zone,
  CONSTRAINT passkey_credential_id_key UNIQUE (credential_id),
  CONSTRAINT passkey_pkey PRIMARY KEY (id),
  CONSTRAINT passkey_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE,
  CONSTRAINT passkey_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);

CREATE INDEX passkey_of_person ON public.passkey USING btree (person_id);

CREATE TABLE person (
  id uuid NOT NULL,
  name text NOT NULL,
  language text,
  zone text,
  sample boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  folded_name text GENERATED ALWAYS AS (folded(name)) STORED,
  preferred_channel text,
  preferred_words text,
  no_unasked_since timestamp with time zone,
  merged_into uuid,
  about text NOT NULL DEFAULT ''::text,
  no_unasked_by uuid,
  no_unasked_said text,
  CONSTRAINT person_pkey PRIMARY KEY (id),
  CONSTRAINT person_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES person(id),
  CONSTRAINT person_no_unasked_by_fkey FOREIGN KEY (no_unasked_by) REFERENCES person(id),
  CONSTRAINT merged_into_somebody_else CHECK ((merged_into <> id)),
  CONSTRAINT person_about_check CHECK ((length(about) <= 2000)),
  CONSTRAINT person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 300))),
  CONSTRAINT person_no_unasked_said_check CHECK ((length(no_unasked_said) <= 500)),
  CONSTRAINT person_preferred_channel_check CHECK ((preferred_channel = ANY (ARRAY['mail'::text, 'phone'::text, 'visit'::text, 'chat'::text]))),
  CONSTRAINT person_preferred_words_check CHECK ((length(preferred_words) <= 500))
);

CREATE INDEX person_by_likeness ON public.person USING gin (folded_name gin_trgm_ops);

CREATE INDEX person_by_name ON public.person USING btree (lower(name) text_pattern_ops);

CREATE INDEX person_in_order ON public.person USING btree (lower(name) text_pattern_ops, id) WHERE (merged_into IS NULL);

CREATE INDEX person_merged_into ON public.person USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE TABLE person_field (
  person_id uuid NOT NULL,
  field_id uuid NOT NULL,
  value jsonb NOT NULL,
  CONSTRAINT person_field_pkey PRIMARY KEY (person_id, field_id),
  CONSTRAINT person_field_field_id_fkey FOREIGN KEY (field_id) REFERENCES custom_field(id) ON DELETE CASCADE,
  CONSTRAINT person_field_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE
);

CREATE INDEX person_field_by_value ON public.person_field USING btree (field_id, value);

CREATE TABLE person_merge (
  id uuid NOT NULL,
  survivor_id uuid NOT NULL,
  absorbed_id uuid NOT NULL,
  by_id uuid,
  at timestamp with time zone NOT NULL,
  was jsonb NOT NULL,
  undone_at timestamp with time zone,
  undone_by uuid,
  CONSTRAINT person_merge_pkey PRIMARY KEY (id),
  CONSTRAINT person_merge_absorbed_id_fkey FOREIGN KEY (absorbed_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT person_merge_by_id_fkey FOREIGN KEY (by_id) REFERENCES person(id),
  CONSTRAINT person_merge_survivor_id_fkey FOREIGN KEY (survivor_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT person_merge_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES person(id),
  CONSTRAINT person_merge_check CHECK ((survivor_id <> absorbed_id))
);

CREATE INDEX person_merge_of_survivor ON public.person_merge USING btree (survivor_id, at DESC, id DESC);

CREATE UNIQUE INDEX person_merge_of_absorbed ON public.person_merge USING btree (absorbed_id) WHERE (undone_at IS NULL);

CREATE TABLE post (
  id uuid NOT NULL,
  topic_id uuid NOT NULL,
  number integer NOT NULL,
  author_id uuid,
  by_us boolean NOT NULL DEFAULT false,
  source text NOT NULL,
  html text NOT NULL,
  words text NOT NULL,
  steps jsonb NOT NULL DEFAULT '[]'::jsonb,
  answers_to integer,
  state text NOT NULL,
  waits_for text,
  removed_by text,
  removed_because text NOT NULL DEFAULT ''::text,
  alike bytea NOT NULL,
  likes integer NOT NULL DEFAULT 0,
  revision integer NOT NULL DEFAULT 1,
  came_by text NOT NULL,
  press uuid,
  at timestamp with time zone NOT NULL,
  edited_at timestamp with time zone,
  stood boolean NOT NULL DEFAULT true,
  settled_at timestamp with time zone,
  settled_was text,
  settled_waited_for text,
  CONSTRAINT post_press_key UNIQUE (press),
  CONSTRAINT post_topic_id_number_key UNIQUE (topic_id, number),
  CONSTRAINT post_pkey PRIMARY KEY (id),
  CONSTRAINT post_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id) ON DELETE SET NULL,
  CONSTRAINT post_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id),
  CONSTRAINT post_came_by_check CHECK ((came_by = ANY (ARRAY['page'::text, 'desk'::text, 'mail'::text]))),
  CONSTRAINT post_check CHECK ((answers_to < number)),
  CONSTRAINT post_check1 CHECK (((state = 'removed'::text) = (removed_by IS NOT NULL))),
  CONSTRAINT post_check2 CHECK (((waits_for IS NULL) OR (state = 'waiting'::text))),
  CONSTRAINT post_likes_check CHECK ((likes >= 0)),
  CONSTRAINT post_number_check CHECK ((number > 0)),
  CONSTRAINT post_removed_because_check CHECK ((length(removed_because) <= 500)),
  CONSTRAINT post_removed_by_check CHECK ((removed_by = ANY (ARRAY['author'::text, 'moderator'::text]))),
  CONSTRAINT post_settled CHECK (((settled_at IS NULL) = (settled_was IS NULL))),
  CONSTRAINT post_settled_waited_for_check CHECK ((settled_waited_for = ANY (ARRAY['links'::text, 'many'::text, 'flood'::text, 'same'::text, 'first'::text, 'asked'::text]))),
  CONSTRAINT post_settled_was_check CHECK ((settled_was = ANY (ARRAY['standing'::text, 'waiting'::text, 'hidden'::text, 'removed'::text]))),
  CONSTRAINT post_source_check CHECK ((length(source) <= 30000)),
  CONSTRAINT post_state_check CHECK ((state = ANY (ARRAY['standing'::text, 'waiting'::text, 'hidden'::text, 'removed'::text]))),
  CONSTRAINT post_waits_for_check CHECK ((waits_for = ANY (ARRAY['links'::text, 'many'::text, 'flood'::text, 'same'::text, 'first'::text, 'asked'::text])))
);

CREATE INDEX post_alike ON public.post USING btree (alike, at DESC);

CREATE INDEX post_aside ON public.post USING btree (at, id) WHERE (state = ANY (ARRAY['waiting'::text, 'hidden'::text]));

CREATE INDEX post_by_time ON public.post USING btree (at);

CREATE INDEX post_of_author ON public.post USING btree (author_id, at DESC) WHERE (author_id IS NOT NULL);

CREATE INDEX post_settled_of ON public.post USING btree (author_id, settled_at) WHERE (settled_at IS NOT NULL);

CREATE TABLE post_edit (
  id uuid NOT NULL,
  post_id uuid NOT NULL,
  title text,
  html text NOT NULL,
  steps jsonb NOT NULL DEFAULT '[]'::jsonb,
  at timestamp with time zone NOT NULL,
  CONSTRAINT post_edit_pkey PRIMARY KEY (id),
  CONSTRAINT post_edit_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON DELETE CASCADE
);

CREATE INDEX post_edit_of ON public.post_edit USING btree (post_id, at DESC);

CREATE TABLE post_flag (
  id uuid NOT NULL,
  post_id uuid NOT NULL,
  person_id uuid,
  reason text NOT NULL,
  words text NOT NULL DEFAULT ''::text,
  counts boolean NOT NULL,
  at timestamp with time zone NOT NULL,
  settled_at timestamp with time zone,
  CONSTRAINT post_flag_post_id_person_id_key UNIQUE (post_id, person_id),
  CONSTRAINT post_flag_pkey PRIMARY KEY (id),
  CONSTRAINT post_flag_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE SET NULL,
  CONSTRAINT post_flag_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON DELETE CASCADE,
  CONSTRAINT post_flag_reason_check CHECK ((reason = ANY (ARRAY['spam'::text, 'unkind'::text, 'wrong'::text, 'private'::text, 'other'::text]))),
  CONSTRAINT post_flag_words_check CHECK ((length(words) <= 1000))
);

CREATE INDEX post_flag_of ON public.post_flag USING btree (person_id);

CREATE INDEX post_flag_open ON public.post_flag USING btree (post_id, at) WHERE (settled_at IS NULL);

CREATE TABLE post_like (
  post_id uuid NOT NULL,
  person_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT post_like_pkey PRIMARY KEY (post_id, person_id),
  CONSTRAINT post_like_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT post_like_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON DELETE CASCADE
);

CREATE INDEX post_like_of ON public.post_like USING btree (person_id);

CREATE TABLE post_mention (
  post_id uuid NOT NULL,
  person_id uuid NOT NULL,
  told_at timestamp with time zone,
  CONSTRAINT post_mention_pkey PRIMARY KEY (post_id, person_id),
  CONSTRAINT post_mention_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT post_mention_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON DELETE CASCADE
);

CREATE INDEX post_mention_of ON public.post_mention USING btree (person_id);

CREATE TABLE post_search (
  post_id uuid NOT NULL,
  topic_id uuid NOT NULL,
  words tsvector NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT post_search_pkey PRIMARY KEY (post_id),
  CONSTRAINT post_search_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON DELETE CASCADE,
  CONSTRAINT post_search_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id)
);

CREATE INDEX post_search_by_words ON public.post_search USING gin (words) WITH (fastupdate=off);

CREATE INDEX post_search_of_topic ON public.post_search USING btree (topic_id);

CREATE TABLE practice_try (
  id uuid NOT NULL,
  topic_id uuid NOT NULL,
  person_id uuid,
  by_us boolean NOT NULL DEFAULT false,
  worked boolean NOT NULL,
  words text NOT NULL DEFAULT ''::text,
  at timestamp with time zone NOT NULL,
  removed_at timestamp with time zone,
  CONSTRAINT practice_try_topic_id_person_id_key UNIQUE (topic_id, person_id),
  CONSTRAINT practice_try_pkey PRIMARY KEY (id),
  CONSTRAINT practice_try_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE SET NULL,
  CONSTRAINT practice_try_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id) ON DELETE CASCADE,
  CONSTRAINT practice_try_words_check CHECK ((length(words) <= 2000))
);

CREATE INDEX practice_try_of ON public.practice_try USING btree (person_id);

CREATE INDEX practice_try_of_topic ON public.practice_try USING btree (topic_id, at DESC, id DESC) WHERE (removed_at IS NULL);

CREATE TABLE presence (
  conversation_id uuid NOT NULL,
  person_id uuid NOT NULL,
  doing text NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  CONSTRAINT presence_pkey PRIMARY KEY (conversation_id, person_id),
  CONSTRAINT presence_doing_check CHECK ((doing = ANY (ARRAY['reading'::text, 'writing'::text])))
);

CREATE TABLE promise (
  id uuid NOT NULL,
  conversation_id uuid,
  kind text NOT NULL,
  direction text NOT NULL,
  by_person_id uuid,
  by_team_id uuid,
  to_person_id uuid,
  to_team_id uuid,
  words text NOT NULL,
  automatic boolean NOT NULL DEFAULT false,
  made_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  told_at timestamp with time zone,
  told_by uuid,
  ended_at timestamp with time zone,
  ended_how text,
  ended_why text,
  replaced_by uuid,
  fell_due_at timestamp with time zone,
  soon_at timestamp with time zone,
  relationship_id uuid,
  ended_words text,
  target text,
  noted_by uuid,
  reminded_at timestamp with time zone,
  reminded_by uuid,
  lead_told_at timestamp with time zone,
  CONSTRAINT check_in_open_once EXCLUDE USING btree (relationship_id WITH =) WHERE (((kind = 'check-in'::text) AND (ended_at IS NULL))) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT promise_pkey PRIMARY KEY (id),
  CONSTRAINT promise_by_person_id_fkey FOREIGN KEY (by_person_id) REFERENCES person(id),
  CONSTRAINT promise_by_team_id_fkey FOREIGN KEY (by_team_id) REFERENCES team(id),
  CONSTRAINT promise_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT promise_noted_by_fkey FOREIGN KEY (noted_by) REFERENCES member(person_id),
  CONSTRAINT promise_relationship_id_fkey FOREIGN KEY (relationship_id) REFERENCES relationship(id) ON DELETE CASCADE,
  CONSTRAINT promise_reminded_by_fkey FOREIGN KEY (reminded_by) REFERENCES message(id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT promise_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES promise(id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT promise_to_person_id_fkey FOREIGN KEY (to_person_id) REFERENCES person(id),
  CONSTRAINT promise_to_team_id_fkey FOREIGN KEY (to_team_id) REFERENCES team(id),
  CONSTRAINT promise_told_by_fkey FOREIGN KEY (told_by) REFERENCES message(id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT promise_check CHECK (((by_person_id IS NOT NULL) OR (by_team_id IS NOT NULL))),
  CONSTRAINT promise_check1 CHECK (((ended_at IS NULL) = (ended_how IS NULL))),
  CONSTRAINT promise_check2 CHECK (((replaced_by IS NOT NULL) = (NOT (ended_how IS DISTINCT FROM 'replaced'::text)))),
  CONSTRAINT promise_direction_check CHECK ((direction = ANY (ARRAY['ours'::text, 'theirs'::text, 'inside'::text]))),
  CONSTRAINT promise_ended_how_check CHECK ((ended_how = ANY (ARRAY['kept'::text, 'released'::text, 'replaced'::text, 'given-up'::text]))),
  CONSTRAINT promise_ended_words_check CHECK ((length(ended_words) <= 2000)),
  CONSTRAINT promise_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'action'::text, 'ask-again'::text, 'follow-up'::text, 'check-in'::text, 'ask'::text, 'renewal'::text, 'decision'::text, 'reminder'::text]))),
  CONSTRAINT promise_reminded_when_open CHECK (((reminded_by IS NULL) OR (reminded_at IS NOT NULL))),
  CONSTRAINT promise_target_check CHECK ((target = ANY (ARRAY['team'::text, 'organisation'::text, 'service'::text, 'agreement'::text])))
);

CREATE INDEX promise_coming_due ON public.promise USING btree (due_at) WHERE ((ended_at IS NULL) AND (soon_at IS NULL) AND (fell_due_at IS NULL));

CREATE INDEX promise_ended_by_customer ON public.promise USING btree (by_person_id, ended_at DESC, id DESC) WHERE ((direction = 'theirs'::text) AND (ended_at IS NOT NULL));

CREATE INDEX promise_ended_of_person ON public.promise USING btree (by_person_id, ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX promise_ended_of_relationship ON public.promise USING btree (relationship_id, ended_at DESC, id DESC) WHERE ((relationship_id IS NOT NULL) AND (ended_at IS NOT NULL));

CREATE INDEX promise_ended_of_team ON public.promise USING btree (by_team_id, ended_at DESC, id DESC) WHERE (ended_at IS NOT NULL);

CREATE INDEX promise_ended_to_person ON public.promise USING btree (to_person_id, ended_at DESC, id DESC) WHERE ((direction = 'ours'::text) AND (ended_at IS NOT NULL) AND (kind = ANY (ARRAY['reply'::text, 'action'::text, 'renewal'::text, 'decision'::text])));

CREATE INDEX promise_falling_due ON public.promise USING btree (due_at) WHERE ((ended_at IS NULL) AND (fell_due_at IS NULL));

CREATE INDEX promise_for_leads ON public.promise USING btree (due_at) WHERE ((ended_at IS NULL) AND (lead_told_at IS NULL) AND (direction = 'ours'::text) AND (kind = ANY (ARRAY['reply'::text, 'action'::text, 'decision'::text])));

CREATE INDEX promise_of_conversation ON public.promise USING btree (conversation_id, made_at);

CREATE INDEX promise_of_relationship ON public.promise USING btree (relationship_id, made_at) WHERE (relationship_id IS NOT NULL);

CREATE INDEX promise_open_of_conversation ON public.promise USING btree (conversation_id) WHERE (ended_at IS NULL);

CREATE INDEX promise_open_of_person ON public.promise USING btree (by_person_id, due_at, id) WHERE (ended_at IS NULL);

CREATE INDEX promise_open_of_team ON public.promise USING btree (by_team_id, due_at, id) WHERE ((ended_at IS NULL) AND (by_person_id IS NULL));

CREATE INDEX promise_open_theirs ON public.promise USING btree (due_at, id) WHERE ((ended_at IS NULL) AND (direction = 'theirs'::text));

CREATE INDEX promise_open_to_person ON public.promise USING btree (to_person_id, due_at, id) WHERE ((ended_at IS NULL) AND (to_person_id IS NOT NULL));

CREATE INDEX promise_owed ON public.promise USING btree (conversation_id) INCLUDE (direction, due_at) WHERE ((ended_at IS NULL) AND (kind = ANY (ARRAY['reply'::text, 'action'::text, 'decision'::text, 'renewal'::text])));

CREATE INDEX promise_owned_open_of_team ON public.promise USING btree (by_team_id, due_at, id) WHERE ((ended_at IS NULL) AND (by_person_id IS NOT NULL));

CREATE INDEX promise_reminder ON public.promise USING btree (by_person_id, due_at) INCLUDE (conversation_id) WHERE ((kind = 'reminder'::text) AND (ended_at IS NULL));

CREATE INDEX promise_to_team_ended ON public.promise USING btree (to_team_id, ended_at DESC, id DESC) WHERE ((ended_at IS NOT NULL) AND (to_team_id IS NOT NULL));

CREATE INDEX promise_to_team_open ON public.promise USING btree (to_team_id, due_at, id) WHERE ((ended_at IS NULL) AND (to_team_id IS NOT NULL));

CREATE CONSTRAINT TRIGGER conversation_is_owed AFTER UPDATE OF ended_at, kind, conversation_id ON public.promise DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.conversation_id IS NOT NULL) AND (new.ended_at IS NOT NULL))) EXECUTE FUNCTION conversation_is_owed_after_promise();

CREATE TABLE push (
  id uuid NOT NULL,
  device_id uuid NOT NULL,
  notification_id uuid,
  made_at timestamp with time zone NOT NULL,
  not_before timestamp with time zone NOT NULL,
  tries smallint NOT NULL DEFAULT 0,
  CONSTRAINT push_pkey PRIMARY KEY (id),
  CONSTRAINT push_device_id_fkey FOREIGN KEY (device_id) REFERENCES push_device(id) ON DELETE CASCADE,
  CONSTRAINT push_notification_id_fkey FOREIGN KEY (notification_id) REFERENCES notification(id) ON DELETE CASCADE
);

CREATE INDEX push_due ON public.push USING btree (not_before);

CREATE INDEX push_of_device ON public.push USING btree (device_id);

CREATE INDEX push_of_notification ON public.push USING btree (notification_id) WHERE (notification_id IS NOT NULL);

CREATE TABLE push_device (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  session_id uuid NOT NULL,
  endpoint text NOT NULL,
  p256dh text NOT NULL,
  auth text NOT NULL,
  agent text,
  created_at timestamp with time zone NOT NULL,
  last_good_at timestamp with time zone,
  CONSTRAINT push_device_endpoint_key UNIQUE (endpoint),
  CONSTRAINT push_device_pkey PRIMARY KEY (id),
  CONSTRAINT push_device_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE,
  CONSTRAINT push_device_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE,
  CONSTRAINT push_device_endpoint_check CHECK ((length(endpoint) <= 2000))
);

CREATE INDEX push_device_of_person ON public.push_device USING btree (person_id);

CREATE INDEX push_device_of_session ON public.push_device USING btree (session_id);

CREATE TABLE question (
  conversation_id uuid NOT NULL,
  message_id uuid NOT NULL,
  team_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  features integer[] NOT NULL,
  recurring_id uuid,
  sorted_at timestamp with time zone,
  CONSTRAINT question_pkey PRIMARY KEY (conversation_id),
  CONSTRAINT question_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT question_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE,
  CONSTRAINT question_recurring_id_fkey FOREIGN KEY (recurring_id) REFERENCES recurring_question(id) ON DELETE SET NULL,
  CONSTRAINT question_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE
);

CREATE INDEX question_by_feature ON public.question USING gin (features) WITH (fastupdate='on', gin_pending_list_limit='512');

CREATE INDEX question_of_message ON public.question USING btree (message_id);

CREATE INDEX question_of_recurring ON public.question USING btree (recurring_id, at DESC) WHERE (recurring_id IS NOT NULL);

CREATE INDEX question_of_team ON public.question USING btree (team_id, at DESC);

CREATE INDEX question_unsorted ON public.question USING btree (at, conversation_id) WHERE (sorted_at IS NULL);

CREATE TRIGGER questions_forgotten AFTER DELETE ON public.question REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION questions_forgotten();

CREATE TABLE question_count (
  one boolean NOT NULL DEFAULT true,
  questions integer NOT NULL DEFAULT 0,
  CONSTRAINT question_count_pkey PRIMARY KEY (one),
  CONSTRAINT question_count_one_check CHECK (one)
);

CREATE TABLE question_feature (
  feature integer NOT NULL,
  seen integer NOT NULL DEFAULT 0,
  same integer NOT NULL DEFAULT 0,
  apart integer NOT NULL DEFAULT 0,
  CONSTRAINT question_feature_pkey PRIMARY KEY (feature),
  CONSTRAINT question_feature_apart_check CHECK ((apart >= 0)),
  CONSTRAINT question_feature_same_check CHECK ((same >= 0))
);

CREATE TABLE question_judgement (
  conversation_id uuid NOT NULL,
  other_id uuid NOT NULL,
  same boolean NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT question_judgement_pkey PRIMARY KEY (conversation_id, other_id),
  CONSTRAINT question_judgement_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT question_judgement_other_id_fkey FOREIGN KEY (other_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT question_judgement_check CHECK ((conversation_id < other_id))
);

CREATE INDEX question_judgement_of_other ON public.question_judgement USING btree (other_id);

CREATE TABLE recent_search (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  text text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT recent_search_person_id_text_key UNIQUE (person_id, text),
  CONSTRAINT recent_search_pkey PRIMARY KEY (id),
  CONSTRAINT recent_search_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE,
  CONSTRAINT recent_search_text_check CHECK (((length(text) >= 1) AND (length(text) <= 500)))
);

CREATE INDEX recent_search_of_person ON public.recent_search USING btree (person_id, at DESC);

CREATE TABLE recovery_code (
  person_id uuid NOT NULL,
  code_hash bytea NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT recovery_code_pkey PRIMARY KEY (person_id, code_hash),
  CONSTRAINT recovery_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE
);

CREATE TABLE recurring_question (
  id uuid NOT NULL,
  team_id uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  saved_reply_id uuid,
  decision_id uuid,
  outcome text,
  outcome_words text,
  answered_at timestamp with time zone,
  CONSTRAINT recurring_question_pkey PRIMARY KEY (id),
  CONSTRAINT recurring_question_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES promise(id) ON DELETE SET NULL,
  CONSTRAINT recurring_question_saved_reply_id_fkey FOREIGN KEY (saved_reply_id) REFERENCES saved_reply(id) ON DELETE SET NULL,
  CONSTRAINT recurring_question_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE,
  CONSTRAINT recurring_question_check CHECK ((num_nulls(outcome, outcome_words, answered_at) = ANY (ARRAY[0, 3]))),
  CONSTRAINT recurring_question_outcome_check CHECK ((outcome = ANY (ARRAY['fixed'::text, 'taught'::text, 'stays'::text]))),
  CONSTRAINT recurring_question_outcome_words_check CHECK (((length(outcome_words) >= 1) AND (length(outcome_words) <= 2000)))
);

CREATE INDEX recurring_question_of_team ON public.recurring_question USING btree (team_id);

CREATE UNIQUE INDEX recurring_question_by_decision ON public.recurring_question USING btree (decision_id) WHERE (decision_id IS NOT NULL);

CREATE TABLE relationship (
  id uuid NOT NULL,
  person_id uuid,
  organisation_id uuid,
  keeper_id uuid,
  rhythm_days integer,
  last_contact_at timestamp with time zone,
  last_contact_kind text,
  since timestamp with time zone NOT NULL,
  sample boolean NOT NULL DEFAULT false,
  check_in_from timestamp with time zone,
  CONSTRAINT relationship_organisation_id_key UNIQUE (organisation_id),
  CONSTRAINT relationship_person_id_key UNIQUE (person_id),
  CONSTRAINT relationship_pkey PRIMARY KEY (id),
  CONSTRAINT relationship_keeper_id_fkey FOREIGN KEY (keeper_id) REFERENCES member(person_id),
  CONSTRAINT relationship_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE CASCADE,
  CONSTRAINT relationship_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT relationship_check CHECK ((num_nonnulls(person_id, organisation_id) = 1)),
  CONSTRAINT relationship_check1 CHECK (((rhythm_days IS NULL) OR (keeper_id IS NOT NULL))),
  CONSTRAINT relationship_last_contact_kind_check CHECK ((last_contact_kind = ANY (ARRAY['message'::text, 'reply'::text, 'call'::text, 'visit'::text, 'meeting'::text, 'check-in'::text]))),
  CONSTRAINT relationship_rhythm_days_check CHECK (((rhythm_days >= 1) AND (rhythm_days <= 730)))
);

CREATE INDEX relationship_by_contact ON public.relationship USING btree (last_contact_at, id);

CREATE INDEX relationship_of_keeper ON public.relationship USING btree (keeper_id) WHERE (keeper_id IS NOT NULL);

CREATE INDEX relationship_without_keeper ON public.relationship USING btree (last_contact_at, id) WHERE (keeper_id IS NULL);

CREATE TABLE relationship_note (
  id uuid NOT NULL,
  person_id uuid,
  organisation_id uuid,
  by_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  words text NOT NULL,
  CONSTRAINT relationship_note_pkey PRIMARY KEY (id),
  CONSTRAINT relationship_note_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(person_id),
  CONSTRAINT relationship_note_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE CASCADE,
  CONSTRAINT relationship_note_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT relationship_note_check CHECK ((num_nonnulls(person_id, organisation_id) = 1)),
  CONSTRAINT relationship_note_words_check CHECK (((length(words) >= 1) AND (length(words) <= 20000)))
);

CREATE INDEX relationship_note_of_organisation ON public.relationship_note USING btree (organisation_id, at DESC, id DESC) WHERE (organisation_id IS NOT NULL);

CREATE INDEX relationship_note_of_person ON public.relationship_note USING btree (person_id, at DESC, id DESC) WHERE (person_id IS NOT NULL);

CREATE TABLE rule (
  id uuid NOT NULL,
  team_id uuid,
  name text NOT NULL,
  position integer NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  stops boolean NOT NULL DEFAULT false,
  conditions jsonb NOT NULL,
  actions jsonb NOT NULL,
  by_id uuid,
  created_at timestamp with time zone NOT NULL,
  deleted_at timestamp with time zone,
  CONSTRAINT rule_pkey PRIMARY KEY (id),
  CONSTRAINT rule_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(person_id),
  CONSTRAINT rule_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE,
  CONSTRAINT rule_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);

CREATE INDEX rule_in_order ON public.rule USING btree ("position", id) WHERE (deleted_at IS NULL);

CREATE TABLE rule_match (
  rule_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT rule_match_pkey PRIMARY KEY (rule_id, conversation_id),
  CONSTRAINT rule_match_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT rule_match_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES rule(id) ON DELETE CASCADE
);

CREATE INDEX rule_match_by_time ON public.rule_match USING btree (rule_id, at);

CREATE INDEX rule_match_of_conversation ON public.rule_match USING btree (conversation_id);

CREATE TABLE saved_reply (
  id uuid NOT NULL,
  name text NOT NULL,
  shortcut text,
  owner_id uuid,
  team_id uuid,
  next_step text,
  used integer NOT NULL DEFAULT 0,
  archived_at timestamp with time zone,
  changed_at timestamp with time zone NOT NULL,
  verified integer NOT NULL DEFAULT 0,
  CONSTRAINT saved_reply_pkey PRIMARY KEY (id),
  CONSTRAINT saved_reply_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES member(person_id),
  CONSTRAINT saved_reply_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id),
  CONSTRAINT saved_reply_check CHECK (((owner_id IS NULL) OR (team_id IS NULL))),
  CONSTRAINT saved_reply_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  CONSTRAINT saved_reply_next_step_check CHECK ((next_step = ANY (ARRAY['we-get-back'::text, 'your-turn'::text, 'answered'::text, 'we-cannot'::text, 'nothing-owed'::text]))),
  CONSTRAINT saved_reply_shortcut_check CHECK (((shortcut ~ '^[^[:space:]/]{1,30}$'::text) AND (shortcut = lower(shortcut))))
);

CREATE INDEX saved_reply_of_owner ON public.saved_reply USING btree (owner_id) WHERE (owner_id IS NOT NULL);

CREATE INDEX saved_reply_of_team ON public.saved_reply USING btree (team_id) WHERE (team_id IS NOT NULL);

CREATE UNIQUE INDEX saved_reply_by_shortcut ON public.saved_reply USING btree (shortcut, COALESCE(owner_id, team_id, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE ((shortcut IS NOT NULL) AND (archived_at IS NULL));

CREATE TABLE saved_reply_flag (
  id uuid NOT NULL,
  saved_reply_id uuid NOT NULL,
  follow_up_id uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  settled_at timestamp with time zone,
  settled_by uuid,
  CONSTRAINT saved_reply_flag_saved_reply_id_follow_up_id_key UNIQUE (saved_reply_id, follow_up_id),
  CONSTRAINT saved_reply_flag_pkey PRIMARY KEY (id),
  CONSTRAINT saved_reply_flag_follow_up_id_fkey FOREIGN KEY (follow_up_id) REFERENCES follow_up(id) ON DELETE CASCADE,
  CONSTRAINT saved_reply_flag_saved_reply_id_fkey FOREIGN KEY (saved_reply_id) REFERENCES saved_reply(id) ON DELETE CASCADE,
  CONSTRAINT saved_reply_flag_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES member(person_id)
);

CREATE INDEX saved_reply_flag_open ON public.saved_reply_flag USING btree (saved_reply_id) WHERE (settled_at IS NULL);

CREATE TABLE saved_reply_text (
  saved_reply_id uuid NOT NULL,
  language text NOT NULL,
  body text NOT NULL,
  position smallint NOT NULL,
  CONSTRAINT saved_reply_text_pkey PRIMARY KEY (saved_reply_id, language),
  CONSTRAINT saved_reply_text_saved_reply_id_fkey FOREIGN KEY (saved_reply_id) REFERENCES saved_reply(id) ON DELETE CASCADE,
  CONSTRAINT saved_reply_text_language_check CHECK (((length(language) >= 2) AND (length(language) <= 20)))
);

CREATE TABLE saved_reply_use (
  message_id uuid NOT NULL,
  saved_reply_id uuid NOT NULL,
  CONSTRAINT saved_reply_use_pkey PRIMARY KEY (message_id, saved_reply_id),
  CONSTRAINT saved_reply_use_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id) ON DELETE CASCADE,
  CONSTRAINT saved_reply_use_saved_reply_id_fkey FOREIGN KEY (saved_reply_id) REFERENCES saved_reply(id) ON DELETE CASCADE
);

CREATE INDEX saved_reply_use_of ON public.saved_reply_use USING btree (saved_reply_id);

CREATE TABLE saved_view (
  id uuid NOT NULL,
  name text NOT NULL,
  q text NOT NULL,
  sort text NOT NULL,
  columns text[] NOT NULL DEFAULT '{}'::text[],
  team_id uuid,
  maker_id uuid NOT NULL,
  position integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  deleted_at timestamp with time zone,
  CONSTRAINT saved_view_pkey PRIMARY KEY (id),
  CONSTRAINT saved_view_maker_id_fkey FOREIGN KEY (maker_id) REFERENCES member(person_id),
  CONSTRAINT saved_view_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE,
  CONSTRAINT saved_view_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  CONSTRAINT saved_view_q_check CHECK ((length(q) <= 500)),
  CONSTRAINT saved_view_sort_check CHECK ((sort = ANY (ARRAY['due'::text, 'latest'::text, 'oldest'::text, 'priority'::text, 'waiting'::text])))
);

CREATE INDEX saved_view_of_maker ON public.saved_view USING btree (maker_id, "position", id);

CREATE INDEX saved_view_of_team ON public.saved_view USING btree (team_id, "position", id) WHERE (team_id IS NOT NULL);

CREATE TABLE search_progress (
  only_one boolean NOT NULL DEFAULT true,
  fill_before uuid,
  filled boolean NOT NULL DEFAULT false,
  words_to uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'::uuid,
  CONSTRAINT search_progress_pkey PRIMARY KEY (only_one),
  CONSTRAINT search_progress_only_one_check CHECK (only_one)
);

CREATE TABLE search_word (
  word text NOT NULL,
  messages integer NOT NULL,
  CONSTRAINT search_word_pkey PRIMARY KEY (word),
  CONSTRAINT search_word_word_check CHECK (((length(word) >= 3) AND (length(word) <= 40)))
);

CREATE INDEX search_word_by_likeness ON public.search_word USING gin (word gin_trgm_ops);

CREATE TABLE session (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  agent text,
  network text,
  created_at timestamp with time zone NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  proved_at timestamp with time zone,
  must_set_up boolean NOT NULL DEFAULT false,
  CONSTRAINT session_token_hash_key UNIQUE (token_hash),
  CONSTRAINT session_pkey PRIMARY KEY (id),
  CONSTRAINT session_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE
);

CREATE INDEX session_of_person ON public.session USING btree (person_id) WHERE (ended_at IS NULL);

CREATE TABLE sighting (
  person_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  version integer NOT NULL,
  CONSTRAINT sighting_pkey PRIMARY KEY (person_id, conversation_id),
  CONSTRAINT sighting_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT sighting_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id)
);

CREATE TABLE sign_in_link (
  id uuid NOT NULL,
  token_hash bytea NOT NULL,
  person_id uuid,
  purpose text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT sign_in_link_token_hash_key UNIQUE (token_hash),
  CONSTRAINT sign_in_link_pkey PRIMARY KEY (id),
  CONSTRAINT sign_in_link_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE,
  CONSTRAINT sign_in_link_purpose_check CHECK ((purpose = ANY (ARRAY['first-administrator'::text, 'sign-in'::text, 'invitation'::text, 'new-password'::text, 'recovery'::text])))
);

CREATE TABLE sign_in_step (
  id uuid NOT NULL,
  token_hash bytea NOT NULL,
  purpose text NOT NULL,
  person_id uuid,
  session_id uuid,
  by text,
  password_hash text,
  challenge text,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT sign_in_step_token_hash_key UNIQUE (token_hash),
  CONSTRAINT sign_in_step_pkey PRIMARY KEY (id),
  CONSTRAINT sign_in_step_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE,
  CONSTRAINT sign_in_step_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE,
  CONSTRAINT sign_in_step_check CHECK (((purpose = 'passkey'::text) = (person_id IS NULL))),
  CONSTRAINT sign_in_step_check1 CHECK (((purpose = ANY (ARRAY['register'::text, 'prove'::text])) = (session_id IS NOT NULL))),
  CONSTRAINT sign_in_step_purpose_check CHECK ((purpose = ANY (ARRAY['second'::text, 'passkey'::text, 'register'::text, 'prove'::text])))
);

CREATE TABLE signature (
  id uuid NOT NULL,
  person_id uuid,
  team_id uuid,
  html text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT signature_person_id_key UNIQUE (person_id),
  CONSTRAINT signature_team_id_key UNIQUE (team_id),
  CONSTRAINT signature_pkey PRIMARY KEY (id),
  CONSTRAINT signature_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE,
  CONSTRAINT signature_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE,
  CONSTRAINT signature_check CHECK (((person_id IS NULL) <> (team_id IS NULL)))
);

CREATE TABLE sorting (
  only_one boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 0,
  spam_filter boolean NOT NULL DEFAULT true,
  spam_above text NOT NULL DEFAULT 'careful'::text,
  spam_upstream boolean NOT NULL DEFAULT false,
  CONSTRAINT sorting_pkey PRIMARY KEY (only_one),
  CONSTRAINT sorting_only_one_check CHECK (only_one),
  CONSTRAINT sorting_spam_above_check CHECK ((spam_above = ANY (ARRAY['careful'::text, 'usual'::text, 'strict'::text])))
);

CREATE TABLE spam_lesson (
  conversation_id uuid NOT NULL,
  taught text NOT NULL,
  by_id uuid,
  at timestamp with time zone NOT NULL,
  tokens text[] NOT NULL,
  CONSTRAINT spam_lesson_pkey PRIMARY KEY (conversation_id),
  CONSTRAINT spam_lesson_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(person_id),
  CONSTRAINT spam_lesson_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT spam_lesson_taught_check CHECK ((taught = ANY (ARRAY['spam'::text, 'ham'::text])))
);

CREATE TABLE spam_token (
  token text NOT NULL,
  spam integer NOT NULL DEFAULT 0,
  ham integer NOT NULL DEFAULT 0,
  CONSTRAINT spam_token_pkey PRIMARY KEY (token),
  CONSTRAINT spam_token_ham_check CHECK ((ham >= 0)),
  CONSTRAINT spam_token_spam_check CHECK ((spam >= 0)),
  CONSTRAINT spam_token_token_check CHECK ((length(token) <= 60))
);

CREATE TABLE spam_verdict (
  conversation_id uuid NOT NULL,
  why text NOT NULL,
  score real,
  words text[] NOT NULL DEFAULT '{}'::text[],
  blocked_id uuid,
  at timestamp with time zone NOT NULL,
  CONSTRAINT spam_verdict_pkey PRIMARY KEY (conversation_id),
  CONSTRAINT spam_verdict_blocked_id_fkey FOREIGN KEY (blocked_id) REFERENCES blocked_sender(id) ON DELETE SET NULL,
  CONSTRAINT spam_verdict_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT spam_verdict_why_check CHECK ((why = ANY (ARRAY['blocked'::text, 'taught'::text, 'upstream'::text])))
);

CREATE TABLE tag (
  id uuid NOT NULL,
  name text NOT NULL,
  normal text NOT NULL,
  tint text NOT NULL DEFAULT 'stone'::text,
  archived_at timestamp with time zone,
  merged_into uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT tag_normal_key UNIQUE (normal),
  CONSTRAINT tag_pkey PRIMARY KEY (id),
  CONSTRAINT tag_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES tag(id),
  CONSTRAINT tag_check CHECK (((merged_into IS NULL) OR (archived_at IS NOT NULL))),
  CONSTRAINT tag_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  CONSTRAINT tag_tint_check CHECK ((tint = ANY (ARRAY['water'::text, 'leaf'::text, 'sand'::text, 'rose'::text, 'violet'::text, 'stone'::text])))
);

CREATE INDEX tag_by_beginning ON public.tag USING btree (normal text_pattern_ops) WHERE (archived_at IS NULL);

CREATE INDEX tag_by_part ON public.tag USING gin (normal gin_trgm_ops);

CREATE INDEX tag_merged ON public.tag USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE TABLE team (
  id uuid NOT NULL,
  name text NOT NULL,
  fallback_id uuid NOT NULL,
  calendar_id uuid NOT NULL,
  reply_within integer NOT NULL DEFAULT 240,
  follow_up_days integer NOT NULL DEFAULT 7,
  reopen_days integer NOT NULL DEFAULT 30,
  sample boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  archived_at timestamp with time zone,
  assigns text NOT NULL DEFAULT 'off'::text,
  CONSTRAINT team_pkey PRIMARY KEY (id),
  CONSTRAINT team_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendar(id),
  CONSTRAINT team_fallback_id_fkey FOREIGN KEY (fallback_id) REFERENCES member(person_id),
  CONSTRAINT team_assigns_check CHECK ((assigns = ANY (ARRAY['off'::text, 'duty'::text, 'least-loaded'::text]))),
  CONSTRAINT team_follow_up_days_check CHECK (((follow_up_days >= 1) AND (follow_up_days <= 90))),
  CONSTRAINT team_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  CONSTRAINT team_reopen_days_check CHECK (((reopen_days >= 0) AND (reopen_days <= 365))),
  CONSTRAINT team_reply_within_check CHECK (((reply_within >= 1) AND (reply_within <= 100000)))
);

CREATE TABLE team_member (
  team_id uuid NOT NULL,
  person_id uuid NOT NULL,
  role text NOT NULL,
  since timestamp with time zone NOT NULL DEFAULT now(),
  load_limit integer,
  CONSTRAINT team_member_pkey PRIMARY KEY (team_id, person_id),
  CONSTRAINT team_member_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id),
  CONSTRAINT team_member_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE,
  CONSTRAINT team_member_load_limit_check CHECK (((load_limit >= 1) AND (load_limit <= 10000))),
  CONSTRAINT team_member_role_check CHECK ((role = ANY (ARRAY['lead'::text, 'teammate'::text, 'colleague'::text, 'partner'::text])))
);

CREATE INDEX team_member_of_person ON public.team_member USING btree (person_id);

CREATE TABLE team_move (
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  from_team_id uuid NOT NULL,
  to_team_id uuid NOT NULL,
  by_id uuid,
  reason text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT team_move_pkey PRIMARY KEY (id),
  CONSTRAINT team_move_by_id_fkey FOREIGN KEY (by_id) REFERENCES person(id),
  CONSTRAINT team_move_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT team_move_from_team_id_fkey FOREIGN KEY (from_team_id) REFERENCES team(id),
  CONSTRAINT team_move_to_team_id_fkey FOREIGN KEY (to_team_id) REFERENCES team(id)
);

CREATE INDEX team_move_of_conversation ON public.team_move USING btree (conversation_id, at);

CREATE TABLE throttle (
  bucket text NOT NULL,
  taken integer NOT NULL,
  since timestamp with time zone NOT NULL,
  CONSTRAINT throttle_pkey PRIMARY KEY (bucket)
);

CREATE TABLE topic (
  id uuid NOT NULL,
  number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  category_id uuid NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  slug text NOT NULL,
  likeness text NOT NULL,
  language text NOT NULL,
  state text NOT NULL,
  removed_by text,
  merged_into uuid,
  merged_number integer,
  accepted_id uuid,
  accepted_at timestamp with time zone,
  answers integer NOT NULL DEFAULT 0,
  last_number integer NOT NULL DEFAULT 1,
  worked integer NOT NULL DEFAULT 0,
  not_worked integer NOT NULL DEFAULT 0,
  review_due_at timestamp with time zone,
  checked_at timestamp with time zone,
  pinned_at timestamp with time zone,
  locked_at timestamp with time zone,
  begun_at timestamp with time zone NOT NULL,
  last_at timestamp with time zone NOT NULL,
  sample boolean NOT NULL DEFAULT false,
  CONSTRAINT topic_number_key UNIQUE (number),
  CONSTRAINT topic_pkey PRIMARY KEY (id),
  CONSTRAINT topic_accepted_id_fkey FOREIGN KEY (accepted_id) REFERENCES post(id) ON DELETE SET NULL,
  CONSTRAINT topic_category_id_fkey FOREIGN KEY (category_id) REFERENCES community_category(id),
  CONSTRAINT topic_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES topic(id),
  CONSTRAINT topic_answers_check CHECK ((answers >= 0)),
  CONSTRAINT topic_check CHECK (((state = 'removed'::text) = (removed_by IS NOT NULL))),
  CONSTRAINT topic_check1 CHECK (((state = 'merged'::text) = (merged_into IS NOT NULL))),
  CONSTRAINT topic_check2 CHECK (((accepted_id IS NULL) = (accepted_at IS NULL))),
  CONSTRAINT topic_check3 CHECK ((merged_into IS DISTINCT FROM id)),
  CONSTRAINT topic_kind_check CHECK ((kind = ANY (ARRAY['question'::text, 'discussion'::text, 'practice'::text]))),
  CONSTRAINT topic_language_check CHECK (((length(language) >= 2) AND (length(language) <= 20))),
  CONSTRAINT topic_last_number_check CHECK ((last_number > 0)),
  CONSTRAINT topic_not_worked_check CHECK ((not_worked >= 0)),
  CONSTRAINT topic_removed_by_check CHECK ((removed_by = ANY (ARRAY['author'::text, 'moderator'::text]))),
  CONSTRAINT topic_slug_check CHECK (((length(slug) >= 1) AND (length(slug) <= 100))),
  CONSTRAINT topic_state_check CHECK ((state = ANY (ARRAY['standing'::text, 'waiting'::text, 'hidden'::text, 'removed'::text, 'merged'::text]))),
  CONSTRAINT topic_title_check CHECK (((length(title) >= 1) AND (length(title) <= 150))),
  CONSTRAINT topic_worked_check CHECK ((worked >= 0))
);

CREATE INDEX topic_accepted ON public.topic USING btree (accepted_id) WHERE (accepted_id IS NOT NULL);

CREATE INDEX topic_aside ON public.topic USING btree (state) WHERE (state = ANY (ARRAY['waiting'::text, 'hidden'::text]));

CREATE INDEX topic_by_kind ON public.topic USING btree (kind, last_at DESC, id DESC) WHERE (state = 'standing'::text);

CREATE INDEX topic_by_last ON public.topic USING btree (last_at DESC, id DESC) WHERE (state = 'standing'::text);

CREATE INDEX topic_by_likeness ON public.topic USING gin (likeness gin_trgm_ops);

CREATE INDEX topic_merged ON public.topic USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX topic_of_category ON public.topic USING btree (category_id, last_at DESC, id DESC) WHERE (state = 'standing'::text);

CREATE INDEX topic_pinned ON public.topic USING btree (category_id, pinned_at DESC) WHERE (pinned_at IS NOT NULL);

CREATE INDEX topic_review ON public.topic USING btree (review_due_at) WHERE ((state = 'standing'::text) AND (review_due_at IS NOT NULL));

CREATE INDEX topic_unanswered ON public.topic USING btree (last_at DESC, id DESC) WHERE ((state = 'standing'::text) AND (kind = 'question'::text) AND (answers = 0));

CREATE TABLE topic_follow (
  topic_id uuid NOT NULL,
  person_id uuid NOT NULL,
  mode text NOT NULL,
  since timestamp with time zone NOT NULL,
  CONSTRAINT topic_follow_pkey PRIMARY KEY (topic_id, person_id),
  CONSTRAINT topic_follow_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT topic_follow_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id) ON DELETE CASCADE,
  CONSTRAINT topic_follow_mode_check CHECK ((mode = ANY (ARRAY['each'::text, 'digest'::text])))
);

CREATE INDEX topic_follow_of ON public.topic_follow USING btree (person_id);

CREATE TABLE topic_tie (
  id uuid NOT NULL,
  topic_id uuid NOT NULL,
  post_id uuid,
  kind text NOT NULL,
  conversation_id uuid,
  article_id uuid,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT topic_tie_pkey PRIMARY KEY (id),
  CONSTRAINT topic_tie_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE,
  CONSTRAINT topic_tie_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT topic_tie_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id) ON DELETE SET NULL,
  CONSTRAINT topic_tie_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id) ON DELETE CASCADE,
  CONSTRAINT topic_tie_check CHECK (((conversation_id IS NULL) <> (article_id IS NULL))),
  CONSTRAINT topic_tie_check1 CHECK (((kind = ANY (ARRAY['from-conversation'::text, 'to-conversation'::text])) = (conversation_id IS NOT NULL))),
  CONSTRAINT topic_tie_kind_check CHECK ((kind = ANY (ARRAY['from-conversation'::text, 'to-conversation'::text, 'article'::text, 'goes-with'::text])))
);

CREATE INDEX topic_tie_of_article ON public.topic_tie USING btree (article_id) WHERE (article_id IS NOT NULL);

CREATE INDEX topic_tie_of_conversation ON public.topic_tie USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);

CREATE INDEX topic_tie_of_post ON public.topic_tie USING btree (post_id) WHERE (post_id IS NOT NULL);

CREATE UNIQUE INDEX topic_tie_article ON public.topic_tie USING btree (topic_id, article_id) WHERE (article_id IS NOT NULL);

CREATE UNIQUE INDEX topic_tie_conversation ON public.topic_tie USING btree (topic_id, conversation_id, kind) WHERE (conversation_id IS NOT NULL);

CREATE TABLE touch (
  id uuid NOT NULL,
  person_id uuid,
  organisation_id uuid,
  by_id uuid NOT NULL,
  kind text NOT NULL,
  at timestamp with time zone NOT NULL,
  minutes integer,
  words text NOT NULL DEFAULT ''::text,
  made_at timestamp with time zone NOT NULL,
  sample boolean NOT NULL DEFAULT false,
  check_in_id uuid,
  CONSTRAINT touch_pkey PRIMARY KEY (id),
  CONSTRAINT touch_by_id_fkey FOREIGN KEY (by_id) REFERENCES member(person_id),
  CONSTRAINT touch_check_in_id_fkey FOREIGN KEY (check_in_id) REFERENCES promise(id) ON DELETE SET NULL,
  CONSTRAINT touch_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id) ON DELETE CASCADE,
  CONSTRAINT touch_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT touch_check CHECK ((num_nonnulls(person_id, organisation_id) >= 1)),
  CONSTRAINT touch_kind_check CHECK ((kind = ANY (ARRAY['call'::text, 'visit'::text, 'meeting'::text]))),
  CONSTRAINT touch_minutes_check CHECK (((minutes >= 1) AND (minutes <= 1440))),
  CONSTRAINT touch_words_check CHECK ((length(words) <= 20000))
);

CREATE INDEX touch_of_organisation ON public.touch USING btree (organisation_id, at DESC) WHERE (organisation_id IS NOT NULL);

CREATE INDEX touch_of_person ON public.touch USING btree (person_id, at DESC) WHERE (person_id IS NOT NULL);

CREATE TABLE unasked_contact (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL,
  at timestamp with time zone NOT NULL,
  until timestamp with time zone NOT NULL,
  conversation_id uuid,
  pulse_until timestamp with time zone,
  CONSTRAINT pulse_within_limit EXCLUDE USING gist (person_id WITH =, tstzrange(at, pulse_until) WITH &&) WHERE ((kind = 'pulse'::text)),
  CONSTRAINT unasked_contact_within_limit EXCLUDE USING gist (person_id WITH =, tstzrange(at, until) WITH &&),
  CONSTRAINT unasked_contact_pkey PRIMARY KEY (id),
  CONSTRAINT unasked_contact_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT unasked_contact_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON DELETE CASCADE,
  CONSTRAINT pulse_has_its_limit CHECK (((kind = 'pulse'::text) = (pulse_until IS NOT NULL))),
  CONSTRAINT unasked_contact_check CHECK ((until > at)),
  CONSTRAINT unasked_contact_check1 CHECK ((pulse_until > at)),
  CONSTRAINT unasked_contact_kind_check CHECK ((kind = ANY (ARRAY['follow-up'::text, 'check-in'::text, 'pulse'::text])))
);

CREATE TABLE undoable (
  token uuid NOT NULL,
  conversation_id uuid NOT NULL,
  person_id uuid NOT NULL,
  act text NOT NULL,
  was jsonb NOT NULL,
  version integer NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT undoable_pkey PRIMARY KEY (token, conversation_id),
  CONSTRAINT undoable_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE,
  CONSTRAINT undoable_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE
);

CREATE INDEX undoable_by_age ON public.undoable USING btree (at);

CREATE TABLE upload (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  sha256 bytea NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  bytes bigint NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT upload_pkey PRIMARY KEY (id),
  CONSTRAINT upload_person_id_fkey FOREIGN KEY (person_id) REFERENCES member(person_id) ON DELETE CASCADE,
  CONSTRAINT upload_sha256_fkey FOREIGN KEY (sha256) REFERENCES file(sha256)
);

CREATE INDEX upload_by_age ON public.upload USING btree (created_at);

CREATE INDEX upload_by_file ON public.upload USING btree (sha256);

CREATE INDEX upload_of_person ON public.upload USING btree (person_id);
