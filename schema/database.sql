table access_change
-- One row a transaction that wrote keys, sessions, accounts, organisations, grants, classes or broken glasses, folded later into one: the sum of the marks is another whenever one of them becomes visible.
  transaction xid8 not null
  mark bigint not null default (floor((random() * ('4503599627370496'::bigint)::double precision)))::bigint
  constraint access_change_pkey PRIMARY KEY (transaction)
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table access_grant
-- Lets one organisation see another's rows of one record class up to a handling ceiling, whole or coarsened. Sensitive rows, personal fields and effort are never granted.
  id uuid not null
  grantee_id uuid not null
  owner_id uuid not null
  record_class text not null
  handling_ceiling text not null
  projection text not null
  valid_from timestamp with time zone not null
  valid_to timestamp with time zone
  revoked_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  agreement_id uuid
  sight jsonb
  case_by_case boolean not null default false
  purposes text[]
  constraint access_grant_case CHECK (((NOT case_by_case) OR (agreement_id IS NOT NULL)))
  constraint access_grant_check CHECK ((grantee_id <> owner_id))
  constraint access_grant_handling_ceiling_check CHECK ((handling_ceiling = ANY (ARRAY['clear'::text, 'green'::text, 'amber'::text, 'amber_strict'::text])))
  constraint access_grant_projection_check CHECK ((projection = ANY (ARRAY['full'::text, 'coarse'::text])))
  constraint access_grant_purposes CHECK ((cardinality(purposes) > 0))
  constraint access_grant_record_class_check CHECK ((record_class = ANY (ARRAY['report'::text, 'incident'::text, 'movement'::text, 'statement'::text, 'entity'::text, 'flow'::text])))
  constraint access_grant_grantee_id_fkey FOREIGN KEY (grantee_id) REFERENCES organisation(id)
  constraint access_grant_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint access_grant_pkey PRIMARY KEY (id)
create index access_grant_agreement ON access_grant USING btree (agreement_id) WHERE (agreement_id IS NOT NULL)
create index access_grant_grantee ON access_grant USING btree (grantee_id)
CREATE TRIGGER access_grant_decides_access AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON access_grant FOR EACH STATEMENT EXECUTE FUNCTION access_changed()
grant delete, insert, select, update to headwater_system

table account
-- A person of an organisation with a role, as a key has one. What the person is called is sealed, for data officers to tell accounts apart.
  id uuid not null
  organisation_id uuid
  role text not null
  vault_permission boolean not null default false
  sign_in_name text not null
  key_id uuid not null
  sealed_name bytea
  version integer not null default 1
  made_at timestamp with time zone not null
  disabled_at timestamp with time zone
  forgotten_at timestamp with time zone
  invited_by uuid
  purposes text[]
  constraint account_check CHECK (((role = 'operator'::text) = (organisation_id IS NULL)))
  constraint account_check1 CHECK (((NOT vault_permission) OR (role = ANY (ARRAY['investigator'::text, 'data_officer'::text]))))
  constraint account_check2 CHECK (((forgotten_at IS NULL) OR ((disabled_at IS NOT NULL) AND (sealed_name IS NULL))))
  constraint account_purposes CHECK ((cardinality(purposes) > 0))
  constraint account_role_check CHECK ((role = ANY (ARRAY['operator'::text, 'field'::text, 'analyst'::text, 'investigator'::text, 'data_officer'::text, 'dashboard'::text, 'partner'::text])))
  constraint account_sign_in_name_check CHECK ((sign_in_name ~ '^[a-z0-9]{4}(-[a-z0-9]{4}){2}$'::text))
  constraint account_version_check CHECK ((version >= 1))
  constraint account_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id)
  constraint account_pkey PRIMARY KEY (id)
  constraint account_sign_in_name_key UNIQUE (sign_in_name)
create index account_organisation ON account USING btree (organisation_id)
CREATE TRIGGER account_decides_access AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON account FOR EACH STATEMENT EXECUTE FUNCTION access_changed()
grant insert, select, update to headwater_system

table account_identity
-- Who an account is at the identity provider: a keyed digest of issuer and subject.
  account_id uuid not null
  digest bytea not null
  linked_at timestamp with time zone not null
  constraint account_identity_digest_check CHECK ((length(digest) = 32))
  constraint account_identity_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint account_identity_pkey PRIMARY KEY (account_id)
  constraint account_identity_digest_key UNIQUE (digest)
grant delete, insert, select, update to headwater_system

table account_invitation
-- Lets a person take an account into use, once; it goes when it is used or another one is made.
  id uuid not null
  account_id uuid not null
  prefix text not null
  secret_sha256 bytea not null
  made_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  app_nonce bytea
  invited_by uuid
  constraint account_invitation_app_nonce CHECK ((length(app_nonce) = 16))
  constraint account_invitation_secret_sha256_check CHECK ((length(secret_sha256) = 32))
  constraint account_invitation_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint account_invitation_pkey PRIMARY KEY (id)
  constraint account_invitation_prefix_key UNIQUE (prefix)
create index account_invitation_account ON account_invitation USING btree (account_id)
grant delete, insert, select, update to headwater_system

table account_recovery_code
-- Keyed digests of codes that stand in for a one-time code; each goes when it is used.
  account_id uuid not null
  digest bytea not null
  constraint account_recovery_code_digest_check CHECK ((length(digest) = 32))
  constraint account_recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint account_recovery_code_pkey PRIMARY KEY (account_id, digest)
grant delete, insert, select, update to headwater_system

table account_secret
-- What a person signs in with where there is no identity provider: a passphrase, and the sealed secret of one-time codes (RFC 6238).
  account_id uuid not null
  salt bytea not null
  hash bytea not null
  cost integer not null
  sealed_totp bytea not null
  totp_step bigint not null
  set_at timestamp with time zone not null
  constraint account_secret_cost_check CHECK ((cost >= 16384))
  constraint account_secret_hash_check CHECK ((length(hash) = 32))
  constraint account_secret_salt_check CHECK ((length(salt) = 16))
  constraint account_secret_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint account_secret_pkey PRIMARY KEY (account_id)
grant delete, insert, select, update to headwater_system

table account_session
-- Somebody who is signed in, with an account or with a key typed in once: 192 random bits of which only the SHA-256 is stored.
  id uuid not null
  account_id uuid
  prefix text not null
  secret_sha256 bytea not null
  way text not null
  began_at timestamp with time zone not null
  last_used_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  ended_at timestamp with time zone
  key_id uuid
  constraint account_session_check CHECK ((began_at < expires_at))
  constraint account_session_one_owner CHECK ((((account_id IS NULL) <> (key_id IS NULL)) AND ((way = 'key'::text) = (key_id IS NOT NULL))))
  constraint account_session_secret_sha256_check CHECK ((length(secret_sha256) = 32))
  constraint account_session_way_check CHECK ((way = ANY (ARRAY['local'::text, 'oidc'::text, 'key'::text])))
  constraint account_session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint account_session_key_id_fkey FOREIGN KEY (key_id) REFERENCES api_key(id)
  constraint account_session_pkey PRIMARY KEY (id)
  constraint account_session_prefix_key UNIQUE (prefix)
create index account_session_account ON account_session USING btree (account_id, began_at DESC)
create index account_session_key ON account_session USING btree (key_id) WHERE (key_id IS NOT NULL)
CREATE TRIGGER account_session_decides_access AFTER INSERT OR DELETE OR UPDATE OF id, account_id, prefix, secret_sha256, way, began_at, expires_at, ended_at, key_id OR TRUNCATE ON account_session FOR EACH STATEMENT EXECUTE FUNCTION access_changed()
grant delete, insert, select, update to headwater_system

table act
-- What the owner did to a report by hand: which version came of it, who, when, and for which of a closed list of reasons.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  report_id uuid not null
  version integer not null
  kind text not null
  reason text
  key_id uuid
  acted_at timestamp with time zone not null
  constraint act_kind_check CHECK ((kind = ANY (ARRAY['recorded'::text, 'corrected'::text, 'regraded'::text, 'verified'::text, 'withdrawn'::text])))
  constraint act_reason_check CHECK ((reason = ANY (ARRAY['entry_error'::text, 'new_information'::text, 'duplicate'::text, 'source_doubted'::text, 'consent_withdrawn'::text, 'legal'::text, 'other'::text])))
  constraint act_version_check CHECK ((version >= 1))
  constraint act_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint act_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint act_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint act_pkey PRIMARY KEY (id)
  constraint act_report_id_version_key UNIQUE (report_id, version)
CREATE TRIGGER act_changed_delete AFTER DELETE ON act REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER act_changed_insert AFTER INSERT ON act REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER act_changed_update AFTER UPDATE ON act REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy act_system for all to headwater_system using true with check true
policy act_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table act_receipt
-- What a request with an idempotency key came to, so that the same request a second time changes nothing. Keyed digests: neither key nor request can be read back.
  owner_id uuid not null
  token bytea not null
  request bytea not null
  report_id uuid not null
  version integer not null
  acted_at timestamp with time zone not null
  constraint act_receipt_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint act_receipt_pkey PRIMARY KEY (owner_id, token)
grant delete, insert, select to headwater_system

table agreement
-- What organisations share with each other, for what, how coarsely and until when, as data: active once every party signed one and the same digest. The grants that access reads are written from it.
  id uuid not null
  drafted_by uuid not null
  terms jsonb not null
  digest bytea not null
  version integer not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  review_on date not null
  replaces uuid
  revoked_at timestamp with time zone
  created_at timestamp with time zone not null
  constraint agreement_check CHECK ((starts_at < ends_at))
  constraint agreement_digest_check CHECK ((length(digest) = 32))
  constraint agreement_version_check CHECK ((version >= 1))
  constraint agreement_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES organisation(id)
  constraint agreement_replaces_fkey FOREIGN KEY (replaces) REFERENCES agreement(id)
  constraint agreement_pkey PRIMARY KEY (id)
create index agreement_replaces ON agreement USING btree (replaces) WHERE (replaces IS NOT NULL)
grant insert, select, update to headwater_system

table agreement_act
-- What was done to an agreement, by whom, and what it said then.
  agreement_id uuid not null
  ordinal integer not null
  at timestamp with time zone not null
  organisation_id uuid not null
  key_id uuid not null
  act text not null
  reason text
  digest bytea not null
  constraint agreement_act_act_check CHECK ((act = ANY (ARRAY['drafted'::text, 'amended'::text, 'signed'::text, 'activated'::text, 'suspended'::text, 'resumed'::text, 'revoked'::text, 'reviewed'::text])))
  constraint agreement_act_digest_check CHECK ((length(digest) = 32))
  constraint agreement_act_ordinal_check CHECK ((ordinal >= 1))
  constraint agreement_act_reason_check CHECK ((reason = ANY (ARRAY['breach'::text, 'misuse'::text, 'legal_order'::text, 'no_longer_needed'::text, 'terms_changed'::text, 'party_left'::text, 'precaution'::text, 'resolved'::text])))
  constraint agreement_act_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES agreement(id) ON DELETE CASCADE
  constraint agreement_act_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id)
  constraint agreement_act_pkey PRIMARY KEY (agreement_id, ordinal)
grant insert, select, update to headwater_system

table agreement_party
-- Who an agreement is between, and what each data officer signed.
  agreement_id uuid not null
  organisation_id uuid not null
  signed_at timestamp with time zone
  signed_key uuid
  signed_digest bytea
  suspended_at timestamp with time zone
  constraint agreement_party_check CHECK (((signed_at IS NULL) = (signed_digest IS NULL)))
  constraint agreement_party_signed_digest_check CHECK ((length(signed_digest) = 32))
  constraint agreement_party_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES agreement(id) ON DELETE CASCADE
  constraint agreement_party_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id)
  constraint agreement_party_pkey PRIMARY KEY (agreement_id, organisation_id)
create index agreement_party_organisation ON agreement_party USING btree (organisation_id)
grant delete, insert, select, update to headwater_system

table api_key
-- A credential: 192 random bits of which only the SHA-256 is stored. The operator belongs to no organisation and so sees no record.
  id uuid not null
  organisation_id uuid
  role text not null
  label text not null
  prefix text not null
  secret_sha256 bytea not null
  vault_permission boolean not null default false
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  revoked_at timestamp with time zone
  rotated_from uuid
  purposes text[]
  constraint api_key_check CHECK (((role = 'operator'::text) = (organisation_id IS NULL)))
  constraint api_key_check1 CHECK (((NOT vault_permission) OR (role = ANY (ARRAY['investigator'::text, 'data_officer'::text]))))
  constraint api_key_purposes CHECK ((cardinality(purposes) > 0))
  constraint api_key_role_check CHECK ((role = ANY (ARRAY['operator'::text, 'field'::text, 'analyst'::text, 'investigator'::text, 'data_officer'::text, 'dashboard'::text, 'partner'::text])))
  constraint api_key_secret_sha256_check CHECK ((length(secret_sha256) = 32))
  constraint api_key_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id)
  constraint api_key_rotated_from_fkey FOREIGN KEY (rotated_from) REFERENCES api_key(id)
  constraint api_key_pkey PRIMARY KEY (id)
  constraint api_key_prefix_key UNIQUE (prefix)
CREATE TRIGGER api_key_decides_access AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON api_key FOR EACH STATEMENT EXECUTE FUNCTION access_changed()
grant delete, insert, select, update to headwater_system

table attachment
-- A file attached to a report or a legal case: what kind of evidence, of which type, how large, and the SHA-256 of its bytes. Its class is always that of what it hangs on.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  report_id uuid
  legal_case_id uuid
  kind text not null
  media_type text not null
  byte_size integer not null
  sha256 bytea not null
  attached_by uuid not null
  attached_at timestamp with time zone not null
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null
  known_to timestamp with time zone
  retracted_at timestamp with time zone
  exhibit_id uuid
  constraint attachment_byte_size_check CHECK ((byte_size >= 1))
  constraint attachment_check CHECK ((known_from < known_to))
  constraint attachment_kind_check CHECK ((kind = ANY (ARRAY['document_scan'::text, 'receipt'::text, 'ticket'::text, 'contract'::text, 'message_export'::text, 'court_paper'::text, 'vehicle_photo'::text, 'place_photo'::text, 'other_evidence'::text])))
  constraint attachment_one_parent CHECK ((num_nonnulls(report_id, legal_case_id, exhibit_id) = 1)) NOT VALID
  constraint attachment_sha256_check CHECK ((octet_length(sha256) = 32))
  constraint attachment_version_check CHECK ((version >= 1))
  constraint attachment_exhibit_id_fkey FOREIGN KEY (exhibit_id) REFERENCES exhibit(id) NOT VALID
  constraint attachment_legal_case_id_fkey FOREIGN KEY (legal_case_id) REFERENCES legal_case(id)
  constraint attachment_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint attachment_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint attachment_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint attachment_pkey PRIMARY KEY (id)
create index attachment_exhibit ON attachment USING btree (exhibit_id)
create index attachment_history ON attachment USING btree (version_of) WHERE (version_of IS NOT NULL)
create index attachment_legal_case ON attachment USING btree (legal_case_id)
create index attachment_page ON attachment USING btree (attached_at DESC, id DESC) WHERE (known_to IS NULL)
create index attachment_report ON attachment USING btree (report_id)
CREATE TRIGGER attachment_changed_delete AFTER DELETE ON attachment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER attachment_changed_insert AFTER INSERT ON attachment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER attachment_changed_update AFTER UPDATE ON attachment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy attachment_system for all to headwater_system using true with check true
policy attachment_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table attachment_content
-- Name and bytes of an attached file, sealed with AES-256-GCM under a key of their own that lies outside this database. Gone when the file is withdrawn.
  attachment_id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  key_id uuid not null
  sealed_name bytea not null
  sealed_bytes bytea not null
  constraint attachment_content_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES attachment(id)
  constraint attachment_content_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint attachment_content_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint attachment_content_pkey PRIMARY KEY (attachment_id)
CREATE TRIGGER attachment_content_changed_delete AFTER DELETE ON attachment_content REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER attachment_content_changed_insert AFTER INSERT ON attachment_content REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER attachment_content_changed_update AFTER UPDATE ON attachment_content REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy attachment_content_system for all to headwater_system using true with check true
policy attachment_content_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select to headwater_system

table audit_epoch
-- The audit chain's head at the end of each hour: the leaves of the tree whose root is signed and handed out. Hours, and not events, so that a checkpoint does not tell how much went on.
  epoch bigint not null
  sequence bigint not null
  head bytea not null
  closed_at timestamp with time zone not null
  constraint audit_epoch_epoch_check CHECK ((epoch >= 0))
  constraint audit_epoch_head_check CHECK ((length(head) = 32))
  constraint audit_epoch_sequence_check CHECK ((sequence >= 0))
  constraint audit_epoch_pkey PRIMARY KEY (epoch)
CREATE TRIGGER audit_epoch_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_epoch FOR EACH STATEMENT EXECUTE FUNCTION audit_event_is_append_only()
grant insert, select to headwater_system

table audit_event
-- Who read, saw, changed or shared what and why: append-only, each event hashed over the one before. Ids only, so that erasing a person keeps the chain whole.
  sequence bigint not null
  at timestamp with time zone not null
  organisation_id uuid
  key_id uuid
  action text not null
  object_kind text not null
  object_ids uuid[] not null
  purpose text
  detail jsonb not null default '{}'::jsonb
  previous_hash bytea not null
  hash bytea not null
  about_owner_ids uuid[] not null default '{}'::uuid[]
  constraint audit_event_hash_check CHECK ((length(hash) = 32))
  constraint audit_event_previous_hash_check CHECK ((length(previous_hash) = 32))
  constraint audit_event_pkey PRIMARY KEY (sequence)
create index audit_event_about_owners ON audit_event USING gin (about_owner_ids)
create index audit_event_object ON audit_event USING gin (object_ids)
create index audit_event_of_organisation ON audit_event USING btree (organisation_id, sequence DESC)
CREATE TRIGGER audit_event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_event_is_append_only()
grant insert, select to headwater_system

table break_glass
-- Who opened sealed fields of their own organisation without the permission, why, until when, who was told, and what that one said of it afterwards.
  id uuid not null
  organisation_id uuid not null
  actor_id uuid not null
  told_id uuid not null
  reason text not null
  case_token bytea not null
  began_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  ended_at timestamp with time zone
  ended_by uuid
  reviewed_at timestamp with time zone
  reviewed_by uuid
  justified boolean
  version integer not null default 1
  constraint break_glass_case_token_check CHECK ((length(case_token) = 32))
  constraint break_glass_check CHECK ((actor_id <> told_id))
  constraint break_glass_check1 CHECK (((ends_at > began_at) AND (ends_at <= (began_at + '01:00:00'::interval))))
  constraint break_glass_check2 CHECK ((((reviewed_at IS NULL) = (justified IS NULL)) AND ((reviewed_at IS NULL) = (reviewed_by IS NULL))))
  constraint break_glass_check3 CHECK ((reviewed_by <> actor_id))
  constraint break_glass_check4 CHECK (((reviewed_at IS NULL) OR (ended_at IS NOT NULL)))
  constraint break_glass_reason_check CHECK ((reason = ANY (ARRAY['immediate_danger'::text, 'medical_emergency'::text, 'child_at_risk'::text, 'person_missing'::text, 'court_deadline'::text, 'nobody_reachable'::text])))
  constraint break_glass_version_check CHECK ((version >= 1))
  constraint break_glass_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id)
  constraint break_glass_pkey PRIMARY KEY (id)
create index break_glass_actor ON break_glass USING btree (actor_id, began_at DESC)
create index break_glass_organisation ON break_glass USING btree (organisation_id, began_at DESC)
create index break_glass_told ON break_glass USING btree (told_id) WHERE (reviewed_at IS NULL)
CREATE TRIGGER break_glass_decides_access AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON break_glass FOR EACH STATEMENT EXECUTE FUNCTION access_changed()
grant insert, select, update to headwater_system

table case_release
-- A report that its owner released under an agreement that shares case by case, with all it tells of; until when.
  id uuid not null
  agreement_id uuid not null
  owner_id uuid not null
  report_id uuid not null
  released_at timestamp with time zone not null
  released_by uuid not null
  ended_at timestamp with time zone
  ended_by uuid
  constraint case_release_check CHECK (((ended_at IS NULL) = (ended_by IS NULL)))
  constraint case_release_check1 CHECK ((ended_at >= released_at))
  constraint case_release_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES agreement(id)
  constraint case_release_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint case_release_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint case_release_pkey PRIMARY KEY (id)
