alter table report drop column pap;
