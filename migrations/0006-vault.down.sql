drop table vault_item;