create index case_release_agreement ON case_release USING btree (agreement_id, owner_id, released_at DESC)
create index case_release_report ON case_release USING btree (report_id)
create unique INDEX case_release_standing ON case_release USING btree (report_id, agreement_id) WHERE (ended_at IS NULL)
grant delete, insert, select, update to headwater_system

table class_change
-- One row a visibility class and transaction that wrote rows of it, folded later into one another: the sum changes whenever a transaction that wrote becomes visible.
  visibility_class_id integer not null
  transaction xid8 not null
  changes bigint not null default 1
  constraint class_change_pkey PRIMARY KEY (visibility_class_id, transaction)
row security, forced
policy class_change_system for all to headwater_system using true with check true
policy class_change_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table comment_text
-- What one version of a comment says, sealed with AES-256-GCM under a key of its own that lies outside this database.
  id uuid not null
  comment_id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  key_id uuid not null
  sealed bytea not null
  constraint comment_text_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES record_comment(id)
  constraint comment_text_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint comment_text_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint comment_text_pkey PRIMARY KEY (id)
create index comment_text_comment ON comment_text USING btree (comment_id)
CREATE TRIGGER comment_text_changed_delete AFTER DELETE ON comment_text REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER comment_text_changed_insert AFTER INSERT ON comment_text REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER comment_text_changed_update AFTER UPDATE ON comment_text REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy comment_text_system for all to headwater_system using true with check true
policy comment_text_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table crossing
-- Where a movement passes a border: observed at a station, or inferred where a straight leg meets the line (an artefact, kept apart).
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  movement_id uuid not null
  incident_id uuid not null
  origin_id uuid
  kind text not null
  ordinal smallint not null
  from_country text not null
  to_country text not null
  country_a text not null
  country_b text not null
  longitude double precision not null
  latitude double precision not null
  z bigint not null
  cell bigint
  cell_resolution smallint
  place_id uuid
  distance_km double precision
  occurred_from timestamp with time zone
  occurred_to timestamp with time zone
  occurred_granularity text not null default 'unknown'::text
  occurred_zone text
  occurred_basis text
  month date
  persons_min integer not null
  persons_max integer
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null default now()
  known_to timestamp with time zone
  batch_id uuid
  constraint crossing_check CHECK (((occurred_from IS NULL) OR (occurred_from < occurred_to)))
  constraint crossing_check1 CHECK ((known_from < known_to))
  constraint crossing_check2 CHECK ((country_a < country_b))
  constraint crossing_kind_check CHECK ((kind = ANY (ARRAY['observed'::text, 'stated'::text, 'inferred'::text])))
  constraint crossing_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
  constraint crossing_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
  constraint crossing_occurred_granularity_check CHECK ((occurred_granularity = ANY (ARRAY['instant'::text, 'hour'::text, 'day'::text, 'month'::text, 'quarter'::text, 'year'::text, 'unknown'::text])))
  constraint crossing_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint crossing_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint crossing_movement_id_fkey FOREIGN KEY (movement_id) REFERENCES movement(id)
  constraint crossing_origin_id_fkey FOREIGN KEY (origin_id) REFERENCES source_origin(id)
  constraint crossing_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint crossing_pkey PRIMARY KEY (id)
create index crossing_batch ON crossing USING btree (batch_id)
create index crossing_border ON crossing USING btree (country_a, country_b, kind) WHERE (known_to IS NULL)
create index crossing_incident ON crossing USING btree (incident_id)
create index crossing_movement ON crossing USING btree (movement_id)
create index crossing_page ON crossing USING btree (occurred_from DESC NULLS LAST, id DESC) WHERE (known_to IS NULL)
create index crossing_z ON crossing USING btree (z) WHERE (known_to IS NULL)
CREATE TRIGGER crossing_changed_delete AFTER DELETE ON crossing REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER crossing_changed_insert AFTER INSERT ON crossing REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER crossing_changed_update AFTER UPDATE ON crossing REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER crossing_mapped_delete AFTER DELETE ON crossing REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crossing_mapped()
CREATE TRIGGER crossing_mapped_insert AFTER INSERT ON crossing REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crossing_mapped()
CREATE TRIGGER crossing_mapped_truncate AFTER TRUNCATE ON crossing FOR EACH STATEMENT EXECUTE FUNCTION map_emptied()
CREATE TRIGGER crossing_mapped_update AFTER UPDATE ON crossing REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crossing_mapped()
CREATE TRIGGER crossing_noted_delete AFTER DELETE ON crossing REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_part_noted()
CREATE TRIGGER crossing_noted_insert AFTER INSERT ON crossing REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_part_noted()
CREATE TRIGGER crossing_noted_update AFTER UPDATE ON crossing REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_part_noted()
row security, forced
policy crossing_system for all to headwater_system using true with check true
policy crossing_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table crossing_reading
-- All crossings a movement had until one of its stops was decided, or undone: each as the row of crossing that it was, whose id it bears.
  movement_id uuid not null
  until timestamp with time zone not null
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  incident_id uuid not null
  origin_id uuid
  kind text not null
  ordinal smallint not null
  from_country text not null
  to_country text not null
  country_a text not null
  country_b text not null
  longitude double precision not null
  latitude double precision not null
  z bigint not null
  cell bigint
  cell_resolution smallint
  place_id uuid
  distance_km double precision
  occurred_from timestamp with time zone
  occurred_to timestamp with time zone
  occurred_granularity text not null
  occurred_zone text
  occurred_basis text
  month date
  persons_min integer not null
  persons_max integer
  version integer not null
  version_of uuid
  known_from timestamp with time zone not null
  known_to timestamp with time zone
  constraint crossing_reading_check CHECK ((known_from < known_to))
  constraint crossing_reading_check1 CHECK ((country_a < country_b))
  constraint crossing_reading_kind_check CHECK ((kind = ANY (ARRAY['observed'::text, 'stated'::text, 'inferred'::text])))
  constraint crossing_reading_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
  constraint crossing_reading_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
  constraint crossing_reading_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint crossing_reading_movement_id_fkey FOREIGN KEY (movement_id) REFERENCES movement(id) ON DELETE CASCADE
  constraint crossing_reading_origin_id_fkey FOREIGN KEY (origin_id) REFERENCES source_origin(id)
  constraint crossing_reading_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint crossing_reading_pkey PRIMARY KEY (movement_id, until, id)
create index crossing_reading_incident ON crossing_reading USING btree (incident_id)
CREATE TRIGGER crossing_reading_changed_delete AFTER DELETE ON crossing_reading REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER crossing_reading_changed_insert AFTER INSERT ON crossing_reading REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER crossing_reading_changed_update AFTER UPDATE ON crossing_reading REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy crossing_reading_system for all to headwater_system using true with check true
policy crossing_reading_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table custody_entry
-- What happened to an exhibit and through whose hands it went, each entry digested under a key over the one before. Roles and pseudonymous references; names lie in the vault.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  exhibit_id uuid not null
  ordinal integer not null
  kind text not null
  occurred_at timestamp with time zone not null
  from_role text
  from_reference text
  to_role text
  to_reference text
  sha256 bytea
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  previous_hash bytea not null
  hash bytea not null
  constraint custody_entry_from_reference_check CHECK (((from_reference ~ '[0-9]'::text) AND (length(from_reference) <= 60)))
  constraint custody_entry_hash_check CHECK ((octet_length(hash) = 32))
  constraint custody_entry_kind_check CHECK ((kind = ANY (ARRAY['received'::text, 'transferred'::text, 'sealed'::text, 'opened'::text, 'copied'::text, 'submitted_to_court'::text, 'returned'::text, 'destroyed'::text])))
  constraint custody_entry_ordinal_check CHECK ((ordinal >= 1))
  constraint custody_entry_previous_hash_check CHECK ((octet_length(previous_hash) = 32))
  constraint custody_entry_sha256_check CHECK ((octet_length(sha256) = 32))
  constraint custody_entry_to_reference_check CHECK (((to_reference ~ '[0-9]'::text) AND (length(to_reference) <= 60)))
  constraint custody_entry_exhibit_id_fkey FOREIGN KEY (exhibit_id) REFERENCES exhibit(id)
  constraint custody_entry_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint custody_entry_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint custody_entry_pkey PRIMARY KEY (id)
  constraint custody_entry_exhibit_id_ordinal_key UNIQUE (exhibit_id, ordinal)
CREATE TRIGGER custody_entry_changed_delete AFTER DELETE ON custody_entry REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER custody_entry_changed_insert AFTER INSERT ON custody_entry REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER custody_entry_changed_update AFTER UPDATE ON custody_entry REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy custody_entry_system for all to headwater_system using true with check true
policy custody_entry_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant insert, select to headwater_system

table doomed_key
-- Keys whose destruction is decided; a row goes when the key is gone, so that no crash in between leaves one.
  key_id uuid not null
  constraint doomed_key_pkey PRIMARY KEY (key_id)
grant delete, insert, select, update to headwater_system

table effort
-- Staff-time per monitoring location and month: the denominator of every rate. Only its owner sees it.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  station_id uuid not null
  month date not null
  staff numeric not null
  work_fraction numeric not null
  batch_id uuid
  identity_digest bytea not null
  content_digest bytea not null
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null default now()
  known_to timestamp with time zone
  constraint effort_check CHECK ((known_from < known_to))
  constraint effort_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  constraint effort_staff_check CHECK ((staff >= (0)::numeric))
  constraint effort_version_check CHECK ((version >= 1))
  constraint effort_work_fraction_check CHECK (((work_fraction >= (0)::numeric) AND (work_fraction <= (1)::numeric)))
  constraint effort_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint effort_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint effort_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id)
  constraint effort_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint effort_pkey PRIMARY KEY (id)
create index effort_batch ON effort USING btree (batch_id)
create index effort_history ON effort USING btree (version_of) WHERE (version_of IS NOT NULL)
create unique INDEX effort_identity ON effort USING btree (owner_id, identity_digest) WHERE (known_to IS NULL)
CREATE TRIGGER effort_changed_delete AFTER DELETE ON effort REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER effort_changed_insert AFTER INSERT ON effort REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER effort_changed_update AFTER UPDATE ON effort REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy effort_system for all to headwater_system using true with check true
policy effort_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table entity
-- A network, establishment, individual, support structure, vehicle, phone, account or document that statements speak of; for a person the name is in the vault and the label says the role.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  kind text not null
  label text not null
  report_id uuid not null
  batch_id uuid
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null default now()
  known_to timestamp with time zone
  erased_at timestamp with time zone
  person_id uuid
  constraint entity_check CHECK ((known_from < known_to))
  constraint entity_kind_check CHECK ((kind = ANY (ARRAY['individual'::text, 'network'::text, 'establishment'::text, 'support_structure'::text, 'vehicle'::text, 'phone'::text, 'account'::text, 'document'::text])))
  constraint entity_version_check CHECK ((version >= 1))
  constraint entity_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint entity_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint entity_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint entity_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint entity_pkey PRIMARY KEY (id)
create index entity_batch ON entity USING btree (batch_id)
create index entity_page ON entity USING btree (known_from DESC, id DESC) WHERE (known_to IS NULL)
create index entity_person ON entity USING btree (person_id) WHERE (person_id IS NOT NULL)
create index entity_report ON entity USING btree (report_id)
CREATE TRIGGER entity_changed_delete AFTER DELETE ON entity REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER entity_changed_insert AFTER INSERT ON entity REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER entity_changed_update AFTER UPDATE ON entity REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy entity_system for all to headwater_system using true with check true
policy entity_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table entity_link
-- One entity's tie to another (uses, owns, works for), as one report has it.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  from_entity uuid not null
  to_entity uuid not null
  kind text not null
  report_id uuid not null
  batch_id uuid
  constraint entity_link_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint entity_link_from_entity_fkey FOREIGN KEY (from_entity) REFERENCES entity(id)
  constraint entity_link_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint entity_link_to_entity_fkey FOREIGN KEY (to_entity) REFERENCES entity(id)
  constraint entity_link_pkey PRIMARY KEY (id)
create index entity_link_from ON entity_link USING btree (from_entity)
create index entity_link_report ON entity_link USING btree (report_id)
create index entity_link_to ON entity_link USING btree (to_entity)
CREATE TRIGGER entity_link_changed_delete AFTER DELETE ON entity_link REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER entity_link_changed_insert AFTER INSERT ON entity_link REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER entity_link_changed_update AFTER UPDATE ON entity_link REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy entity_link_system for all to headwater_system using true with check true
policy entity_link_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table erasure
-- Lines of the erasure ledger (beside the keys) that this database has carried out; one of the ledger that is missing here is carried out when the hub opens.
  ledger_token bytea not null
  kind text not null
  object_id uuid
  owner_id uuid
  receipt bytea
  request bytea
  counts jsonb not null default '{}'::jsonb
  erased_at timestamp with time zone not null
  constraint erasure_kind_check CHECK ((kind = ANY (ARRAY['subject'::text, 'entity'::text, 'report'::text, 'purged'::text]))) NOT VALID
  constraint erasure_ledger_token_check CHECK ((octet_length(ledger_token) = 32))
  constraint erasure_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint erasure_pkey PRIMARY KEY (ledger_token)
create index erasure_object ON erasure USING btree (object_id) WHERE (object_id IS NOT NULL)
create unique INDEX erasure_receipt ON erasure USING btree (owner_id, receipt) WHERE (receipt IS NOT NULL)
grant delete, insert, select, update to headwater_system

table exhibit
-- A thing in evidence of a legal case: its kind, its label, the SHA-256 of its file. Its class is always that of its case.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  legal_case_id uuid not null
  kind text not null
  label text
  sha256 bytea not null
  attachment_id uuid
  recorded_by uuid not null
  recorded_at timestamp with time zone not null
  custody_head bytea not null
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null
  known_to timestamp with time zone
  retracted_at timestamp with time zone
  constraint exhibit_check CHECK ((known_from < known_to))
  constraint exhibit_custody_head_check CHECK ((octet_length(custody_head) = 32))
  constraint exhibit_kind_check CHECK ((kind = ANY (ARRAY['document'::text, 'travel_document'::text, 'photograph'::text, 'audio'::text, 'video'::text, 'message_log'::text, 'financial_record'::text, 'device'::text, 'physical_object'::text, 'other'::text])))
  constraint exhibit_label_check CHECK (((label ~ '[0-9]'::text) AND (length(label) <= 60)))
  constraint exhibit_sha256_check CHECK ((octet_length(sha256) = 32))
  constraint exhibit_version_check CHECK ((version >= 1))
  constraint exhibit_legal_case_id_fkey FOREIGN KEY (legal_case_id) REFERENCES legal_case(id)
  constraint exhibit_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint exhibit_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint exhibit_pkey PRIMARY KEY (id)
create index exhibit_history ON exhibit USING btree (version_of) WHERE (version_of IS NOT NULL)
create index exhibit_legal_case ON exhibit USING btree (legal_case_id)
create index exhibit_page ON exhibit USING btree (recorded_at DESC, id DESC) WHERE (known_to IS NULL)
CREATE TRIGGER exhibit_changed_delete AFTER DELETE ON exhibit REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER exhibit_changed_insert AFTER INSERT ON exhibit REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER exhibit_changed_update AFTER UPDATE ON exhibit REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER exhibit_custody_follows AFTER UPDATE OF visibility_class_id ON exhibit FOR EACH ROW WHEN ((old.visibility_class_id <> new.visibility_class_id)) EXECUTE FUNCTION exhibit_follows()
row security, forced
policy exhibit_system for all to headwater_system using true with check true
policy exhibit_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table flow_block
-- Spans of visibility classes, as many as a power of two and beginning at a multiple of it, whose rows of flow_rollup are added up in flow_block_cell. classes: those that had folded rows by country pair, some in either half. Of use to whoever sees all of them whole.
  middle integer not null
  span int4range not null
  classes int4multirange not null
  constraint flow_block_pkey PRIMARY KEY (middle)
row security, forced
policy flow_block_system for all to headwater_system using true with check true
policy flow_block_viewer for select to headwater_app using (classes <@ ( SELECT range_agg(int4range(c.c, c.c, '[]'::text)) AS range_agg FROM unnest((NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[]) c(c)))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table flow_block_cell
-- Folded rows of flow_rollup by country pair, summed over all classes of a block. Made anew in the transaction that folds any of them: never to be added to those rows.
  block integer not null
  origin_country text
  destination_country text
  verification text not null
  movements integer not null
  persons_min bigint not null
  persons_max bigint not null
  unbounded integer not null
create index flow_block_cell_block ON flow_block_cell USING btree (block)
row security, forced
policy flow_block_cell_system for all to headwater_system using true with check true
policy flow_block_cell_viewer for select to headwater_app using (block = ANY (ARRAY( SELECT b.middle FROM flow_block b)))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table flow_observation
-- A published aggregate between two areas over a period. Never a movement, never support for a corridor.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  publisher text not null
  origin_reference_id uuid
  origin_country text
  origin_name text
  origin_longitude double precision
  origin_latitude double precision
  destination_reference_id uuid
  destination_country text
  destination_name text
  destination_longitude double precision
  destination_latitude double precision
  period_from timestamp with time zone not null
  period_to timestamp with time zone not null
  period_granularity text not null
  population text not null
  unit text not null
  measure text not null
  value_min bigint not null
  value_max bigint
  identity_digest bytea not null
  occurrence integer not null default 1
  content_digest bytea not null
  batch_id uuid
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null default now()
  known_to timestamp with time zone
  constraint flow_observation_check CHECK ((value_max >= value_min))
  constraint flow_observation_check1 CHECK ((known_from < known_to))
  constraint flow_observation_check2 CHECK ((period_from < period_to))
  constraint flow_observation_measure_check CHECK ((measure = ANY (ARRAY['stock'::text, 'flow'::text, 'detection'::text])))
  constraint flow_observation_population_check CHECK ((population = ANY (ARRAY['trafficking'::text, 'displacement'::text, 'migration'::text, 'deaths'::text])))
  constraint flow_observation_unit_check CHECK ((unit = ANY (ARRAY['persons'::text, 'households'::text, 'cases'::text])))
  constraint flow_observation_value_min_check CHECK ((value_min >= 0))
  constraint flow_observation_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint flow_observation_destination_reference_id_fkey FOREIGN KEY (destination_reference_id) REFERENCES place_reference(id)
  constraint flow_observation_origin_reference_id_fkey FOREIGN KEY (origin_reference_id) REFERENCES place_reference(id)
  constraint flow_observation_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint flow_observation_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint flow_observation_pkey PRIMARY KEY (id)
create index flow_observation_batch ON flow_observation USING btree (batch_id)
create index flow_observation_destination_reference ON flow_observation USING btree (destination_reference_id) WHERE (known_to IS NULL)
create index flow_observation_history ON flow_observation USING btree (version_of) WHERE (version_of IS NOT NULL)
create unique INDEX flow_observation_identity ON flow_observation USING btree (owner_id, identity_digest, occurrence) WHERE (known_to IS NULL)
create index flow_observation_origin_reference ON flow_observation USING btree (origin_reference_id) WHERE (known_to IS NULL)
create index flow_observation_page ON flow_observation USING btree (period_from DESC, id DESC) WHERE (known_to IS NULL)
CREATE TRIGGER flow_observation_changed_delete AFTER DELETE ON flow_observation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER flow_observation_changed_insert AFTER INSERT ON flow_observation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER flow_observation_changed_update AFTER UPDATE ON flow_observation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy flow_observation_system for all to headwater_system using true with check true
policy flow_observation_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table flow_observation_reading
-- Where a published flow was read to begin and end until one of the two was decided, or undone.
  flow_observation_id uuid not null
  until timestamp with time zone not null
  owner_id uuid not null
  visibility_class_id integer not null
  origin_country text
  origin_longitude double precision
  origin_latitude double precision
  destination_country text
  destination_longitude double precision
  destination_latitude double precision
  constraint flow_observation_reading_flow_observation_id_fkey FOREIGN KEY (flow_observation_id) REFERENCES flow_observation(id) ON DELETE CASCADE
  constraint flow_observation_reading_pkey PRIMARY KEY (flow_observation_id, until)
CREATE TRIGGER flow_observation_reading_changed_delete AFTER DELETE ON flow_observation_reading REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER flow_observation_reading_changed_insert AFTER INSERT ON flow_observation_reading REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER flow_observation_reading_changed_update AFTER UPDATE ON flow_observation_reading REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy flow_observation_reading_system for all to headwater_system using true with check true
policy flow_observation_reading_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table flow_rollup
-- Living movements that are alone in their incident, summed by visibility class, verification and what the grain names. Rows are only ever added, with negative counts for what is no more, and folded into one another later: to be summed by whoever reads.
  grain text not null
  owner_id uuid not null
  visibility_class_id integer not null
  month date
  quarter date default (date_trunc('quarter'::text, (month)::timestamp without time zone))::date
  year date default (date_trunc('year'::text, (month)::timestamp without time zone))::date
  first_month date
  last_month date
  origin_country text
  destination_country text
  mode text
  purpose text
  status text
  exploitation text
  verification text not null
  movements integer not null
  persons_min bigint not null
  persons_max bigint not null
  unbounded integer not null
  folded boolean not null default false
  constraint flow_rollup_grain_check CHECK ((grain = ANY (ARRAY['pair'::text, 'month'::text, 'pair_month'::text, 'kind'::text, 'kind_month'::text])))
create index flow_rollup_fresh ON flow_rollup USING btree (grain, visibility_class_id) WHERE (NOT folded)
create index flow_rollup_grain ON flow_rollup USING btree (grain, visibility_class_id)
create index flow_rollup_pair ON flow_rollup USING btree (visibility_class_id, origin_country, destination_country) INCLUDE (owner_id, verification, movements, persons_min, persons_max, unbounded) WHERE (grain = 'pair'::text)
row security, forced
policy flow_rollup_system for all to headwater_system using true with check true
policy flow_rollup_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table gazetteer_change
-- The same of places and borders, which everybody sees.
  transaction xid8 not null
  changes bigint not null default 1
  constraint gazetteer_change_pkey PRIMARY KEY (transaction)
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table import_batch
-- One file given to one profile by one organisation; the unit that is resumed and undone.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  profile text not null
  profile_version text not null
  file_name text not null
  file_sha256 bytea not null
  key_id uuid not null
  options jsonb not null default '{}'::jsonb
  encoding text not null
  state text not null
  row_count integer not null default 0
  dropped_columns text[] not null default '{}'::text[]
  unknown_columns text[] not null default '{}'::text[]
  started_at timestamp with time zone not null default now()
  finished_at timestamp with time zone
  undone_at timestamp with time zone
  importer uuid
  importer_until timestamp with time zone
  constraint import_batch_check CHECK (((importer IS NULL) = (importer_until IS NULL)))
  constraint import_batch_file_sha256_check CHECK ((length(file_sha256) = 32))
  constraint import_batch_state_check CHECK ((state = ANY (ARRAY['reading'::text, 'composing'::text, 'done'::text, 'undone'::text])))
  constraint import_batch_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint import_batch_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint import_batch_pkey PRIMARY KEY (id)
create unique INDEX import_batch_file ON import_batch USING btree (owner_id, profile, file_sha256, options) WHERE (state <> 'undone'::text)
create unique INDEX import_batch_importer ON import_batch USING btree (owner_id) WHERE (importer IS NOT NULL)
CREATE TRIGGER import_batch_changed_delete AFTER DELETE ON import_batch REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER import_batch_changed_insert AFTER INSERT ON import_batch REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER import_batch_changed_update AFTER UPDATE ON import_batch REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy import_batch_system for all to headwater_system using true with check true
policy import_batch_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table import_row
-- Each row as received minus the forbidden columns, encrypted under its batch's key, with what became of it. Digests are keyed: they cannot be guessed back to an id.
  batch_id uuid not null
  row_number integer not null
  owner_id uuid not null
  visibility_class_id integer not null
  line integer not null
  group_digest bytea not null
  by_digest boolean not null
  occurrence integer
  raw bytea
  record_id uuid
  record_version integer
  outcome text
  reasons jsonb not null default '[]'::jsonb
  constraint import_row_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'part'::text, 'version'::text, 'unchanged'::text, 'quarantined'::text])))
  constraint import_row_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint import_row_pkey PRIMARY KEY (batch_id, row_number)
