create table recipient_notice (
  id uuid primary key,
  -- Whose record it was.
  owner_id uuid not null references organisation (id),
  recipient_id uuid not null references organisation (id),
  kind text not null check (kind in ('withdrawn', 'removed', 'cleared')),
  object_kind text not null check (object_kind in ('report', 'entity')),
  -- No foreign key: what was removed is not there any more.
  object_id uuid not null,
  raised_at timestamptz not null,
  acknowledged_at timestamptz,
  -- A key, or the account of somebody who signed in.
  acknowledged_by uuid,
  check (owner_id <> recipient_id),
  check (acknowledged_by is null or acknowledged_at is not null)
);
comment on table recipient_notice is 'What an organisation that was shown a record has to hear of it: that it was withdrawn or removed, or that the person is cleared; open until somebody there takes note. Ids only.';
create index recipient_notice_recipient on recipient_notice (recipient_id, raised_at desc, id desc);
create index recipient_notice_owner on recipient_notice (owner_id, raised_at desc, id desc);
create index recipient_notice_object on recipient_notice (object_id);

grant select, insert, update, delete on recipient_notice to headwater_system;
