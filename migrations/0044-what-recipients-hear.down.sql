drop table recipient_before;
delete from recipient_notice where kind in ('erased', 'raised');
alter table recipient_notice drop constraint recipient_notice_kind_check;
alter table recipient_notice add constraint recipient_notice_kind_check check (kind in ('withdrawn', 'removed', 'cleared'));
comment on table recipient_notice is 'What an organisation that was shown a record has to hear of it: that it was withdrawn or removed, or that the person is cleared; open until somebody there takes note. Ids only.';