create index import_row_group ON import_row USING btree (group_digest)
create index import_row_outcome ON import_row USING btree (batch_id, outcome) WHERE (outcome IS NOT NULL)
create index import_row_record ON import_row USING btree (record_id) WHERE (record_id IS NOT NULL)
row security, forced
policy import_row_system for all to headwater_system using true with check true
policy import_row_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table incident
-- Something that happened at a place and time. Independent cases are incidents.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  report_id uuid not null
  kind text not null
  population text not null
  occurred_from timestamp with time zone
  occurred_to timestamp with time zone
  occurred_granularity text not null default 'unknown'::text
  occurred_zone text
  occurred_basis text
  month date
  place_reference_id uuid
  place_id uuid
  country text
  longitude double precision
  latitude double precision
  z bigint
  cell bigint
  cell_resolution smallint
  persons_min integer not null
  persons_max integer
  counts jsonb not null default '{}'::jsonb
  verification text not null
  red_flag_total integer
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null default now()
  known_to timestamp with time zone
  batch_id uuid
  content_id uuid
  constraint incident_cell_resolution_check CHECK (((cell_resolution >= 0) AND (cell_resolution <= 15)))
  constraint incident_check CHECK (((occurred_from IS NULL) OR (occurred_from < occurred_to)))
  constraint incident_check1 CHECK ((persons_max >= persons_min))
  constraint incident_check2 CHECK ((known_from < known_to))
  constraint incident_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
  constraint incident_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
  constraint incident_occurred_granularity_check CHECK ((occurred_granularity = ANY (ARRAY['instant'::text, 'hour'::text, 'day'::text, 'month'::text, 'quarter'::text, 'year'::text, 'unknown'::text])))
  constraint incident_persons_min_check CHECK ((persons_min >= 0))
  constraint incident_population_check CHECK ((population = ANY (ARRAY['trafficking'::text, 'displacement'::text, 'migration'::text, 'deaths'::text])))
  constraint incident_verification_check CHECK ((verification = ANY (ARRAY['unverified'::text, 'evidence'::text, 'high_risk'::text, 'should_not_count'::text])))
  constraint incident_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint incident_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint incident_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint incident_place_reference_id_fkey FOREIGN KEY (place_reference_id) REFERENCES place_reference(id)
  constraint incident_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint incident_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint incident_pkey PRIMARY KEY (id)
create index incident_batch ON incident USING btree (batch_id)
create index incident_page ON incident USING btree (occurred_from DESC NULLS LAST, id DESC) WHERE (known_to IS NULL)
create index incident_place_reference ON incident USING btree (place_reference_id) WHERE (known_to IS NULL)
create index incident_report ON incident USING btree (report_id)
create index incident_z ON incident USING btree (z) WHERE (known_to IS NULL)
CREATE TRIGGER incident_changed_delete AFTER DELETE ON incident REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER incident_changed_insert AFTER INSERT ON incident REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER incident_changed_update AFTER UPDATE ON incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER incident_mapped_delete AFTER DELETE ON incident REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION incident_mapped()
CREATE TRIGGER incident_mapped_insert AFTER INSERT ON incident REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION incident_mapped()
CREATE TRIGGER incident_mapped_truncate AFTER TRUNCATE ON incident FOR EACH STATEMENT EXECUTE FUNCTION map_emptied()
CREATE TRIGGER incident_mapped_update AFTER UPDATE ON incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION incident_mapped()
CREATE TRIGGER incident_noted_update AFTER UPDATE ON incident REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION incident_noted()
row security, forced
policy incident_system for all to headwater_system using true with check true
policy incident_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table incident_reading
-- Where an incident was read to be until a decision about its place, or its undoing.
  incident_id uuid not null
  until timestamp with time zone not null
  owner_id uuid not null
  visibility_class_id integer not null
  place_id uuid
  country text
  longitude double precision
  latitude double precision
  z bigint
  cell bigint
  cell_resolution smallint
  constraint incident_reading_cell_resolution_check CHECK (((cell_resolution >= 0) AND (cell_resolution <= 15)))
  constraint incident_reading_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
  constraint incident_reading_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
  constraint incident_reading_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id) ON DELETE CASCADE
  constraint incident_reading_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint incident_reading_pkey PRIMARY KEY (incident_id, until)
CREATE TRIGGER incident_reading_changed_delete AFTER DELETE ON incident_reading REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER incident_reading_changed_insert AFTER INSERT ON incident_reading REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER incident_reading_changed_update AFTER UPDATE ON incident_reading REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy incident_reading_system for all to headwater_system using true with check true
policy incident_reading_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table indicator
-- A coded, versioned observation on an incident of how traffickers work.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  incident_id uuid not null
  scheme text not null
  code text not null
  value jsonb not null
  batch_id uuid
  constraint indicator_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint indicator_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint indicator_pkey PRIMARY KEY (id)
create index indicator_batch ON indicator USING btree (batch_id)
create index indicator_incident ON indicator USING btree (incident_id)
CREATE TRIGGER indicator_changed_delete AFTER DELETE ON indicator REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER indicator_changed_insert AFTER INSERT ON indicator REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER indicator_changed_update AFTER UPDATE ON indicator REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy indicator_system for all to headwater_system using true with check true
policy indicator_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table interdiction
-- An arrest, or a station, road or crossing opened or closed: what change is measured against.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  kind text not null
  occurred_on date not null
  place_reference_id uuid
  place_id uuid
  country text
  longitude double precision
  latitude double precision
  z bigint
  cell bigint
  cell_resolution smallint
  basis text not null default 'unknown'::text
  station_id uuid
  reference text
  incident_ids uuid[] not null default '{}'::uuid[]
  entity_ids uuid[] not null default '{}'::uuid[]
  identity_digest bytea not null
  occurrence integer not null default 1
  content_digest bytea not null
  retracted_at timestamp with time zone
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null default now()
  known_to timestamp with time zone
  batch_id uuid
  constraint interdiction_basis_check CHECK ((basis = ANY (ARRAY['observed'::text, 'official'::text, 'partner'::text, 'published'::text, 'stated'::text, 'unknown'::text])))
  constraint interdiction_cell_resolution_check CHECK (((cell_resolution >= 0) AND (cell_resolution <= 15)))
  constraint interdiction_check CHECK ((known_from < known_to))
  constraint interdiction_check1 CHECK (((kind = ANY (ARRAY['station_opened'::text, 'station_closed'::text])) <= (station_id IS NOT NULL)))
  constraint interdiction_kind_check CHECK ((kind = ANY (ARRAY['arrest'::text, 'station_opened'::text, 'station_closed'::text, 'road_opened'::text, 'road_closed'::text, 'crossing_opened'::text, 'crossing_closed'::text])))
  constraint interdiction_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
  constraint interdiction_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
  constraint interdiction_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint interdiction_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint interdiction_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint interdiction_place_reference_id_fkey FOREIGN KEY (place_reference_id) REFERENCES place_reference(id)
  constraint interdiction_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id)
  constraint interdiction_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint interdiction_pkey PRIMARY KEY (id)
create index interdiction_batch ON interdiction USING btree (batch_id)
create index interdiction_history ON interdiction USING btree (version_of) WHERE (version_of IS NOT NULL)
create unique INDEX interdiction_identity ON interdiction USING btree (owner_id, identity_digest, occurrence) WHERE (known_to IS NULL)
create index interdiction_page ON interdiction USING btree (occurred_on DESC, id DESC) WHERE (known_to IS NULL)
create index interdiction_place ON interdiction USING btree (place_reference_id) WHERE (place_reference_id IS NOT NULL)
CREATE TRIGGER interdiction_changed_delete AFTER DELETE ON interdiction REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER interdiction_changed_insert AFTER INSERT ON interdiction REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER interdiction_changed_update AFTER UPDATE ON interdiction REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy interdiction_system for all to headwater_system using true with check true
policy interdiction_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table key_folder
-- One row: a keyed digest by which a hub knows whether the key folder it was given is the one under which this database was begun.
  singleton boolean not null default true
  mark bytea not null
  constraint key_folder_mark_check CHECK ((octet_length(mark) = 32))
  constraint key_folder_singleton_check CHECK (singleton)
  constraint key_folder_pkey PRIMARY KEY (singleton)
grant insert, select to headwater_system

table land_border
-- The line between two neighbouring countries, under the border policy of docs/gazetteer.md.
  country_a text not null
  country_b text not null
  length_km double precision not null
  line geography(MultiLineString,4326) not null
  constraint land_border_check CHECK ((country_a < country_b))
  constraint land_border_pkey PRIMARY KEY (country_a, country_b)
CREATE TRIGGER land_border_changed AFTER INSERT OR DELETE OR UPDATE ON land_border FOR EACH STATEMENT EXECUTE FUNCTION gazetteer_changed()
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table learned_place_alias
-- What a name means in one organisation's words, learnt from a decision of its own. Never another organisation's to see, and never used for another's words.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  name_token bytea not null
  name text
  said_country text not null
  decided text not null
  place_id uuid
  longitude double precision
  latitude double precision
  level text
  act_id uuid not null
  learned_by uuid not null
  learned_at timestamp with time zone not null
  constraint learned_place_alias_check CHECK (((decided = 'place'::text) = (place_id IS NOT NULL)))
  constraint learned_place_alias_check1 CHECK (((decided = 'position'::text) = ((longitude IS NOT NULL) AND (latitude IS NOT NULL) AND (level IS NOT NULL))))
  constraint learned_place_alias_decided_check CHECK ((decided = ANY (ARRAY['place'::text, 'position'::text, 'not_a_place'::text])))
  constraint learned_place_alias_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
  constraint learned_place_alias_level_check CHECK ((level = ANY (ARRAY['exact'::text, 'locality'::text, 'admin'::text])))
  constraint learned_place_alias_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
  constraint learned_place_alias_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint learned_place_alias_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint learned_place_alias_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint learned_place_alias_pkey PRIMARY KEY (id)
  constraint learned_place_alias_owner_id_name_token_said_country_key UNIQUE (owner_id, name_token, said_country)
CREATE TRIGGER learned_place_alias_changed_delete AFTER DELETE ON learned_place_alias REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER learned_place_alias_changed_insert AFTER INSERT ON learned_place_alias REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER learned_place_alias_changed_update AFTER UPDATE ON learned_place_alias REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy learned_place_alias_system for all to headwater_system using true with check true
policy learned_place_alias_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table legal_case
-- A case before a court: where, how far it got, against whom, and on which incidents and reports it rests. Defendants are entities; no name stands here.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  court text not null
  country text not null
  status text not null
  opened_on date not null
  reference text
  defendant_ids uuid[] not null default '{}'::uuid[]
  incident_ids uuid[] not null default '{}'::uuid[]
  report_ids uuid[] not null default '{}'::uuid[]
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null
  known_to timestamp with time zone
  retracted_at timestamp with time zone
  constraint legal_case_check CHECK ((known_from < known_to))
  constraint legal_case_country_check CHECK ((country ~ '^[A-Z]{3}$'::text))
  constraint legal_case_court_check CHECK (((length(court) >= 1) AND (length(court) <= 200)))
  constraint legal_case_status_check CHECK ((status = ANY (ARRAY['investigation'::text, 'charged'::text, 'trial'::text, 'appeal'::text, 'decided'::text, 'dropped'::text])))
  constraint legal_case_version_check CHECK ((version >= 1))
  constraint legal_case_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint legal_case_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint legal_case_pkey PRIMARY KEY (id)
create index legal_case_defendants ON legal_case USING gin (defendant_ids)
create index legal_case_history ON legal_case USING btree (version_of) WHERE (version_of IS NOT NULL)
create index legal_case_incidents ON legal_case USING gin (incident_ids)
create index legal_case_page ON legal_case USING btree (opened_on DESC, id DESC) WHERE (known_to IS NULL)
create index legal_case_reports ON legal_case USING gin (report_ids)
CREATE TRIGGER legal_case_attachment_follows AFTER UPDATE OF visibility_class_id ON legal_case FOR EACH ROW WHEN ((old.visibility_class_id <> new.visibility_class_id)) EXECUTE FUNCTION attachment_follows()
CREATE TRIGGER legal_case_changed_delete AFTER DELETE ON legal_case REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER legal_case_changed_insert AFTER INSERT ON legal_case REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER legal_case_changed_update AFTER UPDATE ON legal_case REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER legal_case_exhibit_follows AFTER UPDATE OF visibility_class_id ON legal_case FOR EACH ROW WHEN ((old.visibility_class_id <> new.visibility_class_id)) EXECUTE FUNCTION exhibit_follows()
row security, forced
policy legal_case_system for all to headwater_system using true with check true
policy legal_case_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table legal_case_event
-- What happened in a legal case on a day: referral, arrest, charge, hearing, verdict. Belongs to one version of the case.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  case_id uuid not null
  ordinal integer not null
  kind text not null
  occurred_on date not null
  defendant_id uuid
  law text
  hearing text
  result text
  verdict text
  sentence_months integer
  constraint legal_case_event_check CHECK (((law IS NULL) OR (kind = ANY (ARRAY['charge'::text, 'verdict'::text]))))
  constraint legal_case_event_check1 CHECK (((kind <> ALL (ARRAY['charge'::text, 'verdict'::text])) OR (law IS NOT NULL)))
  constraint legal_case_event_check2 CHECK (((kind = 'hearing'::text) = (hearing IS NOT NULL)))
  constraint legal_case_event_check3 CHECK (((result IS NULL) OR (kind = 'hearing'::text)))
  constraint legal_case_event_check4 CHECK (((kind = 'verdict'::text) = (verdict IS NOT NULL)))
  constraint legal_case_event_check5 CHECK (((sentence_months IS NULL) OR (verdict = 'convicted'::text)))
  constraint legal_case_event_hearing_check CHECK ((hearing = ANY (ARRAY['remand'::text, 'bail'::text, 'plea'::text, 'trial'::text, 'sentencing'::text, 'appeal'::text, 'other'::text])))
  constraint legal_case_event_kind_check CHECK ((kind = ANY (ARRAY['referral'::text, 'arrest'::text, 'charge'::text, 'hearing'::text, 'verdict'::text])))
  constraint legal_case_event_law_check CHECK (((law ~ '[0-9]'::text) AND (length(law) <= 80)))
  constraint legal_case_event_ordinal_check CHECK ((ordinal >= 0))
  constraint legal_case_event_result_check CHECK ((result = ANY (ARRAY['held'::text, 'adjourned'::text, 'granted'::text, 'refused'::text, 'unknown'::text])))
  constraint legal_case_event_sentence_months_check CHECK (((sentence_months >= 0) AND (sentence_months <= 1200)))
  constraint legal_case_event_verdict_check CHECK ((verdict = ANY (ARRAY['convicted'::text, 'acquitted'::text, 'dismissed'::text])))
  constraint legal_case_event_case_id_fkey FOREIGN KEY (case_id) REFERENCES legal_case(id)
  constraint legal_case_event_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint legal_case_event_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint legal_case_event_pkey PRIMARY KEY (id)
  constraint legal_case_event_case_id_ordinal_key UNIQUE (case_id, ordinal)
CREATE TRIGGER legal_case_event_changed_delete AFTER DELETE ON legal_case_event REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER legal_case_event_changed_insert AFTER INSERT ON legal_case_event REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER legal_case_event_changed_update AFTER UPDATE ON legal_case_event REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy legal_case_event_system for all to headwater_system using true with check true
policy legal_case_event_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table legal_hold
-- What must not be purged, erased or taken back while a case is open: a report with every version, or an import with its rows and what they became. Of the case a keyed digest.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  object_kind text not null
  object_id uuid not null
  case_token bytea not null
  reason text not null
  placed_by uuid not null
  placed_at timestamp with time zone not null
  lifted_by uuid
  lifted_at timestamp with time zone
  constraint legal_hold_case_token_check CHECK ((octet_length(case_token) = 32))
  constraint legal_hold_check CHECK (((lifted_by IS NULL) = (lifted_at IS NULL)))
  constraint legal_hold_object_kind_check CHECK ((object_kind = ANY (ARRAY['report'::text, 'import'::text])))
  constraint legal_hold_reason_check CHECK ((reason = ANY (ARRAY['law'::text, 'agreement'::text, 'own_rule'::text, 'open_case'::text, 'safeguarding'::text, 'audit'::text, 'other'::text])))
  constraint legal_hold_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint legal_hold_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint legal_hold_pkey PRIMARY KEY (id)
