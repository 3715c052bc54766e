-- Whoever was shown a record in which somebody was erased has copies to look through.
alter table recipient_notice drop constraint recipient_notice_kind_check;
-- squawk-ignore constraint-missing-not-valid
alter table recipient_notice add constraint recipient_notice_kind_check check (kind in ('withdrawn', 'removed', 'cleared', 'erased'));
comment on table recipient_notice is 'What an organisation that was shown a record has to hear of it: that it was withdrawn or removed, that somebody in it was erased, or that the person is cleared; open until somebody there takes note. Ids only.';
