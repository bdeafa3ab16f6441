-- 0048_erased_is_audited.sql: the audit also shows who erased a person, who took their data out, and who asked for it; never the words.
create or replace function is_audited(kind text) returns boolean language sql immutable parallel safe
  return split_part(kind, '.', 1) in ('member', 'team', 'calendar', 'mailbox', 'installation', 'permission', 'retention',
    'backup', 'export', 'sample', 'import', 'tag', 'field', 'rule', 'saved-reply', 'signature', 'sender', 'absence', 'view',
    'organisation', 'membership', 'sight')
    and kind not in ('rule.applied', 'backup.asked', 'membership.suggested')
    or kind in ('person.merged', 'person.unmerged', 'person.erased', 'person.exported', 'customer.erasure-asked');
reindex index event_audited;
