/** The header of the border intercept export, in the form's order. */

/** Said of the intercept, and repeated on each of its rows. */
export const INTERCEPT_COLUMNS: readonly string[] = `
  country station_name status irf_number date_of_interception time_of_interception number_of_victims
  number_of_traffickers location staff_name profile where_going_destination industry
  vulnerability_afraid_of_host vulnerability_connection_host_unclear
  vulnerability_doesnt_have_required_visa vulnerability_doesnt_speak_destination_language
  vulnerability_doesnt_speak_english vulnerability_family_friend_arranged_travel
  vulnerability_family_unwilling vulnerability_first_time_traveling_abroad
  vulnerability_group_facebook vulnerability_group_missed_call vulnerability_group_never_met_before
  vulnerability_group_other_website vulnerability_insufficient_resource vulnerability_met_on_the_way
  vulnerability_minor_without_guardian vulnerability_non_relative_paid_flight
  vulnerability_paid_flight_in_cash vulnerability_person_speaking_on_their_behalf
  vulnerability_refuses_family_info vulnerability_supporting_documents_one_way_ticket
  vulnerability_under_18_family_doesnt_know vulnerability_where_going_doesnt_know
  evade_appearance_avoid_officials evade_caught_in_lie evade_couldnt_confirm_job
  evade_job_details_changed_en_route evade_no_bags_long_trip evade_noticed_carrying_full_bags
  evade_signs_confirmed_deception evade_signs_fake_documentation
  evade_signs_forged_false_documentation evade_signs_other evade_signs_treatment
  evade_study_doesnt_know_school_details evade_visa_misuse evidence_categorization
  control_connected_known_trafficker control_contradiction_stories control_drugged_or_drowsy
  control_job control_job_underqualified control_led_other_country
  control_less_than_2_weeks_before_eloping control_married_in_past_2_8_weeks
  control_married_in_past_2_weeks control_mobile_phone_taken_away control_no_address_phone
  control_normal_pay control_not_real_job control_owes_debt control_passport_with_broker
  control_promised_double control_promised_higher control_promised_pay
  control_relationship_to_get_married control_reported_total_red_flags control_status_known_trafficker
  control_traveling_because_of_threat control_traveling_with_someone_not_with_them
  control_under_18_family_unwilling control_where_going_someone_paid_expenses control_wife_under_18
  computed_total_red_flags immigration_exit immigration_lj_entry immigration_lj_exit
  immigration_lj_transit talked_to_family_member immigration_entry immigration_transit
  immigration_case_number who_noticed which_contact contact_paid contact_paid_how_much
  staff_who_noticed reason_for_intercept flight_number how_sure_was_trafficking convinced_by_staff
  convinced_by_family convinced_family_phone convinced_by_police pv_stopped_on_own rescue
  verified_evidence_categorization verified_date
`
  .trim()
  .split(/\s+/);

/** Said of one person; \`case_notes\` is there in some exports only. */
export const PERSON_COLUMNS: readonly string[] = `
  role full_name gender age birthdate address latitude longitude nationality phone_contact
  not_physically_present case_notes
`
  .trim()
  .split(/\s+/);

/** What the de-identified variant leaves out. */
export const IDENTIFYING_COLUMNS: ReadonlySet<string> = new Set(
  `
  station_name staff_name staff_who_noticed time_of_interception which_contact convinced_family_phone
  full_name birthdate address latitude longitude phone_contact case_notes
`
    .trim()
    .split(/\s+/),
);
