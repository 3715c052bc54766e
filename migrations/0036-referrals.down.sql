drop table referral_text;
drop table referral;