create index legal_hold_case ON legal_hold USING btree (owner_id, case_token)
create unique INDEX legal_hold_standing ON legal_hold USING btree (object_id, case_token) WHERE (lifted_at IS NULL)
CREATE TRIGGER legal_hold_changed_delete AFTER DELETE ON legal_hold REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER legal_hold_changed_insert AFTER INSERT ON legal_hold REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER legal_hold_changed_update AFTER UPDATE ON legal_hold REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy legal_hold_system for all to headwater_system using true with check true
policy legal_hold_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table map_rollup
-- Living incidents and crossings, summed by visibility class, place and what filters ask for. Rows are only ever added, with negative counts for what is no more, and folded into one another later: to be summed by whoever reads.
  layer text not null
  owner_id uuid not null
  visibility_class_id integer not null
  square bigint
  cell bigint
  cell_resolution smallint
  kind text not null
  population text
  verification text
  country text
  country_a text
  country_b text
  records integer not null
  folded boolean not null default false
  constraint map_rollup_layer_check CHECK ((layer = ANY (ARRAY['incident'::text, 'crossing'::text])))
create index map_rollup_square ON map_rollup USING btree (layer, square)
create index map_rollup_unfolded ON map_rollup USING btree (visibility_class_id) WHERE (NOT folded)
row security, forced
policy map_rollup_system for all to headwater_system using true with check true
policy map_rollup_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table matching_alert
-- What an owner is told of askers: that one of them hit, and whoever looks as if it were probing, once a day of each kind.
  id uuid not null
  owner_id uuid not null
  asker_id uuid not null
  arrangement_id uuid
  kind text not null
  day date not null
  at timestamp with time zone not null
  purpose text not null
  tell text not null
  constraint matching_alert_kind_check CHECK ((kind = ANY (ARRAY['hit'::text, 'follow_up'::text, 'not_open'::text, 'quota'::text, 'below_minimum'::text, 'same_value'::text, 'barely_minimum'::text, 'mostly_misses'::text, 'follow_up_missed'::text])))
  constraint matching_alert_arrangement_id_fkey FOREIGN KEY (arrangement_id) REFERENCES matching_arrangement(id)
  constraint matching_alert_asker_id_fkey FOREIGN KEY (asker_id) REFERENCES organisation(id)
  constraint matching_alert_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint matching_alert_pkey PRIMARY KEY (id)
create index matching_alert_arrangement ON matching_alert USING btree (arrangement_id) WHERE (arrangement_id IS NOT NULL)
create unique INDEX matching_alert_once ON matching_alert USING btree (owner_id, asker_id, kind, day) WHERE (kind <> ALL (ARRAY['hit'::text, 'follow_up'::text]))
create index matching_alert_owner ON matching_alert USING btree (owner_id, at)
grant delete, insert, select, update to headwater_system

table matching_arrangement
-- That one party of an agreement lets another ask whether both hold the same selectors: which kinds, how many a day, and whom a hit tells to call. Its key lies in the key folder and is destroyed when it is closed.
  id uuid not null
  agreement_id uuid not null
  owner_id uuid not null
  asker_id uuid not null
  kinds text[] not null
  minimum_batch integer not null
  daily_quota integer not null
  daily_single integer not null
  contact bytea not null
  key_id uuid not null
  public_key bytea not null
  version integer not null
  opened_at timestamp with time zone not null
  closed_at timestamp with time zone
  constraint matching_arrangement_check CHECK ((daily_quota >= minimum_batch))
  constraint matching_arrangement_check1 CHECK ((owner_id <> asker_id))
  constraint matching_arrangement_daily_single_check CHECK ((daily_single >= 0))
  constraint matching_arrangement_kinds_check CHECK ((cardinality(kinds) >= 1))
  constraint matching_arrangement_minimum_batch_check CHECK ((minimum_batch >= 20))
  constraint matching_arrangement_public_key_check CHECK ((length(public_key) = 32))
  constraint matching_arrangement_version_check CHECK ((version >= 1))
  constraint matching_arrangement_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES agreement(id)
  constraint matching_arrangement_asker_id_fkey FOREIGN KEY (asker_id) REFERENCES organisation(id)
  constraint matching_arrangement_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint matching_arrangement_pkey PRIMARY KEY (id)
create index matching_arrangement_asker ON matching_arrangement USING btree (asker_id)
create unique INDEX matching_arrangement_open ON matching_arrangement USING btree (agreement_id, owner_id, asker_id) WHERE (closed_at IS NULL)
create index matching_arrangement_owner ON matching_arrangement USING btree (owner_id)
grant delete, insert, select, update to headwater_system

table matching_ask
-- Who asked whom for hit or no hit, for what, and how much: never what was asked. What was refused is kept here and shown to nobody but the owner.
  id uuid not null
  arrangement_id uuid
  owner_id uuid
  asker_id uuid not null
  key_id uuid not null
  kind text not null
  asked_at timestamp with time zone not null
  selectors integer not null
  purpose text not null
  tell text not null
  refusal text
  hits integer
  fingerprint bytea
  constraint matching_ask_fingerprint_check CHECK ((length(fingerprint) = 8))
  constraint matching_ask_hits_check CHECK ((hits >= 0))
  constraint matching_ask_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'batch'::text, 'follow_up'::text])))
  constraint matching_ask_refusal_check CHECK ((refusal = ANY (ARRAY['not_open'::text, 'purpose'::text, 'kind'::text, 'quota'::text, 'below_minimum'::text])))
  constraint matching_ask_selectors_check CHECK ((selectors >= 1))
  constraint matching_ask_arrangement_id_fkey FOREIGN KEY (arrangement_id) REFERENCES matching_arrangement(id)
  constraint matching_ask_asker_id_fkey FOREIGN KEY (asker_id) REFERENCES organisation(id)
  constraint matching_ask_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint matching_ask_pkey PRIMARY KEY (id)
create index matching_ask_arrangement ON matching_ask USING btree (arrangement_id, asked_at) WHERE (arrangement_id IS NOT NULL)
create index matching_ask_asker ON matching_ask USING btree (asker_id, asked_at)
grant delete, insert, select, update to headwater_system

table matching_exclusion
-- Entities whose identifiers their owner lets nobody match, wherever else in its records the same identifiers stand.
  entity_id uuid not null
  owner_id uuid not null
  key_id uuid not null
  excluded_at timestamp with time zone not null
  constraint matching_exclusion_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES entity(id) ON DELETE CASCADE
  constraint matching_exclusion_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint matching_exclusion_pkey PRIMARY KEY (entity_id)
create index matching_exclusion_owner ON matching_exclusion USING btree (owner_id)
grant delete, insert, select, update to headwater_system

table matching_token
-- What of an owner's selectors can be matched under an arrangement, as keyed tokens of that arrangement alone; it goes with the selector, with its exclusion and with the arrangement.
  arrangement_id uuid not null
  selector_id uuid not null
  lookup bytea not null
  output bytea
  contact bytea
  constraint matching_token_check CHECK (((output IS NULL) = (contact IS NULL)))
  constraint matching_token_contact_check CHECK ((length(contact) = 16))
  constraint matching_token_lookup_check CHECK ((length(lookup) = 32))
  constraint matching_token_output_check CHECK ((length(output) = 64))
  constraint matching_token_arrangement_id_fkey FOREIGN KEY (arrangement_id) REFERENCES matching_arrangement(id) ON DELETE CASCADE
  constraint matching_token_selector_id_fkey FOREIGN KEY (selector_id) REFERENCES selector(id) ON DELETE CASCADE
  constraint matching_token_pkey PRIMARY KEY (arrangement_id, selector_id)
create index matching_token_contact ON matching_token USING btree (arrangement_id, contact) WHERE (contact IS NOT NULL)
create index matching_token_lookup ON matching_token USING btree (arrangement_id, lookup)
create index matching_token_selector ON matching_token USING btree (selector_id)
grant delete, insert, select, update to headwater_system

table movement
-- One party's travel: origin, waypoints, destination, with the countries in order and their roles.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  incident_id uuid not null
  report_id uuid not null
  origin_id uuid
  purpose text not null
  mode text not null
  status text not null
  exploitation text not null default 'unknown'::text
  occurred_from timestamp with time zone
  occurred_to timestamp with time zone
  occurred_granularity text not null default 'unknown'::text
  occurred_zone text
  occurred_basis text
  month date
  persons_min integer not null
  persons_max integer
  origin_country text
  destination_country text
  countries text[] not null
  roles text[] not null
  verification text not null
  reliability text not null
  credibility smallint not null
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null default now()
  known_to timestamp with time zone
  batch_id uuid
  content_id uuid
  constraint movement_check CHECK (((occurred_from IS NULL) OR (occurred_from < occurred_to)))
  constraint movement_check1 CHECK ((persons_max >= persons_min))
  constraint movement_check2 CHECK ((known_from < known_to))
  constraint movement_check3 CHECK ((cardinality(countries) = cardinality(roles)))
  constraint movement_occurred_granularity_check CHECK ((occurred_granularity = ANY (ARRAY['instant'::text, 'hour'::text, 'day'::text, 'month'::text, 'quarter'::text, 'year'::text, 'unknown'::text])))
  constraint movement_persons_min_check CHECK ((persons_min >= 0))
  constraint movement_purpose_check CHECK ((purpose = ANY (ARRAY['trafficking'::text, 'return'::text, 'unknown'::text])))
  constraint movement_status_check CHECK ((status = ANY (ARRAY['suspected'::text, 'intercepted'::text, 'completed'::text])))
  constraint movement_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint movement_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint movement_origin_id_fkey FOREIGN KEY (origin_id) REFERENCES source_origin(id)
  constraint movement_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint movement_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint movement_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint movement_pkey PRIMARY KEY (id)
create index movement_batch ON movement USING btree (batch_id)
create index movement_incident ON movement USING btree (incident_id)
create index movement_page ON movement USING btree (occurred_from DESC NULLS LAST, id DESC) WHERE (known_to IS NULL)
create index movement_pair ON movement USING btree (origin_country, destination_country, month) WHERE (known_to IS NULL)
create index movement_report ON movement USING btree (report_id)
CREATE TRIGGER movement_changed_delete AFTER DELETE ON movement REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER movement_changed_insert AFTER INSERT ON movement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER movement_changed_update AFTER UPDATE ON movement REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER movement_counted_delete AFTER DELETE ON movement REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_counted()
CREATE TRIGGER movement_counted_insert AFTER INSERT ON movement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_counted()
CREATE TRIGGER movement_counted_truncate AFTER TRUNCATE ON movement FOR EACH STATEMENT EXECUTE FUNCTION movements_emptied()
CREATE TRIGGER movement_counted_update AFTER UPDATE ON movement REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_counted()
CREATE TRIGGER movement_noted_delete AFTER DELETE ON movement REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_noted()
CREATE TRIGGER movement_noted_insert AFTER INSERT ON movement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_noted()
CREATE TRIGGER movement_noted_truncate AFTER TRUNCATE ON movement FOR EACH STATEMENT EXECUTE FUNCTION movements_emptied_noted()
CREATE TRIGGER movement_noted_update AFTER UPDATE ON movement REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_noted()
CREATE TRIGGER movement_stops_delete AFTER DELETE ON movement REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_stops_written()
CREATE TRIGGER movement_stops_insert AFTER INSERT ON movement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_stops_written()
CREATE TRIGGER movement_stops_truncate AFTER TRUNCATE ON movement FOR EACH STATEMENT EXECUTE FUNCTION stops_emptied()
CREATE TRIGGER movement_stops_update AFTER UPDATE ON movement REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_stops_written()
row security, forced
policy movement_system for all to headwater_system using true with check true
policy movement_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table movement_apart
-- Living movements that the rollups cannot add up: those whose incident has others or was ever linked to another (shared: in no rollup at all), and those of no known month (in no rollup by month). They are counted one by one.
  movement_id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  shared boolean not null
  constraint movement_apart_pkey PRIMARY KEY (movement_id)
create index movement_apart_class ON movement_apart USING btree (visibility_class_id)
row security, forced
policy movement_apart_system for all to headwater_system using true with check true
policy movement_apart_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table movement_change
-- One row a statement and visibility class: movements that were written, or whose waypoints or crossings were. Null: any may read otherwise now (links of incidents, very many at once, or rows of here that were forgotten). Forgotten half an hour later.
  visibility_class_id integer not null
  transaction xid8 not null
  movements uuid[]
  written_at timestamp with time zone not null default clock_timestamp()
create index movement_change_transaction ON movement_change USING btree (transaction)
row security, forced
policy movement_change_system for all to headwater_system using true with check true
policy movement_change_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table movement_reading
-- What the stops of a movement came to until one of them was decided, or undone. Its crossings of that time are in crossing_reading, or there were none.
  movement_id uuid not null
  until timestamp with time zone not null
  owner_id uuid not null
  visibility_class_id integer not null
  origin_country text
  destination_country text
  countries text[] not null
  roles text[] not null
  constraint movement_reading_check CHECK ((cardinality(countries) = cardinality(roles)))
  constraint movement_reading_movement_id_fkey FOREIGN KEY (movement_id) REFERENCES movement(id) ON DELETE CASCADE
  constraint movement_reading_pkey PRIMARY KEY (movement_id, until)
CREATE TRIGGER movement_reading_changed_delete AFTER DELETE ON movement_reading REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER movement_reading_changed_insert AFTER INSERT ON movement_reading REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER movement_reading_changed_update AFTER UPDATE ON movement_reading REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy movement_reading_system for all to headwater_system using true with check true
policy movement_reading_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table movement_stops_apart
-- Living movements that stop_rollup does not count: those that it cannot add up, and those not looked at since they or their waypoints were written (pending). They are counted one by one.
  movement_id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  pending boolean not null
  constraint movement_stops_apart_pkey PRIMARY KEY (movement_id)
create index movement_stops_apart_class ON movement_stops_apart USING btree (visibility_class_id)
create index movement_stops_apart_pending ON movement_stops_apart USING btree (movement_id) WHERE pending
row security, forced
policy movement_stops_apart_system for all to headwater_system using true with check true
policy movement_stops_apart_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table movement_stops_counted
-- As what each movement is in stop_rollup, so that it can be taken out again. A movement is here or in movement_stops_apart, never in both.
  movement_id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  month date not null
  first_month date not null
  last_month date not null
  verification text not null
  cell bigint
  cell_resolution smallint
  constraint movement_stops_counted_pkey PRIMARY KEY (movement_id)
row security, forced
policy movement_stops_counted_system for all to headwater_system using true with check true
grant delete, insert, select, update to headwater_system

table onward_request
-- Whether an organisation consents that a report, made from its own along some chain, is released under an agreement of others; one for each originator.
  id uuid not null
  agreement_id uuid not null
  report_id uuid not null
  asker_id uuid not null
  originator_id uuid not null
  source_ids uuid[] not null
  state text not null
  version integer not null
  asked_at timestamp with time zone not null
  asked_by uuid not null
  answered_at timestamp with time zone
  answered_by uuid
  constraint onward_request_check CHECK ((asker_id <> originator_id))
  constraint onward_request_check1 CHECK (((state = 'open'::text) = (answered_at IS NULL)))
  constraint onward_request_check2 CHECK (((answered_at IS NULL) = (answered_by IS NULL)))
  constraint onward_request_check3 CHECK ((answered_at >= asked_at))
  constraint onward_request_source_ids_check CHECK ((cardinality(source_ids) > 0))
  constraint onward_request_state_check CHECK ((state = ANY (ARRAY['open'::text, 'consented'::text, 'refused'::text, 'withdrawn'::text])))
  constraint onward_request_version_check CHECK ((version >= 1))
  constraint onward_request_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES agreement(id)
  constraint onward_request_asker_id_fkey FOREIGN KEY (asker_id) REFERENCES organisation(id)
  constraint onward_request_originator_id_fkey FOREIGN KEY (originator_id) REFERENCES organisation(id)
  constraint onward_request_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint onward_request_pkey PRIMARY KEY (id)
create index onward_request_asker ON onward_request USING btree (asker_id, asked_at DESC, id DESC)
create unique INDEX onward_request_one ON onward_request USING btree (agreement_id, report_id, originator_id)
create index onward_request_originator ON onward_request USING btree (originator_id, asked_at DESC, id DESC)
create index onward_request_report ON onward_request USING btree (report_id)
grant delete, insert, select, update to headwater_system

table organisation
-- An organisation that keeps ownership of the records it puts in.
  id uuid not null
  slug text not null
  name text not null
  fictional boolean not null default false
  created_at timestamp with time zone not null default now()
  suspicion_months integer not null default 24
  constraint organisation_slug_check CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'::text))
  constraint organisation_suspicion_months_check CHECK (((suspicion_months >= 1) AND (suspicion_months <= 60)))
  constraint organisation_pkey PRIMARY KEY (id)
  constraint organisation_slug_key UNIQUE (slug)
CREATE TRIGGER organisation_decides_access AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON organisation FOR EACH STATEMENT EXECUTE FUNCTION access_changed()
grant insert, select, update to headwater_system

table outbox
-- What happened, in order, for later stages to pick up: ids only.
  sequence bigint not null generated always as identity
  at timestamp with time zone not null default now()
  topic text not null
  object_id uuid not null
  taken_at timestamp with time zone
  recipient_id uuid
  constraint outbox_pkey PRIMARY KEY (sequence)
create index outbox_open ON outbox USING btree (sequence) WHERE (taken_at IS NULL)
grant delete, insert, select, update to headwater_system

table outcome
-- What came of it, for the person and for the case.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  incident_id uuid not null
  subject_id uuid
  kind text not null
  occurred_on date
  batch_id uuid
  constraint outcome_kind_check CHECK ((kind = ANY (ARRAY['recovered'::text, 'returned'::text, 'repatriated'::text, 'detained'::text, 'deported'::text, 're_trafficked'::text, 'referral'::text, 'arrest'::text, 'charge'::text, 'conviction'::text, 'cleared'::text])))
  constraint outcome_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint outcome_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint outcome_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint outcome_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES subject(id)
  constraint outcome_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint outcome_pkey PRIMARY KEY (id)
create index outcome_incident ON outcome USING btree (incident_id)
create index outcome_subject ON outcome USING btree (subject_id) WHERE (subject_id IS NOT NULL)
CREATE TRIGGER outcome_changed_delete AFTER DELETE ON outcome REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER outcome_changed_insert AFTER INSERT ON outcome REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER outcome_changed_update AFTER UPDATE ON outcome REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy outcome_system for all to headwater_system using true with check true
policy outcome_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table participation
-- Who or what took part in an incident, and as what.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  incident_id uuid not null
  subject_id uuid
  entity_id uuid
  role text not null
  batch_id uuid
  constraint participation_check CHECK (((subject_id IS NULL) <> (entity_id IS NULL)))
  constraint participation_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint participation_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES entity(id)
  constraint participation_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint participation_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES subject(id)
  constraint participation_pkey PRIMARY KEY (id)
create index participation_batch ON participation USING btree (batch_id)
create index participation_entity ON participation USING btree (entity_id) WHERE (entity_id IS NOT NULL)
create index participation_incident ON participation USING btree (incident_id)
create index participation_subject ON participation USING btree (subject_id) WHERE (subject_id IS NOT NULL)
CREATE TRIGGER participation_changed_delete AFTER DELETE ON participation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER participation_changed_insert AFTER INSERT ON participation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER participation_changed_update AFTER UPDATE ON participation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy participation_system for all to headwater_system using true with check true
policy participation_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table party_member
-- The moved persons who travelled together in a movement, as pseudonyms.
  movement_id uuid not null
  subject_id uuid not null
  sex text not null
  age_band text not null
  owner_id uuid not null
  visibility_class_id integer not null
  batch_id uuid
  constraint party_member_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint party_member_movement_id_fkey FOREIGN KEY (movement_id) REFERENCES movement(id)
  constraint party_member_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES subject(id)
  constraint party_member_pkey PRIMARY KEY (movement_id, subject_id)
