drop table api_key;
drop table access_grant;
drop table visibility_class;
drop table organisation;
-- The roles and extensions stay: other databases of the server may stand on them.
revoke usage on schema public from headwater_app, headwater_system;
