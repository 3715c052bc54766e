alter table legal_hold add constraint legal_hold_lifted_by_fkey foreign key (lifted_by) references api_key (id) not valid;
alter table legal_hold add constraint legal_hold_placed_by_fkey foreign key (placed_by) references api_key (id) not valid;
alter table retention_decision add constraint retention_decision_key_id_fkey foreign key (key_id) references api_key (id) not valid;
alter table retention_policy add constraint retention_policy_key_id_fkey foreign key (key_id) references api_key (id) not valid;
alter table suspicion add constraint suspicion_reviewer_id_fkey foreign key (reviewer_id) references api_key (id) not valid;
alter table retraction_acknowledgement add constraint retraction_acknowledgement_key_id_fkey foreign key (key_id) references api_key (id) not valid;
alter table verification add constraint verification_key_id_fkey foreign key (key_id) references api_key (id) not valid;
alter table act add constraint act_key_id_fkey foreign key (key_id) references api_key (id) not valid;