create index party_member_batch ON party_member USING btree (batch_id)
create index party_member_subject ON party_member USING btree (subject_id)
CREATE TRIGGER party_member_changed_delete AFTER DELETE ON party_member REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER party_member_changed_insert AFTER INSERT ON party_member REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER party_member_changed_update AFTER UPDATE ON party_member REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy party_member_system for all to headwater_system using true with check true
policy party_member_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table place
-- The gazetteer: public geography. Lists show the core alone, which is the same in every hub; a place that came in with a record is read through records. Monitoring stations are not here: where staff stand is their organisation's.
  id uuid not null
  kind text not null
  name text not null
  country text not null
  border_countries text[]
  admin_code text
  population integer
  longitude double precision not null
  latitude double precision not null
  position geography(Point,4326) not null
  z bigint not null
  footprint_radius_km double precision not null
  source text not null
  derived boolean not null default false
  core boolean not null
  constraint place_footprint_radius_km_check CHECK ((footprint_radius_km >= (0)::double precision))
  constraint place_kind_check CHECK ((kind = ANY (ARRAY['country'::text, 'admin_area'::text, 'crossing_point'::text, 'locality'::text])))
  constraint place_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
  constraint place_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
  constraint place_pkey PRIMARY KEY (id)
create index place_kind_country ON place USING btree (kind, country)
create index place_position ON place USING gist ("position")
create index place_z ON place USING btree (z)
CREATE TRIGGER place_changed AFTER INSERT OR DELETE OR UPDATE ON place FOR EACH STATEMENT EXECUTE FUNCTION gazetteer_changed()
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table place_alias
-- Names a place goes by, in local scripts and romanised, in the folded form that look-ups use.
  place_id uuid not null
  normalised text not null
  constraint place_alias_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id) ON DELETE CASCADE
  constraint place_alias_pkey PRIMARY KEY (normalised, place_id)
create index place_alias_begins ON place_alias USING btree (normalised text_pattern_ops)
create index place_alias_place ON place_alias USING btree (place_id)
CREATE TRIGGER place_alias_changed AFTER INSERT OR DELETE OR UPDATE ON place_alias FOR EACH STATEMENT EXECUTE FUNCTION gazetteer_changed()
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table place_candidate
-- Ambiguity kept: the places a reference may mean, with weights that sum to 1.
  place_reference_id uuid not null
  place_id uuid not null
  weight double precision not null
  visibility_class_id integer not null
  constraint place_candidate_weight_check CHECK (((weight > (0)::double precision) AND (weight <= (1)::double precision)))
  constraint place_candidate_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint place_candidate_place_reference_id_fkey FOREIGN KEY (place_reference_id) REFERENCES place_reference(id) ON DELETE CASCADE
  constraint place_candidate_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint place_candidate_pkey PRIMARY KEY (place_reference_id, place_id)
CREATE TRIGGER place_candidate_changed_delete AFTER DELETE ON place_candidate REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER place_candidate_changed_insert AFTER INSERT ON place_candidate REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER place_candidate_changed_update AFTER UPDATE ON place_candidate REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy place_candidate_system for all to headwater_system using true with check true
policy place_candidate_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table place_reference
-- A place as one organisation's sources gave it, and what the gazetteer made of it: a footprint, weighted candidates, or unresolved. Home addresses are never written here in words.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  digest bytea not null
  written text
  level text not null
  resolution text not null
  place_id uuid
  country text
  longitude double precision
  latitude double precision
  uncertainty_km double precision
  reason text
  name_token bytea
  said_country text
  home boolean not null default false
  decided text
  state integer not null default 1
  constraint place_reference_decided_check CHECK ((decided = ANY (ARRAY['place'::text, 'position'::text, 'not_a_place'::text])))
  constraint place_reference_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
  constraint place_reference_level_check CHECK ((level = ANY (ARRAY['exact'::text, 'locality'::text, 'admin'::text, 'country'::text, 'unknown'::text])))
  constraint place_reference_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
  constraint place_reference_resolution_check CHECK ((resolution = ANY (ARRAY['resolved'::text, 'candidates'::text, 'unresolved'::text])))
  constraint place_reference_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint place_reference_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint place_reference_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint place_reference_pkey PRIMARY KEY (id)
  constraint place_reference_owner_id_digest_key UNIQUE (owner_id, digest)
create index place_reference_name ON place_reference USING btree (owner_id, name_token) WHERE (name_token IS NOT NULL)
CREATE TRIGGER place_reference_changed_delete AFTER DELETE ON place_reference REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER place_reference_changed_insert AFTER INSERT ON place_reference REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER place_reference_changed_update AFTER UPDATE ON place_reference REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy place_reference_system for all to headwater_system using true with check true
policy place_reference_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table place_reference_reading
-- What a place reference said until a decision, or its undoing.
  place_reference_id uuid not null
  until timestamp with time zone not null
  owner_id uuid not null
  visibility_class_id integer not null
  level text not null
  resolution text not null
  place_id uuid
  country text
  uncertainty_km double precision
  reason text
  decided text
  state integer not null
  constraint place_reference_reading_decided_check CHECK ((decided = ANY (ARRAY['place'::text, 'position'::text, 'not_a_place'::text])))
  constraint place_reference_reading_level_check CHECK ((level = ANY (ARRAY['exact'::text, 'locality'::text, 'admin'::text, 'country'::text, 'unknown'::text])))
  constraint place_reference_reading_resolution_check CHECK ((resolution = ANY (ARRAY['resolved'::text, 'candidates'::text, 'unresolved'::text])))
  constraint place_reference_reading_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint place_reference_reading_place_reference_id_fkey FOREIGN KEY (place_reference_id) REFERENCES place_reference(id) ON DELETE CASCADE
  constraint place_reference_reading_pkey PRIMARY KEY (place_reference_id, until)
create index place_reference_reading_owner ON place_reference_reading USING btree (owner_id, until)
CREATE TRIGGER place_reference_reading_changed_delete AFTER DELETE ON place_reference_reading REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER place_reference_reading_changed_insert AFTER INSERT ON place_reference_reading REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER place_reference_reading_changed_update AFTER UPDATE ON place_reference_reading REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy place_reference_reading_system for all to headwater_system using true with check true
policy place_reference_reading_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table place_resolution
-- What an organisation decided a place reference means, by whom and when, what it said before, and whether it was undone.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  place_reference_id uuid not null
  act_id uuid not null
  decided text not null
  place_id uuid
  longitude double precision
  latitude double precision
  level text
  before jsonb not null
  state integer not null
  decided_by uuid not null
  decided_at timestamp with time zone not null
  undone_by uuid
  undone_at timestamp with time zone
  constraint place_resolution_check CHECK (((decided = 'place'::text) = (place_id IS NOT NULL)))
  constraint place_resolution_check1 CHECK (((decided = 'position'::text) = ((longitude IS NOT NULL) AND (latitude IS NOT NULL) AND (level IS NOT NULL))))
  constraint place_resolution_decided_check CHECK ((decided = ANY (ARRAY['place'::text, 'position'::text, 'not_a_place'::text])))
  constraint place_resolution_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
  constraint place_resolution_level_check CHECK ((level = ANY (ARRAY['exact'::text, 'locality'::text, 'admin'::text])))
  constraint place_resolution_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
  constraint place_resolution_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint place_resolution_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint place_resolution_place_reference_id_fkey FOREIGN KEY (place_reference_id) REFERENCES place_reference(id)
  constraint place_resolution_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint place_resolution_pkey PRIMARY KEY (id)
  constraint place_resolution_place_reference_id_state_key UNIQUE (place_reference_id, state)
create index place_resolution_act ON place_resolution USING btree (act_id)
CREATE TRIGGER place_resolution_changed_delete AFTER DELETE ON place_resolution REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER place_resolution_changed_insert AFTER INSERT ON place_resolution REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER place_resolution_changed_update AFTER UPDATE ON place_resolution REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy place_resolution_system for all to headwater_system using true with check true
policy place_resolution_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table planned_event
-- What an organisation plans to do, where and when, compared with the plans of those it opened matching to and who opened it in turn; shown to nobody else.
  id uuid not null
  owner_id uuid not null
  kind text not null
  longitude double precision not null
  latitude double precision not null
  radius_km double precision not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  reference bytea
  reference_key uuid
  key_id uuid not null
  version integer not null
  planned_at timestamp with time zone not null
  withdrawn_at timestamp with time zone
  constraint planned_event_check CHECK ((starts_at < ends_at))
  constraint planned_event_check1 CHECK (((reference IS NULL) = (reference_key IS NULL)))
  constraint planned_event_kind_check CHECK ((kind = ANY (ARRAY['surveillance'::text, 'raid'::text, 'recovery'::text, 'arrest'::text, 'interview'::text, 'outreach'::text, 'other'::text])))
  constraint planned_event_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
  constraint planned_event_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
  constraint planned_event_radius_km_check CHECK (((radius_km >= (0)::double precision) AND (radius_km <= (50)::double precision)))
  constraint planned_event_version_check CHECK ((version >= 1))
  constraint planned_event_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint planned_event_pkey PRIMARY KEY (id)
create index planned_event_owner ON planned_event USING btree (owner_id, ends_at)
grant delete, insert, select, update to headwater_system

table public_budget
-- How much of the privacy of a year's events has been told; at its end nothing more is.
  year integer not null
  granted integer not null
  spent integer not null default 0
  constraint public_budget_check CHECK (((spent >= 0) AND (spent <= granted)))
  constraint public_budget_granted_check CHECK ((granted >= 0))
  constraint public_budget_pkey PRIMARY KEY (year)
row security, forced
policy public_budget_system for all to headwater_system using true with check true
grant insert, select, update to headwater_system

table public_release
-- Noisy counts as they were told once and for all; reading them again costs nothing.
  id uuid not null
  view_id uuid not null
  title text not null
  epsilon integer not null
  bound integer not null
  year integer not null
  released_by uuid not null
  released_at timestamp with time zone not null
  cells jsonb not null
  constraint public_release_bound_check CHECK ((bound > 0))
  constraint public_release_epsilon_check CHECK ((epsilon > 0))
  constraint public_release_released_by_fkey FOREIGN KEY (released_by) REFERENCES organisation(id)
  constraint public_release_view_id_fkey FOREIGN KEY (view_id) REFERENCES shared_view(id)
  constraint public_release_year_fkey FOREIGN KEY (year) REFERENCES public_budget(year)
  constraint public_release_pkey PRIMARY KEY (id)
row security, forced
policy public_release_system for all to headwater_system using true with check true
grant insert, select, update to headwater_system

table recipient_before
-- Who was shown a report until its marking rose: what grants reach now does not tell it any more.
  report_id uuid not null
  owner_id uuid not null
  recipient_id uuid not null
  agreement_id uuid
  since timestamp with time zone not null
  until timestamp with time zone not null
  constraint recipient_before_check CHECK ((owner_id <> recipient_id))
  constraint recipient_before_check1 CHECK ((since < until))
  constraint recipient_before_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint recipient_before_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES organisation(id)
  constraint recipient_before_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
create index recipient_before_report ON recipient_before USING btree (report_id)
grant delete, insert, select, update to headwater_system

table recipient_notice
-- What an organisation that was shown a record has to hear of it: that it was withdrawn or removed, that its marking rose, that somebody in it was erased, or that the person is cleared; open until somebody there takes note. Ids only.
  id uuid not null
  owner_id uuid not null
  recipient_id uuid not null
  kind text not null
  object_kind text not null
  object_id uuid not null
  raised_at timestamp with time zone not null
  acknowledged_at timestamp with time zone
  acknowledged_by uuid
  constraint recipient_notice_check CHECK ((owner_id <> recipient_id))
  constraint recipient_notice_check1 CHECK (((acknowledged_by IS NULL) OR (acknowledged_at IS NOT NULL)))
  constraint recipient_notice_kind_check CHECK ((kind = ANY (ARRAY['withdrawn'::text, 'removed'::text, 'cleared'::text, 'erased'::text, 'raised'::text])))
  constraint recipient_notice_object_kind_check CHECK ((object_kind = ANY (ARRAY['report'::text, 'entity'::text])))
  constraint recipient_notice_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint recipient_notice_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES organisation(id)
  constraint recipient_notice_pkey PRIMARY KEY (id)
create index recipient_notice_object ON recipient_notice USING btree (object_id)
create index recipient_notice_owner ON recipient_notice USING btree (owner_id, raised_at DESC, id DESC)
create index recipient_notice_recipient ON recipient_notice USING btree (recipient_id, raised_at DESC, id DESC)
grant delete, insert, select, update to headwater_system

table record_comment
-- That somebody of an organisation noted something on a record of its own: by which key, when. Of a class that is never granted.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  report_id uuid
  legal_case_id uuid
  about_kind text not null
  about_id uuid not null
  written_by uuid not null
  written_at timestamp with time zone not null
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null
  known_to timestamp with time zone
  retracted_at timestamp with time zone
  constraint record_comment_about_kind_check CHECK ((about_kind = ANY (ARRAY['report'::text, 'incident'::text, 'entity'::text, 'movement'::text, 'legal_case'::text])))
  constraint record_comment_check CHECK ((known_from < known_to))
  constraint record_comment_check1 CHECK (((about_kind = 'legal_case'::text) = (legal_case_id IS NOT NULL)))
  constraint record_comment_check2 CHECK (((about_kind = 'legal_case'::text) = (report_id IS NULL)))
  constraint record_comment_version_check CHECK ((version >= 1))
  constraint record_comment_legal_case_id_fkey FOREIGN KEY (legal_case_id) REFERENCES legal_case(id)
  constraint record_comment_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint record_comment_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint record_comment_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint record_comment_pkey PRIMARY KEY (id)
create index record_comment_about ON record_comment USING btree (about_id)
create index record_comment_history ON record_comment USING btree (version_of) WHERE (version_of IS NOT NULL)
create index record_comment_legal_case ON record_comment USING btree (legal_case_id)
create index record_comment_page ON record_comment USING btree (written_at DESC, id DESC) WHERE (known_to IS NULL)
create index record_comment_report ON record_comment USING btree (report_id)
CREATE TRIGGER record_comment_changed_delete AFTER DELETE ON record_comment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER record_comment_changed_insert AFTER INSERT ON record_comment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER record_comment_changed_update AFTER UPDATE ON record_comment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy record_comment_system for all to headwater_system using true with check true
policy record_comment_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table red_flag_weight
-- How many points, 1 to 10, an organisation counts for a red flag of a form's version from a day on. None come with the hub: without them a total stands as it was reported.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  form text not null
  code text not null
  points integer not null
  valid_from date not null
  batch_id uuid
  identity_digest bytea not null
  content_digest bytea not null
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null default now()
  known_to timestamp with time zone
  retracted_at timestamp with time zone
  constraint red_flag_weight_check CHECK ((known_from < known_to))
  constraint red_flag_weight_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{1,63}$'::text))
  constraint red_flag_weight_form_check CHECK ((form ~ '^[a-z0-9-]+/[0-9]+$'::text))
  constraint red_flag_weight_points_check CHECK (((points >= 1) AND (points <= 10)))
  constraint red_flag_weight_version_check CHECK ((version >= 1))
  constraint red_flag_weight_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint red_flag_weight_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint red_flag_weight_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint red_flag_weight_pkey PRIMARY KEY (id)
create index red_flag_weight_batch ON red_flag_weight USING btree (batch_id)
create index red_flag_weight_history ON red_flag_weight USING btree (version_of) WHERE (version_of IS NOT NULL)
create unique INDEX red_flag_weight_identity ON red_flag_weight USING btree (owner_id, identity_digest) WHERE (known_to IS NULL)
create index red_flag_weight_page ON red_flag_weight USING btree (valid_from DESC, id DESC) WHERE (known_to IS NULL)
CREATE TRIGGER red_flag_weight_changed_delete AFTER DELETE ON red_flag_weight REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER red_flag_weight_changed_insert AFTER INSERT ON red_flag_weight REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER red_flag_weight_changed_update AFTER UPDATE ON red_flag_weight REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy red_flag_weight_system for all to headwater_system using true with check true
policy red_flag_weight_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table referral
-- That an organisation referred somebody of a report of its own, and what it answered before: consent, retaliation, corruption, basis. Of a class that is never granted.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  report_id uuid not null
  about_kind text not null
  about_id uuid not null
  agency_kind text not null
  consent text not null
  legal_basis text not null
  retaliation text not null
  agency_corruption text not null
  written_by uuid not null
  written_at timestamp with time zone not null
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null
  known_to timestamp with time zone
  retracted_at timestamp with time zone
  constraint referral_about_kind_check CHECK ((about_kind = ANY (ARRAY['report'::text, 'incident'::text])))
  constraint referral_agency_corruption_check CHECK ((agency_corruption = ANY (ARRAY['none_known'::text, 'cannot_be_told'::text, 'suspected'::text])))
  constraint referral_agency_kind_check CHECK ((agency_kind = ANY (ARRAY['police'::text, 'prosecution'::text, 'border_authority'::text, 'shelter'::text, 'health_service'::text, 'child_protection'::text, 'social_service'::text, 'legal_aid'::text, 'embassy'::text, 'labour_inspection'::text, 'other_organisation'::text])))
  constraint referral_check CHECK ((known_from < known_to))
  constraint referral_check1 CHECK (((consent = 'given'::text) OR (legal_basis = 'vital_interest'::text)))
  constraint referral_consent_check CHECK ((consent = ANY (ARRAY['given'::text, 'not_given'::text, 'not_asked'::text])))
  constraint referral_legal_basis_check CHECK ((legal_basis = ANY (ARRAY['consent'::text, 'vital_interest'::text, 'legal_obligation'::text, 'public_task'::text])))
  constraint referral_retaliation_check CHECK ((retaliation = ANY (ARRAY['none_seen'::text, 'low'::text, 'high'::text])))
  constraint referral_version_check CHECK ((version >= 1))
  constraint referral_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint referral_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint referral_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint referral_pkey PRIMARY KEY (id)
create index referral_about ON referral USING btree (about_id)
create index referral_history ON referral USING btree (version_of) WHERE (version_of IS NOT NULL)
create index referral_page ON referral USING btree (written_at DESC, id DESC) WHERE (known_to IS NULL)
create index referral_report ON referral USING btree (report_id)
CREATE TRIGGER referral_changed_delete AFTER DELETE ON referral REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER referral_changed_insert AFTER INSERT ON referral REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER referral_changed_update AFTER UPDATE ON referral REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy referral_system for all to headwater_system using true with check true
policy referral_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table referral_text
-- The receiving agency of one version of a referral, the measures and the reasons, sealed with AES-256-GCM under a key of its own that lies outside this database.
  id uuid not null
  referral_id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  key_id uuid not null
  sealed bytea not null
  constraint referral_text_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint referral_text_referral_id_fkey FOREIGN KEY (referral_id) REFERENCES referral(id)
  constraint referral_text_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint referral_text_pkey PRIMARY KEY (id)
create index referral_text_referral ON referral_text USING btree (referral_id)
CREATE TRIGGER referral_text_changed_delete AFTER DELETE ON referral_text REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER referral_text_changed_insert AFTER INSERT ON referral_text REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER referral_text_changed_update AFTER UPDATE ON referral_text REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy referral_text_system for all to headwater_system using true with check true
policy referral_text_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table report
-- What came in: one form, call, interview or published item of one organisation, graded and dated three ways (observed, reported, recorded).
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  kind text not null
  external_reference text
  identity_digest bytea not null
  occurrence integer not null default 1
  content_digest bytea not null
  observed_from timestamp with time zone
  observed_to timestamp with time zone
  observed_zone text
  reported_from timestamp with time zone
  reported_to timestamp with time zone
  reported_zone text
  recorded_at timestamp with time zone not null
  reliability text not null
  credibility smallint not null
  origin_id uuid
  origin_kind text not null
  handling text not null
  purpose text not null default 'counter_trafficking'::text
  consent_scope text not null default 'organisation'::text
  retain_until date
  station_id uuid
  batch_id uuid
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null default now()
  known_to timestamp with time zone
  retracted_at timestamp with time zone
  content_id uuid
  pap text not null default 'amber'::text
  constraint report_check CHECK ((known_from < known_to))
  constraint report_credibility_check CHECK (((credibility >= 1) AND (credibility <= 6)))
  constraint report_handling_check CHECK ((handling = ANY (ARRAY['clear'::text, 'green'::text, 'amber'::text, 'amber_strict'::text, 'red'::text])))
  constraint report_kind_check CHECK ((kind = ANY (ARRAY['border_intercept'::text, 'investigation'::text, 'interview'::text, 'hotline'::text, 'partner'::text, 'open_source'::text])))
  constraint report_pap_check CHECK ((pap = ANY (ARRAY['clear'::text, 'green'::text, 'amber'::text, 'red'::text])))
  constraint report_reliability_check CHECK ((reliability = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text, 'E'::text, 'F'::text])))
  constraint report_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint report_origin_id_fkey FOREIGN KEY (origin_id) REFERENCES source_origin(id)
  constraint report_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint report_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint report_pkey PRIMARY KEY (id)
