-- Whoever was shown a record in which somebody was erased has copies to look through; whoever was shown one that is marked higher now has copies to
-- mark.
alter table recipient_notice drop constraint recipient_notice_kind_check;
-- squawk-ignore constraint-missing-not-valid
alter table recipient_notice add constraint recipient_notice_kind_check check (kind in ('withdrawn', 'removed', 'cleared', 'erased', 'raised'));
comment on table recipient_notice is 'What an organisation that was shown a record has to hear of it: that it was withdrawn or removed, that its marking rose, that somebody in it was erased, or that the person is cleared; open until somebody there takes note. Ids only.';

create table recipient_before (
  report_id uuid not null references report (id),
  owner_id uuid not null references organisation (id),
  recipient_id uuid not null references organisation (id),
  -- Null: a grant made by hand.
  agreement_id uuid,
  since timestamptz not null,
  until timestamptz not null,
  check (owner_id <> recipient_id),
  check (since < until)
);
comment on table recipient_before is 'Who was shown a report until its marking rose: what grants reach now does not tell it any more.';
create index recipient_before_report on recipient_before (report_id);

grant select, insert, update, delete on recipient_before to headwater_system;
