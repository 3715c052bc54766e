drop table sign_in_attempt;
drop table account_session;
drop table account_invitation;
drop table account_identity;
drop table account_recovery_code;
drop table account_secret;
drop table account;
