alter table account drop column invited_by;
alter table account_invitation drop column invited_by;
alter table account_invitation drop column app_nonce;
