-- Pages outside at ten thousand articles and a million posts: an article's likeliest neighbours stand in an order of their own.
drop index article_of_category;
create index article_of_category on article (category_id, held desc, id);

-- Articles are looked up by the words of their heads first: those say what an article is about, and are few.
create index article_search_by_head on article_search using gin (ts_filter(words, '{a,b}')) with (fastupdate = off);

-- Search looks common words up among the newest posts: a row of its index names its time, as rows of messages do.
update post_search s set words = words || array_to_tsvector(array['@0' || floor(day / 2), '@1' || floor(day / 8), '@2' || floor(day / 32), '@3' || floor(day / 128)])
  from (select post_id, floor(extract(epoch from at) / 86400) as day from post_search) d where d.post_id = s.post_id;
drop index post_search_by_time;
