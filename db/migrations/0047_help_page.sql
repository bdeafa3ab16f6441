-- 0047_help_page.sql: pages of an installation's own beside its answers (who we are, terms, opening hours of a shop): in several languages, for everybody once they are public.
create table help_page (
  id uuid primary key,
  -- where a link leads to it from every page
  place text not null check (place in ('head', 'foot', 'nowhere')),
  position integer not null,
  -- counts every saving: whoever saves an older state is told
  revision integer not null default 1,
  published_at timestamptz,
  changed_at timestamptz not null
);
create table help_page_text (
  page_id uuid not null references help_page on delete cascade,
  language text not null check (length(language) between 2 and 20),
  title text not null check (length(title) between 1 and 100),
  body_html text not null,
  body_text text not null,
  primary key (page_id, language)
);
-- Every address a page ever had leads to it; one is its address now.
create table help_page_slug (
  slug text primary key check (length(slug) between 1 and 100),
  page_id uuid not null references help_page on delete cascade,
  current boolean not null
);
create unique index help_page_slug_current on help_page_slug (page_id) where current;
create index help_page_slug_of_page on help_page_slug (page_id);