create index report_batch ON report USING btree (batch_id)
create index report_history ON report USING btree (version_of) WHERE (version_of IS NOT NULL)
create unique INDEX report_identity ON report USING btree (owner_id, identity_digest, occurrence) WHERE (known_to IS NULL)
create index report_page ON report USING btree (recorded_at DESC, id DESC) WHERE (known_to IS NULL)
create index report_reference ON report USING btree (external_reference, owner_id) WHERE ((known_to IS NULL) AND (external_reference IS NOT NULL))
create index report_retracted ON report USING btree (id) WHERE (retracted_at IS NOT NULL)
CREATE TRIGGER report_attachment_follows AFTER UPDATE OF visibility_class_id ON report FOR EACH ROW WHEN ((old.visibility_class_id <> new.visibility_class_id)) EXECUTE FUNCTION attachment_follows()
CREATE TRIGGER report_changed_delete AFTER DELETE ON report REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER report_changed_insert AFTER INSERT ON report REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER report_changed_update AFTER UPDATE ON report REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy report_system for all to headwater_system using true with check true
policy report_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table retention_decision
-- What a data officer decided about one report, or the waiting rows of one import, that fell due: the latest stands.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  object_kind text not null
  object_id uuid not null
  decision text not null
  until date
  reason text not null
  key_id uuid not null
  version integer not null
  decided_at timestamp with time zone not null
  constraint retention_decision_check CHECK (((decision = 'extend'::text) = (until IS NOT NULL)))
  constraint retention_decision_decision_check CHECK ((decision = ANY (ARRAY['extend'::text, 'purge'::text])))
  constraint retention_decision_object_kind_check CHECK ((object_kind = ANY (ARRAY['report'::text, 'import'::text])))
  constraint retention_decision_reason_check CHECK ((reason = ANY (ARRAY['law'::text, 'agreement'::text, 'own_rule'::text, 'open_case'::text, 'safeguarding'::text, 'audit'::text, 'other'::text])))
  constraint retention_decision_version_check CHECK ((version >= 1))
  constraint retention_decision_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint retention_decision_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint retention_decision_pkey PRIMARY KEY (id)
  constraint retention_decision_object_id_version_key UNIQUE (object_id, version)
CREATE TRIGGER retention_decision_changed_delete AFTER DELETE ON retention_decision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER retention_decision_changed_insert AFTER INSERT ON retention_decision REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER retention_decision_changed_update AFTER UPDATE ON retention_decision REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy retention_decision_system for all to headwater_system using true with check true
policy retention_decision_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table retention_policy
-- How many months an organisation keeps a class of records and what happens then, as its data officer said it; where nothing is said, 60 months (quarantined rows 12) and a review.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  record_class text not null
  months integer not null
  action text not null
  reason text not null
  key_id uuid not null
  version integer not null
  known_from timestamp with time zone not null
  known_to timestamp with time zone
  constraint retention_policy_action_check CHECK ((action = ANY (ARRAY['review'::text, 'purge'::text])))
  constraint retention_policy_check CHECK ((known_from < known_to))
  constraint retention_policy_months_check CHECK (((months >= 1) AND (months <= 120)))
  constraint retention_policy_reason_check CHECK ((reason = ANY (ARRAY['law'::text, 'agreement'::text, 'own_rule'::text, 'open_case'::text, 'safeguarding'::text, 'audit'::text, 'other'::text])))
  constraint retention_policy_record_class_check CHECK ((record_class = ANY (ARRAY['border_intercept'::text, 'investigation'::text, 'interview'::text, 'hotline'::text, 'partner'::text, 'open_source'::text, 'quarantined_row'::text])))
  constraint retention_policy_version_check CHECK ((version >= 1))
  constraint retention_policy_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint retention_policy_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint retention_policy_pkey PRIMARY KEY (id)
create unique INDEX retention_policy_class ON retention_policy USING btree (owner_id, record_class) WHERE (known_to IS NULL)
CREATE TRIGGER retention_policy_changed_delete AFTER DELETE ON retention_policy REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER retention_policy_changed_insert AFTER INSERT ON retention_policy REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER retention_policy_changed_update AFTER UPDATE ON retention_policy REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy retention_policy_system for all to headwater_system using true with check true
policy retention_policy_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table retraction_acknowledgement
-- Who has taken note that a report was withdrawn.
  report_id uuid not null
  organisation_id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  key_id uuid not null
  acknowledged_at timestamp with time zone not null
  constraint retraction_acknowledgement_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id)
  constraint retraction_acknowledgement_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint retraction_acknowledgement_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint retraction_acknowledgement_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint retraction_acknowledgement_pkey PRIMARY KEY (report_id, organisation_id)
CREATE TRIGGER retraction_acknowledgement_changed_delete AFTER DELETE ON retraction_acknowledgement REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER retraction_acknowledgement_changed_insert AFTER INSERT ON retraction_acknowledgement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER retraction_acknowledgement_changed_update AFTER UPDATE ON retraction_acknowledgement REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy retraction_acknowledgement_system for all to headwater_system using true with check true
policy retraction_acknowledgement_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table same_incident_link
-- One organisation's graded, reversible judgement whether two reports describe one event; a viewer's count uses it only when both ends are visible to that viewer.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  incident_a uuid not null
  incident_b uuid not null
  status text not null
  grade double precision not null
  reasons jsonb not null default '[]'::jsonb
  decided_by uuid
  decided_at timestamp with time zone
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null default now()
  known_to timestamp with time zone
  constraint same_incident_link_check CHECK ((known_from < known_to))
  constraint same_incident_link_check1 CHECK ((incident_a < incident_b))
  constraint same_incident_link_grade_check CHECK (((grade >= (0)::double precision) AND (grade <= (1)::double precision)))
  constraint same_incident_link_status_check CHECK ((status = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'rejected'::text])))
  constraint same_incident_link_incident_a_fkey FOREIGN KEY (incident_a) REFERENCES incident(id)
  constraint same_incident_link_incident_b_fkey FOREIGN KEY (incident_b) REFERENCES incident(id)
  constraint same_incident_link_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint same_incident_link_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint same_incident_link_pkey PRIMARY KEY (id)
create index same_incident_link_a ON same_incident_link USING btree (incident_a)
create index same_incident_link_b ON same_incident_link USING btree (incident_b)
create unique INDEX same_incident_link_pair ON same_incident_link USING btree (owner_id, incident_a, incident_b) WHERE (known_to IS NULL)
CREATE TRIGGER same_incident_link_changed_delete AFTER DELETE ON same_incident_link REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER same_incident_link_changed_insert AFTER INSERT ON same_incident_link REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER same_incident_link_changed_update AFTER UPDATE ON same_incident_link REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER same_incident_link_noted_delete AFTER DELETE ON same_incident_link REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION same_incident_link_noted()
CREATE TRIGGER same_incident_link_noted_insert AFTER INSERT ON same_incident_link REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION same_incident_link_noted()
CREATE TRIGGER same_incident_link_noted_update AFTER UPDATE ON same_incident_link REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION same_incident_link_noted()
CREATE TRIGGER same_incident_link_sets_apart AFTER INSERT ON same_incident_link REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION linked_movements_set_apart()
CREATE TRIGGER same_incident_link_stops_written AFTER INSERT ON same_incident_link REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION linked_stops_written()
row security, forced
policy same_incident_link_system for all to headwater_system using true with check true
policy same_incident_link_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table saved_view
-- A view of the dashboard kept under a name: its page and its address of codes, months and opaque ids. It holds no record; whoever opens it asks with a sight of their own.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  made_by uuid not null
  name text not null
  page text not null
  address text not null
  shared boolean not null
  version integer not null default 1
  made_at timestamp with time zone not null
  changed_at timestamp with time zone not null
  constraint saved_view_address_check CHECK (((length(address) >= 1) AND (length(address) <= 600)))
  constraint saved_view_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
  constraint saved_view_page_check CHECK ((page = ANY (ARRAY['map'::text, 'countries'::text, 'changes'::text, 'stations'::text])))
  constraint saved_view_version_check CHECK ((version >= 1))
  constraint saved_view_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint saved_view_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint saved_view_pkey PRIMARY KEY (id)
create index saved_view_maker ON saved_view USING btree (made_by)
create index saved_view_owner ON saved_view USING btree (owner_id, made_at DESC, id)
row security, forced
policy saved_view_system for all to headwater_system using true with check true
policy saved_view_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table selector
-- A normalised identifier of an entity as a keyed token, equal when the identifier is equal; the value itself is in the vault, the hint shows its last characters.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  entity_id uuid not null
  kind text not null
  token bytea not null
  hint text not null
  batch_id uuid
  constraint selector_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint selector_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES entity(id)
  constraint selector_pkey PRIMARY KEY (id)
create index selector_batch ON selector USING btree (batch_id)
create index selector_entity ON selector USING btree (entity_id)
create index selector_token ON selector USING btree (token)
CREATE TRIGGER selector_changed_delete AFTER DELETE ON selector REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER selector_changed_insert AFTER INSERT ON selector REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER selector_changed_update AFTER UPDATE ON selector REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy selector_system for all to headwater_system using true with check true
policy selector_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table settled_row
-- A row in quarantine that waits no longer: mended by hand, or left out for a reason. It goes with the row.
  batch_id uuid not null
  row_number integer not null
  owner_id uuid not null
  visibility_class_id integer not null
  mended_by uuid
  reason text
  settled_by uuid not null
  settled_at timestamp with time zone not null
  constraint settled_row_check CHECK (((mended_by IS NULL) <> (reason IS NULL)))
  constraint settled_row_reason_check CHECK ((reason = ANY (ARRAY['duplicate'::text, 'test_entry'::text, 'not_a_record'::text, 'cannot_be_mended'::text, 'source_withdrew'::text, 'other'::text])))
  constraint settled_row_batch_id_row_number_fkey FOREIGN KEY (batch_id, row_number) REFERENCES import_row(batch_id, row_number) ON DELETE CASCADE
  constraint settled_row_mended_by_fkey FOREIGN KEY (mended_by) REFERENCES import_batch(id)
  constraint settled_row_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint settled_row_pkey PRIMARY KEY (batch_id, row_number)
row security, forced
policy settled_row_system for all to headwater_system using true with check true
policy settled_row_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table shared_atom
-- Events that are only ever counted together: as many persons, incidents and contributors as may be told.
  id uuid not null
  level smallint not null
  key text not null
  persons integer not null
  events integer not null
  contributors uuid[] not null
  since_epoch integer not null
  ended_epoch integer
  constraint shared_atom_ended_epoch_fkey FOREIGN KEY (ended_epoch) REFERENCES shared_epoch(number)
  constraint shared_atom_since_epoch_fkey FOREIGN KEY (since_epoch) REFERENCES shared_epoch(number)
  constraint shared_atom_pkey PRIMARY KEY (id)
create index shared_atom_standing ON shared_atom USING btree (level) WHERE (ended_epoch IS NULL)
row security, forced
policy shared_atom_system for all to headwater_system using true with check true
grant delete, insert, select, update to headwater_system

table shared_atom_member
-- Which incidents were counted, once and for all: in no atom that is gathered later. Persons are those of the whole event.
  incident_id uuid not null
  atom_id uuid not null
  event_id uuid not null
  persons integer not null
  contributors uuid[] not null
  constraint shared_atom_member_atom_id_fkey FOREIGN KEY (atom_id) REFERENCES shared_atom(id)
  constraint shared_atom_member_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id) ON DELETE CASCADE
  constraint shared_atom_member_pkey PRIMARY KEY (incident_id)
create index shared_atom_member_atom ON shared_atom_member USING btree (atom_id)
row security, forced
policy shared_atom_member_system for all to headwater_system using true with check true
grant delete, insert, select, update to headwater_system

table shared_epoch
-- When counts were told: between two of them nothing changes.
  number integer not null
  published_at timestamp with time zone not null
  until date not null
  constraint shared_epoch_pkey PRIMARY KEY (number)
row security, forced
policy shared_epoch_system for all to headwater_system using true with check true
grant delete, insert, select, update to headwater_system

table shared_view
-- A view for partner apps as it was proposed: never changed, replaced by a next version.
  id uuid not null
  name text not null
  version integer not null
  title text not null
  query text not null
  dimensions text[] not null
  proposed_by uuid not null
  proposed_at timestamp with time zone not null
  withdrawn_at timestamp with time zone
  layer text
  constraint shared_view_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES organisation(id)
  constraint shared_view_pkey PRIMARY KEY (id)
  constraint shared_view_name_version_key UNIQUE (name, version)
row security, forced
policy shared_view_system for all to headwater_system using true with check true
grant delete, insert, select, update to headwater_system

table shared_view_approval
-- What a data officer lets be counted of the own organisation, and until when.
  view_id uuid not null
  organisation_id uuid not null
  version integer not null
  approved_by uuid not null
  approved_at timestamp with time zone not null
  revoked_at timestamp with time zone
  for_everybody boolean not null default false
  constraint shared_view_approval_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(id)
  constraint shared_view_approval_view_id_fkey FOREIGN KEY (view_id) REFERENCES shared_view(id)
  constraint shared_view_approval_pkey PRIMARY KEY (view_id, organisation_id)
row security, forced
policy shared_view_approval_system for all to headwater_system using true with check true
grant delete, insert, select, update to headwater_system

table shared_view_cell
-- The numbers of a view at an epoch.
  view_id uuid not null
  epoch integer not null
  cell text not null
  key jsonb not null
  persons integer not null
  incidents integer not null
  constraint shared_view_cell_view_id_epoch_fkey FOREIGN KEY (view_id, epoch) REFERENCES shared_view_epoch(view_id, epoch)
  constraint shared_view_cell_pkey PRIMARY KEY (view_id, epoch, cell)
row security, forced
policy shared_view_cell_system for all to headwater_system using true with check true
grant delete, insert, select, update to headwater_system

table shared_view_epoch
-- A view as it was told at an epoch, and of whose records: told no more once one of them takes its approval back.
  view_id uuid not null
  epoch integer not null
  contributors uuid[] not null
  digest bytea not null
  constraint shared_view_epoch_epoch_fkey FOREIGN KEY (epoch) REFERENCES shared_epoch(number)
  constraint shared_view_epoch_view_id_fkey FOREIGN KEY (view_id) REFERENCES shared_view(id)
  constraint shared_view_epoch_pkey PRIMARY KEY (view_id, epoch)
row security, forced
policy shared_view_epoch_system for all to headwater_system using true with check true
grant delete, insert, select, update to headwater_system

table shared_view_feature
-- The features of a layer at an epoch: functions of told counts, never of records.
  view_id uuid not null
  epoch integer not null
  feature text not null
  body jsonb not null
  constraint shared_view_feature_view_id_epoch_fkey FOREIGN KEY (view_id, epoch) REFERENCES shared_view_epoch(view_id, epoch)
  constraint shared_view_feature_pkey PRIMARY KEY (view_id, epoch, feature)
row security, forced
policy shared_view_feature_system for all to headwater_system using true with check true
grant delete, insert, select, update to headwater_system

table sign_in_attempt
-- How often it was tried to sign in under a name, there or not, and from an address: keyed digests, forgotten after a quarter of an hour.
  digest bytea not null
  attempts integer not null
  since timestamp with time zone not null
  constraint sign_in_attempt_attempts_check CHECK ((attempts >= 0))
  constraint sign_in_attempt_digest_check CHECK ((length(digest) = 32))
  constraint sign_in_attempt_pkey PRIMARY KEY (digest)
create index sign_in_attempt_since ON sign_in_attempt USING btree (since)
grant delete, insert, select, update to headwater_system

table source_origin
-- Who first perceived something, as a keyed pseudonym: what makes two statements independent or not.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  kind text not null
  token bytea not null
  constraint source_origin_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint source_origin_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint source_origin_pkey PRIMARY KEY (id)
  constraint source_origin_owner_id_token_key UNIQUE (owner_id, token)
CREATE TRIGGER source_origin_changed_delete AFTER DELETE ON source_origin REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER source_origin_changed_insert AFTER INSERT ON source_origin REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER source_origin_changed_update AFTER UPDATE ON source_origin REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy source_origin_system for all to headwater_system using true with check true
policy source_origin_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table stale_batch
-- Imports of whose rows some went while their key stayed: sealed anew under another key as soon as may be, and when the hub opens.
  batch_id uuid not null
  constraint stale_batch_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint stale_batch_pkey PRIMARY KEY (batch_id)
grant delete, insert, select, update to headwater_system

table statement
-- One graded claim from one source about one thing, with who first perceived it and what it was derived from.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  report_id uuid not null
  incident_id uuid not null
  about_kind text not null
  about_id uuid not null
  claim text not null
  origin_id uuid
  origin_kind text not null
  collector_id uuid
  derived_from uuid
  reliability text not null
  credibility smallint not null
  stated_from timestamp with time zone
  stated_to timestamp with time zone
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null default now()
  known_to timestamp with time zone
  batch_id uuid
  derived_report_id uuid
  constraint statement_about_kind_check CHECK ((about_kind = ANY (ARRAY['incident'::text, 'movement'::text, 'waypoint'::text, 'entity'::text])))
  constraint statement_check CHECK ((known_from < known_to))
  constraint statement_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint statement_collector_id_fkey FOREIGN KEY (collector_id) REFERENCES source_origin(id)
  constraint statement_derived_from_fkey FOREIGN KEY (derived_from) REFERENCES statement(id)
  constraint statement_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint statement_origin_id_fkey FOREIGN KEY (origin_id) REFERENCES source_origin(id)
  constraint statement_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint statement_pkey PRIMARY KEY (id)
create index statement_about ON statement USING btree (about_id) WHERE (known_to IS NULL)
create index statement_batch ON statement USING btree (batch_id)
create index statement_derived ON statement USING btree (derived_from) WHERE (derived_from IS NOT NULL)
create index statement_derived_report ON statement USING btree (derived_report_id) WHERE (derived_report_id IS NOT NULL)
create index statement_incident ON statement USING btree (incident_id)
create index statement_report ON statement USING btree (report_id)
CREATE TRIGGER statement_changed_delete AFTER DELETE ON statement REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER statement_changed_insert AFTER INSERT ON statement REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER statement_changed_update AFTER UPDATE ON statement REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy statement_system for all to headwater_system using true with check true
policy statement_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table station
-- A monitoring station, or a monitoring location inside one: where an organisation's staff stand. Only its owner sees it.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  name text not null
  normalised text not null
  location text not null default ''::text
  country text
  place_id uuid
  longitude double precision
  latitude double precision
  opened date
  closed date
  batch_id uuid
  constraint station_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint station_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint station_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint station_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint station_pkey PRIMARY KEY (id)
  constraint station_owner_id_normalised_location_key UNIQUE (owner_id, normalised, location)
CREATE TRIGGER station_changed_delete AFTER DELETE ON station REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER station_changed_insert AFTER INSERT ON station REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER station_changed_update AFTER UPDATE ON station REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy station_system for all to headwater_system using true with check true
policy station_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table station_month
-- What a monitoring location counted in a month: intercepts, evidence, high risk, invalid, arrests; null where it did not say. Only its owner sees it.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  station_id uuid not null
  month date not null
  intercepts integer
  evidence integer
  high_risk integer
  invalid integer
  arrests integer
  batch_id uuid
  identity_digest bytea not null
  content_digest bytea not null
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null default now()
  known_to timestamp with time zone
  retracted_at timestamp with time zone
  constraint station_month_arrests_check CHECK ((arrests >= 0))
  constraint station_month_check CHECK ((known_from < known_to))
  constraint station_month_check1 CHECK ((num_nonnulls(intercepts, evidence, high_risk, invalid, arrests) > 0))
  constraint station_month_evidence_check CHECK ((evidence >= 0))
  constraint station_month_high_risk_check CHECK ((high_risk >= 0))
  constraint station_month_intercepts_check CHECK ((intercepts >= 0))
  constraint station_month_invalid_check CHECK ((invalid >= 0))
  constraint station_month_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric))
  constraint station_month_version_check CHECK ((version >= 1))
  constraint station_month_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint station_month_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint station_month_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id)
  constraint station_month_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint station_month_pkey PRIMARY KEY (id)
