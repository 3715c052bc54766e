-- What a grant may be used for, and what a key or an account is for: nothing is shown where the two have nothing in common.
alter table access_grant add column purposes text[];
-- squawk-ignore constraint-missing-not-valid
alter table access_grant add constraint access_grant_purposes check (cardinality(purposes) > 0);
comment on column access_grant.purposes is 'Of the agreement it was written from. Null: made by hand, for any.';
update access_grant g set purposes = array(select jsonb_array_elements_text(a.terms -> 'purposes') order by 1)
from agreement a where a.id = g.agreement_id and jsonb_array_length(a.terms -> 'purposes') > 0;

alter table api_key add column purposes text[];
-- squawk-ignore constraint-missing-not-valid
alter table api_key add constraint api_key_purposes check (cardinality(purposes) > 0);
comment on column api_key.purposes is 'What its holder works for. Null: any.';
alter table account add column purposes text[];
-- squawk-ignore constraint-missing-not-valid
alter table account add constraint account_purposes check (cardinality(purposes) > 0);
comment on column account.purposes is 'What its person works for. Null: any.';
