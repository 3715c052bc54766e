drop table key_folder;
drop table vault_item;