create index station_month_batch ON station_month USING btree (batch_id)
create index station_month_history ON station_month USING btree (version_of) WHERE (version_of IS NOT NULL)
create unique INDEX station_month_identity ON station_month USING btree (owner_id, identity_digest) WHERE (known_to IS NULL)
create index station_month_page ON station_month USING btree (month DESC, id DESC) WHERE (known_to IS NULL)
CREATE TRIGGER station_month_changed_delete AFTER DELETE ON station_month REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER station_month_changed_insert AFTER INSERT ON station_month REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER station_month_changed_update AFTER UPDATE ON station_month REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy station_month_system for all to headwater_system using true with check true
policy station_month_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table stop_rollup
-- Living movements that are alone in their incident, dated to the month and observed in one place or none, summed by visibility class, verification and what the grain names. Rows are only ever added, with negative counts for what is no more, and folded into one another later: to be summed by whoever reads.
  grain text not null
  owner_id uuid not null
  visibility_class_id integer not null
  month date
  first_month date
  last_month date
  verification text not null
  cell bigint
  cell_resolution smallint
  movements integer not null
  folded boolean not null default false
  constraint stop_rollup_grain_check CHECK ((grain = ANY (ARRAY['cell'::text, 'cell_month'::text, 'month'::text])))
create index stop_rollup_grain ON stop_rollup USING btree (grain, visibility_class_id)
create index stop_rollup_unfolded ON stop_rollup USING btree (visibility_class_id) WHERE (NOT folded)
row security, forced
policy stop_rollup_system for all to headwater_system using true with check true
policy stop_rollup_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table subject
-- One organisation's pseudonym for a moved person. Never scored, ranked or matched.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  status text not null
  sex text not null
  age_band text not null
  report_id uuid not null
  batch_id uuid
  erased_at timestamp with time zone
  constraint subject_sex_check CHECK ((sex = ANY (ARRAY['female'::text, 'male'::text, 'other'::text, 'unknown'::text])))
  constraint subject_status_check CHECK ((status = ANY (ARRAY['possible_victim'::text, 'victim'::text, 'not_a_victim'::text])))
  constraint subject_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint subject_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint subject_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id)
  constraint subject_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint subject_pkey PRIMARY KEY (id)
create index subject_batch ON subject USING btree (batch_id)
create index subject_report ON subject USING btree (report_id)
CREATE TRIGGER subject_changed_delete AFTER DELETE ON subject REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER subject_changed_insert AFTER INSERT ON subject REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER subject_changed_update AFTER UPDATE ON subject REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy subject_system for all to headwater_system using true with check true
policy subject_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table suspicion
-- What an organisation holds a person for, by which basis, as decided by whom: version 1 is what the report says and nobody reviewed. Once for each visibility class the person's entities have had.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  person_id uuid not null
  status text not null
  basis text not null
  basis_on date
  reviewer_id uuid
  due_at timestamp with time zone
  batch_id uuid
  version integer not null default 1
  version_of uuid
  known_from timestamp with time zone not null
  known_to timestamp with time zone
  constraint suspicion_basis_check CHECK ((basis = ANY (ARRAY['report'::text, 'police'::text, 'charge_sheet'::text, 'court'::text, 'investigation'::text, 'partner'::text, 'mistaken_identity'::text, 'other'::text])))
  constraint suspicion_check CHECK ((known_from < known_to))
  constraint suspicion_check1 CHECK (((status = 'cleared'::text) = (due_at IS NULL)))
  constraint suspicion_check2 CHECK (((reviewer_id IS NULL) = (version = 1)))
  constraint suspicion_check3 CHECK (((due_at AT TIME ZONE 'UTC'::text) <= ((known_from AT TIME ZONE 'UTC'::text) + '5 years'::interval)))
  constraint suspicion_status_check CHECK ((status = ANY (ARRAY['suspect'::text, 'charged'::text, 'convicted'::text, 'cleared'::text, 'witness'::text])))
  constraint suspicion_version_check CHECK ((version >= 1))
  constraint suspicion_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint suspicion_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint suspicion_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint suspicion_pkey PRIMARY KEY (id)
create index suspicion_batch ON suspicion USING btree (batch_id)
create index suspicion_history ON suspicion USING btree (person_id)
create unique INDEX suspicion_person ON suspicion USING btree (person_id, visibility_class_id) WHERE (known_to IS NULL)
CREATE TRIGGER suspicion_changed_delete AFTER DELETE ON suspicion REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER suspicion_changed_insert AFTER INSERT ON suspicion REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER suspicion_changed_update AFTER UPDATE ON suspicion REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy suspicion_system for all to headwater_system using true with check true
policy suspicion_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table talk_notice
-- That another organisation plans something near the same place and time as a plan: talk to it. Not what, where or when.
  plan_id uuid not null
  other_id uuid not null
  agreement_id uuid not null
  noticed_at timestamp with time zone not null
  constraint talk_notice_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES agreement(id)
  constraint talk_notice_other_id_fkey FOREIGN KEY (other_id) REFERENCES organisation(id)
  constraint talk_notice_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES planned_event(id) ON DELETE CASCADE
  constraint talk_notice_pkey PRIMARY KEY (plan_id, other_id)
create index talk_notice_agreement ON talk_notice USING btree (agreement_id)
grant delete, insert, select, update to headwater_system

table target
-- A network, establishment, support structure or suspect that an organisation means to act against. Its own alone: no agreement reaches it. It holds ids and words of closed lists.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  kind text not null
  entity_ids uuid[] not null
  stage text not null
  next_action text
  due_on date not null
  responsible uuid not null
  closed_for text
  version integer not null default 1
  opened_by uuid not null
  opened_at timestamp with time zone not null
  changed_at timestamp with time zone not null
  constraint target_check CHECK (((stage = 'closed'::text) = (closed_for IS NOT NULL)))
  constraint target_check1 CHECK (((stage = 'closed'::text) = (next_action IS NULL)))
  constraint target_closed_for_check CHECK ((closed_for = ANY (ARRAY['acted_on'::text, 'not_supported'::text, 'suspicion_ended'::text, 'duplicate'::text, 'other'::text])))
  constraint target_entity_ids_check CHECK ((cardinality(entity_ids) <= 50))
  constraint target_kind_check CHECK ((kind = ANY (ARRAY['individual'::text, 'network'::text, 'establishment'::text, 'support_structure'::text])))
  constraint target_next_action_check CHECK ((next_action = ANY (ARRAY['confirm_identity'::text, 'seek_second_source'::text, 'collect_documents'::text, 'check_records'::text, 'review_suspicion'::text, 'prepare_referral'::text, 'refer'::text, 'follow_case'::text, 'close'::text])))
  constraint target_stage_check CHECK ((stage = ANY (ARRAY['lead'::text, 'developing'::text, 'ready'::text, 'referred'::text, 'closed'::text])))
  constraint target_version_check CHECK ((version >= 1))
  constraint target_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint target_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint target_pkey PRIMARY KEY (id)
create index target_due ON target USING btree (owner_id, due_on, id)
create index target_entities ON target USING gin (entity_ids)
row security, forced
policy target_system for all to headwater_system using true with check true
policy target_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table target_step
-- What was decided about a target, in order: how it stood after each act, and who did it.
  target_id uuid not null
  number integer not null
  owner_id uuid not null
  visibility_class_id integer not null
  stage text not null
  next_action text
  due_on date not null
  responsible uuid not null
  closed_for text
  done_by uuid not null
  done_at timestamp with time zone not null
  added integer
  constraint target_step_added_check CHECK ((added >= 0))
  constraint target_step_number_check CHECK ((number >= 1))
  constraint target_step_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint target_step_target_id_fkey FOREIGN KEY (target_id) REFERENCES target(id) ON DELETE CASCADE
  constraint target_step_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint target_step_pkey PRIMARY KEY (target_id, number)
row security, forced
policy target_step_system for all to headwater_system using true with check true
policy target_step_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table vault_item
-- Names, contacts, addresses and case notes, sealed with AES-256-GCM under a key of their own that lives outside this database.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  about_kind text not null
  about_id uuid not null
  field text not null
  key_id uuid not null
  sealed bytea not null
  batch_id uuid
  constraint vault_item_about_kind_check CHECK ((about_kind = ANY (ARRAY['subject'::text, 'entity'::text, 'selector'::text, 'report'::text, 'exhibit'::text]))) NOT VALID
  constraint vault_item_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint vault_item_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint vault_item_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint vault_item_pkey PRIMARY KEY (id)
create index vault_item_about ON vault_item USING btree (about_id)
create index vault_item_batch ON vault_item USING btree (batch_id)
CREATE TRIGGER vault_item_changed_delete AFTER DELETE ON vault_item REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER vault_item_changed_insert AFTER INSERT ON vault_item REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER vault_item_changed_update AFTER UPDATE ON vault_item REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy vault_item_system for all to headwater_system using true with check true
policy vault_item_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table verification
-- One verifier's answer about an incident, unseen by the others until two agree.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  incident_id uuid not null
  round integer not null
  key_id uuid not null
  answer text not null
  answered_at timestamp with time zone not null
  decided_at timestamp with time zone
  constraint verification_answer_check CHECK ((answer = ANY (ARRAY['evidence'::text, 'high_risk'::text, 'should_not_count'::text])))
  constraint verification_round_check CHECK ((round >= 1))
  constraint verification_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint verification_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint verification_visibility_class_id_fkey FOREIGN KEY (visibility_class_id) REFERENCES visibility_class(id)
  constraint verification_pkey PRIMARY KEY (id)
  constraint verification_incident_id_round_key_id_key UNIQUE (incident_id, round, key_id)
CREATE TRIGGER verification_changed_delete AFTER DELETE ON verification REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER verification_changed_insert AFTER INSERT ON verification REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER verification_changed_update AFTER UPDATE ON verification REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy verification_system for all to headwater_system using true with check true
policy verification_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table visibility_class
-- What decides who may see a row: whose it is, what kind, its TLP 2.0 handling, its sensitivity. Every record row carries exactly one.
  id integer not null generated always as identity
  owner_id uuid not null
  record_class text not null
  handling text not null
  sensitivity text not null
  released_under uuid[] not null default '{}'::uuid[]
  constraint visibility_class_consented CHECK (((sensitivity <> 'consented'::text) OR ((released_under <> '{}'::uuid[]) AND (record_class <> ALL (ARRAY['personal'::text, 'effort'::text])))))
  constraint visibility_class_handling_check CHECK ((handling = ANY (ARRAY['clear'::text, 'green'::text, 'amber'::text, 'amber_strict'::text, 'red'::text])))
  constraint visibility_class_record_class_check CHECK ((record_class = ANY (ARRAY['report'::text, 'incident'::text, 'movement'::text, 'statement'::text, 'entity'::text, 'effort'::text, 'flow'::text, 'personal'::text])))
  constraint visibility_class_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['routine'::text, 'sensitive'::text, 'consented'::text])))
  constraint visibility_class_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES organisation(id)
  constraint visibility_class_pkey PRIMARY KEY (id)
create unique INDEX visibility_class_kind ON visibility_class USING btree (owner_id, record_class, handling, sensitivity, released_under)
CREATE TRIGGER visibility_class_decides_access AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON visibility_class FOR EACH STATEMENT EXECUTE FUNCTION access_changed()
grant insert, select, update to headwater_system

table waypoint
-- A place on a movement's way, marked with how it is known.
  id uuid not null
  owner_id uuid not null
  visibility_class_id integer not null
  movement_id uuid not null
  ordinal smallint not null
  kind text not null
  basis text not null
  occurred_from timestamp with time zone
  occurred_to timestamp with time zone
  station_id uuid
  level text not null
  uncertainty_km double precision
  place_reference_id uuid
  place_id uuid
  country text
  longitude double precision
  latitude double precision
  z bigint
  cell bigint
  cell_resolution smallint
  batch_id uuid
  mode text
  constraint waypoint_basis_check CHECK ((basis = ANY (ARRAY['residence'::text, 'departure'::text, 'citizenship'::text, 'crossing'::text, 'exploitation'::text, 'destination'::text])))
  constraint waypoint_cell_resolution_check CHECK (((cell_resolution >= 0) AND (cell_resolution <= 15)))
  constraint waypoint_kind_check CHECK ((kind = ANY (ARRAY['observed'::text, 'stated'::text, 'inferred'::text])))
  constraint waypoint_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
  constraint waypoint_level_check CHECK ((level = ANY (ARRAY['exact'::text, 'locality'::text, 'admin'::text, 'country'::text, 'unknown'::text])))
  constraint waypoint_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
  constraint waypoint_mode_check CHECK ((mode = ANY (ARRAY['bus'::text, 'train'::text, 'private_vehicle'::text, 'air'::text, 'sea'::text, 'foot'::text, 'mixed'::text, 'unknown'::text])))
  constraint waypoint_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch(id)
  constraint waypoint_movement_id_fkey FOREIGN KEY (movement_id) REFERENCES movement(id)
  constraint waypoint_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint waypoint_place_reference_id_fkey FOREIGN KEY (place_reference_id) REFERENCES place_reference(id)
  constraint waypoint_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id)
  constraint waypoint_pkey PRIMARY KEY (id)
  constraint waypoint_movement_id_ordinal_key UNIQUE (movement_id, ordinal)
create index waypoint_batch ON waypoint USING btree (batch_id)
create index waypoint_place_reference ON waypoint USING btree (place_reference_id)
create index waypoint_z ON waypoint USING btree (z) WHERE (z IS NOT NULL)
CREATE TRIGGER waypoint_changed_delete AFTER DELETE ON waypoint REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER waypoint_changed_insert AFTER INSERT ON waypoint REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER waypoint_changed_update AFTER UPDATE ON waypoint REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER waypoint_noted_delete AFTER DELETE ON waypoint REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_part_noted()
CREATE TRIGGER waypoint_noted_insert AFTER INSERT ON waypoint REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_part_noted()
CREATE TRIGGER waypoint_noted_update AFTER UPDATE ON waypoint REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION movement_part_noted()
CREATE TRIGGER waypoint_stops_delete AFTER DELETE ON waypoint REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION waypoint_stops_written()
CREATE TRIGGER waypoint_stops_insert AFTER INSERT ON waypoint REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION waypoint_stops_written()
CREATE TRIGGER waypoint_stops_update AFTER UPDATE ON waypoint REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION waypoint_stops_written()
row security, forced
policy waypoint_system for all to headwater_system using true with check true
policy waypoint_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

table waypoint_reading
-- Where a waypoint was read to be until a decision about its place, or its undoing.
  waypoint_id uuid not null
  until timestamp with time zone not null
  owner_id uuid not null
  visibility_class_id integer not null
  level text not null
  uncertainty_km double precision
  place_id uuid
  country text
  longitude double precision
  latitude double precision
  z bigint
  cell bigint
  cell_resolution smallint
  constraint waypoint_reading_cell_resolution_check CHECK (((cell_resolution >= 0) AND (cell_resolution <= 15)))
  constraint waypoint_reading_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
  constraint waypoint_reading_level_check CHECK ((level = ANY (ARRAY['exact'::text, 'locality'::text, 'admin'::text, 'country'::text, 'unknown'::text])))
  constraint waypoint_reading_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
  constraint waypoint_reading_place_id_fkey FOREIGN KEY (place_id) REFERENCES place(id)
  constraint waypoint_reading_waypoint_id_fkey FOREIGN KEY (waypoint_id) REFERENCES waypoint(id) ON DELETE CASCADE
  constraint waypoint_reading_pkey PRIMARY KEY (waypoint_id, until)
CREATE TRIGGER waypoint_reading_changed_delete AFTER DELETE ON waypoint_reading REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER waypoint_reading_changed_insert AFTER INSERT ON waypoint_reading REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
CREATE TRIGGER waypoint_reading_changed_update AFTER UPDATE ON waypoint_reading REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION class_changed()
row security, forced
policy waypoint_reading_system for all to headwater_system using true with check true
policy waypoint_reading_viewer for select to headwater_app using (visibility_class_id = ANY (( SELECT (NULLIF(current_setting('headwater.classes'::text, true), ''::text))::integer[] AS "nullif")::integer[]))
grant select to headwater_app
grant delete, insert, select, update to headwater_system

CREATE OR REPLACE FUNCTION access_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into access_change (transaction) values (pg_current_xact_id())
    on conflict (transaction) do update set mark = excluded.mark;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION attachment_follows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_table_name = 'report' then
    update attachment set visibility_class_id = new.visibility_class_id where report_id = new.id;
  else
    update attachment set visibility_class_id = new.visibility_class_id where legal_case_id = new.id;
  end if;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION audit_event_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'audit events are append-only';
end
$function$

