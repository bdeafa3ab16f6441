-- The sweep of files that no row names asks every table that may name one; so does the database when a file's row goes.
create index delivery_by_raw_file on delivery (raw_file) where raw_file is not null;
create index upload_by_file on upload (sha256);
create index upload_by_age on upload (created_at);
