alter table account drop column purposes;
alter table api_key drop column purposes;
alter table access_grant drop column purposes;
