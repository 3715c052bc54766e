-- Whoever reads an invitation draws the app's secret anew, and leaves a trace: two readers cannot hold the same second factor.
alter table account_invitation add column app_nonce bytea;
-- squawk-ignore constraint-missing-not-valid
alter table account_invitation add constraint account_invitation_app_nonce check (length(app_nonce) = 16);
comment on column account_invitation.app_nonce is 'Drawn when the invitation was last read. Null: nobody read it yet.';

-- A key, or the account of somebody who signed in. It goes to the account when that is taken up.
alter table account_invitation add column invited_by uuid;

-- A key, or the account of somebody who signed in: who can have taken the account up in the place of another.
alter table account add column invited_by uuid;
comment on column account.invited_by is 'Who made the invitation by which it was taken up. Null: the command line, or before this was kept.';
