-- Who acted is a key, or the account of somebody who signed in.
alter table act drop constraint act_key_id_fkey;
alter table verification drop constraint verification_key_id_fkey;
alter table retraction_acknowledgement drop constraint retraction_acknowledgement_key_id_fkey;
alter table suspicion drop constraint suspicion_reviewer_id_fkey;
alter table retention_policy drop constraint retention_policy_key_id_fkey;
alter table retention_decision drop constraint retention_decision_key_id_fkey;
alter table legal_hold drop constraint legal_hold_placed_by_fkey;
alter table legal_hold drop constraint legal_hold_lifted_by_fkey;
