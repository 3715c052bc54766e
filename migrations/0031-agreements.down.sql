drop table agreement_act;
drop table agreement_party;
drop table agreement;
