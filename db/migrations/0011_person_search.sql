-- Finding somebody by the beginning of their name, whatever the collation of the database.
create index person_by_name on person (lower(name) text_pattern_ops);
