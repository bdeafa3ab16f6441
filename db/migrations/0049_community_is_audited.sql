-- 0049_community_is_audited.sql: the audit also shows who changed the community's categories and settings, and who asked whom to stop writing.
create or replace function is_audited(kind text) returns boolean language sql immutable parallel safe
  return split_part(kind, '.', 1) in ('member', 'team', 'calendar', 'mailbox', 'installation', 'permission', 'retention',
    'backup', 'export', 'sample', 'import', 'tag', 'field', 'rule', 'saved-reply', 'signature', 'sender', 'absence', 'view',
    'organisation', 'membership', 'sight')
    and kind not in ('rule.applied', 'backup.asked', 'membership.suggested')
    or kind in ('person.merged', 'person.unmerged', 'person.erased', 'person.exported', 'customer.erasure-asked',
      'community.changed', 'community-person.stopped');
reindex index event_audited;