CREATE OR REPLACE FUNCTION class_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op <> 'DELETE' then
    insert into class_change (visibility_class_id, transaction)
      select distinct visibility_class_id, pg_current_xact_id() from new_rows
      on conflict (visibility_class_id, transaction) do update set changes = class_change.changes + 1;
  end if;
  if tg_op <> 'INSERT' then
    insert into class_change (visibility_class_id, transaction)
      select distinct visibility_class_id, pg_current_xact_id() from old_rows
      on conflict (visibility_class_id, transaction) do update set changes = class_change.changes + 1;
  end if;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION count_stops(ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  rolled movement_stops_counted[];
begin
  rolled := array(
    select row(m.id, m.owner_id, m.visibility_class_id, m.month,
      date_trunc('month', m.occurred_from at time zone 'UTC')::date,
      date_trunc('month', (m.occurred_to - interval '1 microsecond') at time zone 'UTC')::date,
      m.verification, min(w.cell), min(w.cell_resolution))::movement_stops_counted
    from movement m
    left join lateral (
      select case when p.cell_resolution > 6 then (p.cell & ~(15::bigint << 52)) | (6::bigint << 52) | ((1::bigint << 27) - 1) else p.cell end as cell,
        least(p.cell_resolution, 6)::smallint as cell_resolution
      from waypoint p where p.movement_id = m.id and p.kind = 'observed' and p.cell is not null and p.longitude is not null) w on true
    where m.id = any (ids) and m.known_to is null and m.month is not null
      and m.occurred_from is not null and m.occurred_to is not null
      and not exists (select 1 from movement_apart a where a.movement_id = m.id and a.shared)
    group by m.id having count(w.cell) <= 1);
  insert into movement_stops_counted select (unnest(rolled)).*;
  delete from movement_stops_apart a using unnest(rolled) r where a.movement_id = r.movement_id;
  update movement_stops_apart a set pending = false where a.movement_id = any (ids);
  perform stop_rollup_write(rolled, 1);
end
$function$

CREATE OR REPLACE FUNCTION crossing_mapped()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin if tg_op = 'INSERT' then insert into map_rollup (layer, owner_id, visibility_class_id, square, cell, cell_resolution, kind, population, verification, country, country_a, country_b, records, folded) select 'crossing', f.owner_id, f.visibility_class_id, f.square, f.cell, f.cell_resolution, f.kind, f.population, f.verification, f.country, f.country_a, f.country_b, sum(f.records), false from (select 1 as records, t.owner_id, t.visibility_class_id, map_square(t.z, t.longitude, t.latitude) as square, map_cell(t.cell, t.cell_resolution) as cell, least(t.cell_resolution, 6)::smallint as cell_resolution, t.kind, null::text as population, null::text as verification, null::text as country, t.country_a, t.country_b from new_rows t where t.known_to is null) f group by 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 having sum(f.records) <> 0; elsif tg_op = 'DELETE' then insert into map_rollup (layer, owner_id, visibility_class_id, square, cell, cell_resolution, kind, population, verification, country, country_a, country_b, records, folded) select 'crossing', f.owner_id, f.visibility_class_id, f.square, f.cell, f.cell_resolution, f.kind, f.population, f.verification, f.country, f.country_a, f.country_b, sum(f.records), false from (select -1 as records, t.owner_id, t.visibility_class_id, map_square(t.z, t.longitude, t.latitude) as square, map_cell(t.cell, t.cell_resolution) as cell, least(t.cell_resolution, 6)::smallint as cell_resolution, t.kind, null::text as population, null::text as verification, null::text as country, t.country_a, t.country_b from old_rows t where t.known_to is null) f group by 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 having sum(f.records) <> 0; else insert into map_rollup (layer, owner_id, visibility_class_id, square, cell, cell_resolution, kind, population, verification, country, country_a, country_b, records, folded) select 'crossing', f.owner_id, f.visibility_class_id, f.square, f.cell, f.cell_resolution, f.kind, f.population, f.verification, f.country, f.country_a, f.country_b, sum(f.records), false from (select 1 as records, t.owner_id, t.visibility_class_id, map_square(t.z, t.longitude, t.latitude) as square, map_cell(t.cell, t.cell_resolution) as cell, least(t.cell_resolution, 6)::smallint as cell_resolution, t.kind, null::text as population, null::text as verification, null::text as country, t.country_a, t.country_b from new_rows t where t.known_to is null union all select -1 as records, t.owner_id, t.visibility_class_id, map_square(t.z, t.longitude, t.latitude) as square, map_cell(t.cell, t.cell_resolution) as cell, least(t.cell_resolution, 6)::smallint as cell_resolution, t.kind, null::text as population, null::text as verification, null::text as country, t.country_a, t.country_b from old_rows t where t.known_to is null) f group by 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 having sum(f.records) <> 0; end if; return null; end $function$

CREATE OR REPLACE FUNCTION exhibit_follows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_table_name = 'legal_case' then
    update exhibit set visibility_class_id = new.visibility_class_id where legal_case_id = new.id;
  else
    update custody_entry set visibility_class_id = new.visibility_class_id where exhibit_id = new.id;
    update attachment set visibility_class_id = new.visibility_class_id where exhibit_id = new.id;
  end if;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION flow_blocks_sum(refolded integer[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  folded integer[];
begin
  if cardinality(refolded) = 0 then
    return;
  end if;
  -- Of two who fold at once, each would leave out what the other folds.
  perform pg_advisory_xact_lock(57, 1);
  with gone as (
    delete from flow_block b where exists (select 1 from unnest(refolded) c where b.span @> c) returning b.middle)
  delete from flow_block_cell s using gone g where s.block = g.middle;
  folded := array(
    select c.id from visibility_class c
    where exists (select 1 from flow_rollup r where r.grain = 'pair' and r.folded and r.visibility_class_id = c.id));
  for height in 1..30 loop
    exit when not exists (select 1 from unnest(folded) k where k >> (height - 1) > 0);
    with made as (
      insert into flow_block (middle, span, classes)
      select (2 * (k >> height) + 1) << (height - 1), int4range((k >> height) << height, ((k >> height) + 1) << height),
        range_agg(int4range(k, k, '[]'))
      from unnest(folded) k
      where k >> height in (select c >> height from unnest(refolded) c)
      group by k >> height having count(distinct k >> (height - 1)) = 2
      returning *),
    half as (
      select m.middle, m.classes * int4multirange(h.span) as classes
      from made m cross join lateral (values (int4range(lower(m.span), m.middle)), (int4range(m.middle, upper(m.span)))) h (span))
    insert into flow_block_cell (block, origin_country, destination_country, verification, movements, persons_min, persons_max, unbounded)
    select p.middle, p.origin_country, p.destination_country, p.verification,
      sum(p.movements), sum(p.persons_min), sum(p.persons_max), sum(p.unbounded)
    from (
      select h.middle, s.origin_country, s.destination_country, s.verification, s.movements, s.persons_min, s.persons_max, s.unbounded
      from half h join flow_block b on b.classes = h.classes join flow_block_cell s on s.block = b.middle
      union all
      select h.middle, r.origin_country, r.destination_country, r.verification, r.movements, r.persons_min, r.persons_max, r.unbounded
      from half h join flow_rollup r on r.grain = 'pair' and r.folded and r.visibility_class_id = lower(h.classes)
      where upper(h.classes) = lower(h.classes) + 1) p
    group by 1, 2, 3, 4;
  end loop;
end
$function$

CREATE OR REPLACE FUNCTION flow_rollup_write(come movement[], gone movement[])
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into flow_rollup (grain, owner_id, visibility_class_id, month, first_month, last_month, origin_country, destination_country,
    mode, purpose, status, exploitation, verification, movements, persons_min, persons_max, unbounded)
  select g.grain, f.owner_id, f.visibility_class_id,
    case when g.timed then f.month end,
    case when g.timed then date_trunc('month', f.occurred_from at time zone 'UTC')::date end,
    case when g.timed then date_trunc('month', (f.occurred_to - interval '1 microsecond') at time zone 'UTC')::date end,
    case when g.pair then f.origin_country end, case when g.pair then f.destination_country end,
    case when g.kind then f.mode end, case when g.kind then f.purpose end,
    case when g.kind then f.status end, case when g.kind then f.exploitation end,
    f.verification, sum(f.sign), sum(f.sign * f.persons_min), sum(f.sign * coalesce(f.persons_max, 0)),
    sum(case when f.persons_max is null then f.sign else 0 end)
  from (select 1 as sign, c.* from unnest(come) c union all select -1, o.* from unnest(gone) o) f
  join (values ('pair', true, false, false), ('month', false, true, false), ('pair_month', true, true, false),
    ('kind', false, false, true), ('kind_month', false, true, true)) g (grain, pair, timed, kind) on not g.timed or f.month is not null
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
  having sum(f.sign) <> 0 or sum(f.sign * f.persons_min) <> 0 or sum(f.sign * coalesce(f.persons_max, 0)) <> 0
    or sum(case when f.persons_max is null then f.sign else 0 end) <> 0
$function$

CREATE OR REPLACE FUNCTION gazetteer_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into gazetteer_change (transaction) values (pg_current_xact_id())
    on conflict (transaction) do update set changes = gazetteer_change.changes + 1;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION incident_mapped()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin if tg_op = 'INSERT' then insert into map_rollup (layer, owner_id, visibility_class_id, square, cell, cell_resolution, kind, population, verification, country, country_a, country_b, records, folded) select 'incident', f.owner_id, f.visibility_class_id, f.square, f.cell, f.cell_resolution, f.kind, f.population, f.verification, f.country, f.country_a, f.country_b, sum(f.records), false from (select 1 as records, t.owner_id, t.visibility_class_id, map_square(t.z, t.longitude, t.latitude) as square, map_cell(t.cell, t.cell_resolution) as cell, least(t.cell_resolution, 6)::smallint as cell_resolution, t.kind, t.population, t.verification, t.country, null::text as country_a, null::text as country_b from new_rows t where t.known_to is null) f group by 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 having sum(f.records) <> 0; elsif tg_op = 'DELETE' then insert into map_rollup (layer, owner_id, visibility_class_id, square, cell, cell_resolution, kind, population, verification, country, country_a, country_b, records, folded) select 'incident', f.owner_id, f.visibility_class_id, f.square, f.cell, f.cell_resolution, f.kind, f.population, f.verification, f.country, f.country_a, f.country_b, sum(f.records), false from (select -1 as records, t.owner_id, t.visibility_class_id, map_square(t.z, t.longitude, t.latitude) as square, map_cell(t.cell, t.cell_resolution) as cell, least(t.cell_resolution, 6)::smallint as cell_resolution, t.kind, t.population, t.verification, t.country, null::text as country_a, null::text as country_b from old_rows t where t.known_to is null) f group by 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 having sum(f.records) <> 0; else insert into map_rollup (layer, owner_id, visibility_class_id, square, cell, cell_resolution, kind, population, verification, country, country_a, country_b, records, folded) select 'incident', f.owner_id, f.visibility_class_id, f.square, f.cell, f.cell_resolution, f.kind, f.population, f.verification, f.country, f.country_a, f.country_b, sum(f.records), false from (select 1 as records, t.owner_id, t.visibility_class_id, map_square(t.z, t.longitude, t.latitude) as square, map_cell(t.cell, t.cell_resolution) as cell, least(t.cell_resolution, 6)::smallint as cell_resolution, t.kind, t.population, t.verification, t.country, null::text as country_a, null::text as country_b from new_rows t where t.known_to is null union all select -1 as records, t.owner_id, t.visibility_class_id, map_square(t.z, t.longitude, t.latitude) as square, map_cell(t.cell, t.cell_resolution) as cell, least(t.cell_resolution, 6)::smallint as cell_resolution, t.kind, t.population, t.verification, t.country, null::text as country_a, null::text as country_b from old_rows t where t.known_to is null) f group by 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 having sum(f.records) <> 0; end if; return null; end $function$

CREATE OR REPLACE FUNCTION incident_noted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into movement_change (visibility_class_id, transaction)
    select distinct w.visibility_class_id, pg_current_xact_id() from (
      select n.id, unnest(array[o.visibility_class_id, n.visibility_class_id]) as visibility_class_id
      from old_rows o join new_rows n on n.id = o.id
      where o.visibility_class_id <> n.visibility_class_id or (o.known_to is null) <> (n.known_to is null)) w
    where exists (select 1 from same_incident_link k where k.incident_a = w.id)
      or exists (select 1 from same_incident_link k where k.incident_b = w.id);
  return null;
end
$function$

CREATE OR REPLACE FUNCTION linked_movements_set_apart()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  linked uuid[] := array(select incident_a from new_rows union select incident_b from new_rows);
begin
  perform 1 from incident i where i.id = any (linked) order by i.id for no key update;
  perform flow_rollup_write('{}', movements_set_apart(linked, '{}'));
  return null;
end
$function$

CREATE OR REPLACE FUNCTION linked_stops_written()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform stops_written(array(
    select m.id from movement m
    where m.known_to is null and m.incident_id in (select incident_a from new_rows union select incident_b from new_rows)));
  return null;
end
$function$

CREATE OR REPLACE FUNCTION map_cell(cell bigint, resolution smallint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when resolution > 6 then (cell & ~(15::bigint << 52)) | (6::bigint << 52) | ((1::bigint << 27) - 1) else cell end
$function$

CREATE OR REPLACE FUNCTION map_emptied()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from map_rollup where layer = tg_table_name;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION map_square(z bigint, longitude double precision, latitude double precision)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when longitude is null then null
    when z is not null and latitude > -85.05112877980659 and latitude < 85.05112877980659 then z >> 32
    else -1 end
$function$

CREATE OR REPLACE FUNCTION movement_change_of(ids uuid[])
 RETURNS uuid[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when cardinality(ids) <= 20000 then ids end
$function$

CREATE OR REPLACE FUNCTION movement_counted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  parts integer;
  fresh movement[] := '{}';
  stale movement[] := '{}';
begin
  if tg_op = 'INSERT' then
    parts := (select 1 + count(*) / 10000 from new_rows);
    for fresh in
      select array_agg(n) from new_rows n where n.known_to is null
      group by mod(hashtextextended(n.incident_id::text, 0), parts)
    loop
      perform movements_recount(fresh, '{}');
    end loop;
  elsif tg_op = 'DELETE' then
    parts := (select 1 + count(*) / 10000 from old_rows);
    for stale in
      select array_agg(o) from old_rows o where o.known_to is null
      group by mod(hashtextextended(o.incident_id::text, 0), parts)
    loop
      perform movements_recount('{}', stale);
    end loop;
  else
    -- A movement that changes its incident belongs to two: all in one piece then.
    parts := (
      select case when bool_or(o.incident_id <> n.incident_id) then 1 else 1 + count(*) / 10000 end
      from old_rows o join new_rows n on n.id = o.id);
    for fresh, stale in
      select array_agg(n) filter (where n.known_to is null), array_agg(o) filter (where o.known_to is null)
      from old_rows o join new_rows n on n.id = o.id
      where n.known_to is null or o.known_to is null
      group by mod(hashtextextended(o.incident_id::text, 0), parts)
    loop
      perform movements_recount(coalesce(fresh, '{}'), coalesce(stale, '{}'));
    end loop;
  end if;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION movement_noted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    insert into movement_change (visibility_class_id, transaction, movements)
      select n.visibility_class_id, pg_current_xact_id(), movement_change_of(array_agg(n.id)) from new_rows n where n.known_to is null group by 1;
  elsif tg_op = 'DELETE' then
    insert into movement_change (visibility_class_id, transaction, movements)
      select o.visibility_class_id, pg_current_xact_id(), movement_change_of(array_agg(o.id)) from old_rows o where o.known_to is null group by 1;
  else
    insert into movement_change (visibility_class_id, transaction, movements)
      select w.visibility_class_id, pg_current_xact_id(), movement_change_of(array_agg(w.id)) from (
        select n.visibility_class_id, n.id from new_rows n where n.known_to is null
        union select o.visibility_class_id, o.id from old_rows o where o.known_to is null) w group by 1;
  end if;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION movement_part_noted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    insert into movement_change (visibility_class_id, transaction, movements)
      select n.visibility_class_id, pg_current_xact_id(), movement_change_of(array_agg(distinct n.movement_id)) from new_rows n group by 1;
  elsif tg_op = 'DELETE' then
    insert into movement_change (visibility_class_id, transaction, movements)
      select o.visibility_class_id, pg_current_xact_id(), movement_change_of(array_agg(distinct o.movement_id)) from old_rows o group by 1;
  else
    insert into movement_change (visibility_class_id, transaction, movements)
      select w.visibility_class_id, pg_current_xact_id(), movement_change_of(array_agg(w.movement_id)) from (
        select n.visibility_class_id, n.movement_id from new_rows n union select o.visibility_class_id, o.movement_id from old_rows o) w group by 1;
  end if;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION movement_stops_written()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    perform stops_written(array(
      select n.id from new_rows n
      union select m.id from movement m join new_rows n on n.incident_id = m.incident_id where m.known_to is null));
  elsif tg_op = 'DELETE' then
    perform stops_written(array(select o.id from old_rows o));
  else
    perform stops_written(array(
      select n.id from new_rows n union select o.id from old_rows o
      union select m.id from movement m join new_rows n on n.incident_id = m.incident_id where m.known_to is null));
  end if;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION movements_emptied()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  truncate flow_rollup, movement_apart, flow_block, flow_block_cell;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION movements_emptied_noted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into movement_change (visibility_class_id, transaction) select id, pg_current_xact_id() from visibility_class;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION movements_recount(fresh movement[], stale movement[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  gone movement[];
  crowded uuid[];
begin
  if cardinality(fresh) = 0 and cardinality(stale) = 0 then
    return;
  end if;
  -- Whoever links one of these incidents to another meanwhile waits, or is waited for.
  perform 1 from incident i
    where i.id in (select f.incident_id from unnest(fresh) f union select o.incident_id from unnest(stale) o)
    order by i.id for no key update;
  gone := array(
    select o from unnest(stale) o where not exists (select 1 from movement_apart a where a.movement_id = o.id and a.shared));
  crowded := array(
    select m.incident_id from movement m
      where m.known_to is null and m.incident_id in (select f.incident_id from unnest(fresh) f)
      group by m.incident_id having count(*) > 1
    union
    select f.incident_id from unnest(fresh) f
      where exists (select 1 from same_incident_link k where k.incident_a = f.incident_id)
        or exists (select 1 from same_incident_link k where k.incident_b = f.incident_id)
        or exists (select 1 from movement_apart a where a.movement_id = f.id and a.shared));
  delete from movement_apart where movement_id in (select o.id from unnest(stale) o);
  if cardinality(crowded) > 0 then
    gone := gone || movements_set_apart(crowded, array(select f.id from unnest(fresh) f));
    fresh := array(select f from unnest(fresh) f where not exists (select 1 from unnest(crowded) c where c = f.incident_id));
  end if;
  insert into movement_apart (movement_id, owner_id, visibility_class_id, shared)
    select f.id, f.owner_id, f.visibility_class_id, false from unnest(fresh) f where f.month is null;
  perform flow_rollup_write(fresh, gone);
end
$function$

CREATE OR REPLACE FUNCTION movements_set_apart(incidents uuid[], other_than uuid[])
 RETURNS movement[]
 LANGUAGE plpgsql
AS $function$
declare
  gone movement[];
begin
  gone := array(
    select m from movement m where m.incident_id = any (incidents) and m.known_to is null and m.id <> all (other_than)
      and not exists (select 1 from movement_apart a where a.movement_id = m.id and a.shared));
  insert into movement_apart (movement_id, owner_id, visibility_class_id, shared)
    select m.id, m.owner_id, m.visibility_class_id, true from movement m where m.incident_id = any (incidents) and m.known_to is null
    on conflict (movement_id) do update set shared = true, visibility_class_id = excluded.visibility_class_id;
  return gone;
end
$function$

CREATE OR REPLACE FUNCTION note_movements_of(noted text, noting text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('create trigger %I after insert on %I referencing new table as new_rows for each statement execute function %I()',
    noted || '_noted_insert', noted, noting);
  execute format('create trigger %I after update on %I referencing old table as old_rows new table as new_rows for each statement execute function %I()',
    noted || '_noted_update', noted, noting);
  execute format('create trigger %I after delete on %I referencing old table as old_rows for each statement execute function %I()',
    noted || '_noted_delete', noted, noting);
end
$function$

CREATE OR REPLACE FUNCTION same_incident_link_noted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op <> 'DELETE' then
    insert into movement_change (visibility_class_id, transaction) select distinct n.visibility_class_id, pg_current_xact_id() from new_rows n;
  end if;
  if tg_op <> 'INSERT' then
    insert into movement_change (visibility_class_id, transaction) select distinct o.visibility_class_id, pg_current_xact_id() from old_rows o;
  end if;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION stop_rollup_write(rolled movement_stops_counted[], sign integer)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into stop_rollup (grain, owner_id, visibility_class_id, month, first_month, last_month, verification, cell, cell_resolution, movements)
  select g.grain, r.owner_id, r.visibility_class_id,
    case when g.timed then r.month end, case when g.timed then r.first_month end, case when g.timed then r.last_month end, r.verification,
    case when g.placed then r.cell end, case when g.placed then r.cell_resolution end, sign * count(*)
  from unnest(rolled) r
  join (values ('cell', true, false), ('cell_month', true, true), ('month', false, true)) g (grain, placed, timed) on true
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9
$function$

CREATE OR REPLACE FUNCTION stops_emptied()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  truncate stop_rollup, movement_stops_apart, movement_stops_counted;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION stops_written(ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  gone movement_stops_counted[];
begin
  insert into movement_stops_apart as a (movement_id, owner_id, visibility_class_id, pending)
    select m.id, m.owner_id, m.visibility_class_id, true from movement m where m.id = any (ids) and m.known_to is null order by m.id
    on conflict (movement_id) do update set pending = true, owner_id = excluded.owner_id, visibility_class_id = excluded.visibility_class_id
      where not a.pending or a.visibility_class_id <> excluded.visibility_class_id or a.owner_id <> excluded.owner_id;
  delete from movement_stops_apart a
    where a.movement_id = any (ids) and not exists (select 1 from movement m where m.id = a.movement_id and m.known_to is null);
  with deleted as (delete from movement_stops_counted c where c.movement_id = any (ids) returning c.*)
    select array_agg(d::movement_stops_counted) into gone from deleted d;
  if gone is not null then
    perform stop_rollup_write(gone, -1);
  end if;
end
$function$

CREATE OR REPLACE FUNCTION watch_class_changes(watched text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('create trigger %I after insert on %I referencing new table as new_rows for each statement execute function class_changed()',
    watched || '_changed_insert', watched);
  execute format('create trigger %I after update on %I referencing old table as old_rows new table as new_rows for each statement execute function class_changed()',
    watched || '_changed_update', watched);
  execute format('create trigger %I after delete on %I referencing old table as old_rows for each statement execute function class_changed()',
    watched || '_changed_delete', watched);
end
$function$

CREATE OR REPLACE FUNCTION waypoint_stops_written()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    perform stops_written(array(select distinct n.movement_id from new_rows n where n.kind = 'observed'));
  elsif tg_op = 'DELETE' then
    perform stops_written(array(select distinct o.movement_id from old_rows o where o.kind = 'observed'));
  else
    perform stops_written(array(
      select n.movement_id from new_rows n where n.kind = 'observed' union select o.movement_id from old_rows o where o.kind = 'observed'));
  end if;
  return null;
end
$function$
