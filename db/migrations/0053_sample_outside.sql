-- Articles, topics and their categories can be of the sample organisation, too, and go with it.
alter table article_category add column sample boolean not null default false;
alter table article add column sample boolean not null default false;
alter table community_category add column sample boolean not null default false;
alter table topic add column sample boolean not null default false;
