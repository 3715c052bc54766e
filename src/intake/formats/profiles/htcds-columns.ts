/** Field names and value lists of the Human Trafficking Case Data Standard 2.0, as its spreadsheets and its form write them. */

/** Read into records or the vault. Two names stand twice: as the standard has them, and as the published sheets or the form spell them. */
export const HTCDS_COLUMNS: readonly string[] = `
  cas_CaseNumber prs_FirstName prs_First_Name prs_MiddleName prs_SecondName prs_Second_Name prs_Birthdate prs_Gender prs_Citizenship
  prs_HomePhone prs_MobilePhone prs_MailingStreet prs_MailingCity prs_MailingState prs_MailingPostalCode
  prs_MailingCountry vic_TraffickingStatusDecisionMakingOrg vic_TraffickinStatusDecisionMakingOrg vic_AgeWhenTrafficked
  vic_RelationshipToTrafficker vic_MethodOfRecruitment vic_LocationOfRecruitment vic_MethodsOfControl vic_Methods_of_Control
  vic_ForcedLabourIndustry vic_TypeOfSexExploitation vic_LocationOfExploitation per_RoleInProcess per_RoleDetails
  cas_IncomingReferralDate cas_IncomingReferralDetails cas_OutgoingReferralDetails cas_ReasonForCaseClosure cco_CaseComment
  hte_Type hte_Date hte_Country hte_State hte_City hte_Street hte_PostalCode hte_Longitude hte_Latitude hte_Description
`
  .trim()
  .split(/\s+/);

/** Known, and kept in the sealed raw row alone: whose desk it was, how to write to the person, help that was given. */
export const HTCDS_UNREAD: readonly string[] = `
  org_Name org_ShippingCity org_ShippingCountry org_ShippingState org_ShippingStreet org_ShippingPostalCode org_ShippingLongitude
  org_ShippingLatitude org_Phone org_Type
  prs_Salutation prs_Title prs_Deceased prs_MaritalStatus prs_NumberOfChildren prs_PrimaryLanguage prs_SecondaryLanguage
  prs_HighestLevelOfEducation prs_IdentityNumber prs_Email prs_MailingLongitude prs_MailingLatitude
  vic_AgreementToManagePersonalData vic_RecruitmentWebsitesAndApps vic_ExploitationWebsitesAndApps
  per_Organisation cas_Status cas_CaseOwner cas_ReferringOrganisation cas_ReferringPrimaryCaseWorker cas_ReasonForIncomingReferral
  cas_ReferredOrganisation cas_ReferredPrimaryCaseWorker cas_ReasonForOutgoingReferral cas_OutgoingReferralDate
  spl_Objectives spl_ActionPlan spl_PlannedEndDate spl_ActualEndDate spl_Type con_Consent
  start end __version__ column_36
`
  .trim()
  .split(/\s+/);

/** Always dropped, and named so that a file with them is known whole: they tell of health, addiction and poverty. */
export const HTCDS_DROPPED: readonly string[] = ['vic_Vulnerabilities', 'vic_DetailsOfVulnerabilities'];

export const METHODS_OF_RECRUITMENT: readonly string[] = [
  'At a place of business',
  'At an educational institution',
  'At work',
  'Through online social networks',
  'Through an online advertisement',
  'Through a television advert',
  'Through a newspaper advert',
  'Through family or family events',
  'Through friends or social events',
  'Other',
];

export const METHODS_OF_CONTROL: readonly string[] = [
  'Physical threats',
  'Threats of law enforcement',
  'Threatens children/family',
  'Debt bondage',
  'False promises',
  'Physical abuse',
  'Sexual abuse',
  'Takes earnings',
  'Restricts financial access',
  'Restricts medical care',
  'Restricts movement',
  'Withholds necessities',
  'Psychological abuse',
  'Psychoactive substance',
  'Excessive working hours',
  'Uses children',
  'Withholds documents',
  'Other',
];

/** Codes of the form, and of the standard's own list, that are not the words run together. */
export const CONTROL_CODES: Readonly<Record<string, string>> = {
  ThreatsLawEnforcement: 'Threats of law enforcement',
  MethodsOfControlDebtBondage: 'Debt bondage',
  MethodsOfControlTakesEarnings: 'Takes earnings',
  MethodsOfControlRestrictsFinancialAccess: 'Restricts financial access',
  MethodsOfControlThreats: 'Physical threats',
  MethodsOfControlPsychologicalAbuse: 'Psychological abuse',
  MethodsOfControlPhysicalAbuse: 'Physical abuse',
  MethodsOfControlSexualAbuse: 'Sexual abuse',
  MethodsOfControlFalsePromises: 'False promises',
  MethodsOfControlPsychoactiveSubstances: 'Psychoactive substance',
  MethodsOfControlRestrictsMovement: 'Restricts movement',
  MethodsOfControlRestrictsMedicalCare: 'Restricts medical care',
  MethodsOfControlExcessiveWorkingHours: 'Excessive working hours',
  MethodsOfControlUsesChildren: 'Uses children',
  MethodsOfControlThreatOfLawEnforcement: 'Threats of law enforcement',
  MethodsOfControlWithholdsNecessities: 'Withholds necessities',
  MethodsOfControlWithholdsDocuments: 'Withholds documents',
  MethodsOfControlOther: 'Other',
};

export const TYPES_OF_EXPLOITATION: readonly string[] = [
  'Forced labour',
  'Sexual exploitation',
  'Child labour',
  'Forced marriage',
  'Servitude',
  'Forced military (by non-state actors)',
  'Organ removal',
  'Forced begging',
  'Forced adoption',
  'Surrogacy',
  'Other',
];

export const TYPES_OF_SEX_EXPLOITATION: readonly string[] = [
  'Prostitution',
  'Pornography',
  'Remote Interactive Services',
  'Private Sexual Services',
];

/** Sections of ISIC, as the standard's sheets write them. */
export const INDUSTRIES: readonly string[] = [
  'Agriculture, forestry and fishing',
  'Mining and quarrying',
  'Manufacturing',
  'Electricity, gas, steam and air conditioning supply',
  'Water supply; sewerage, waste management and remediation',
  'Construction',
  'Wholesale and retail trade; repair of motor vehicles and motorcycles',
  'Transportation and storage',
  'Accommodation and food service activities',
  'Information and communication',
  'Financial and insurance activities',
  'Real estate activities',
  'Professional, scientific and technical activities',
  'Administrative and support service activities',
  'Public administration and defence; compulsory social security',
  'Education',
  'Human health and social work activities',
  'Arts, entertainment and recreation',
  'Other service activities',
  'Activities of households as employers; undifferentiated goods- and services- producing activities of households for own use',
  'Activities of extraterritorial organizations and bodies',
];

const INDUSTRY_NAMES: readonly string[] = `
  AgricultureForestryAndFishing MiningAndQuarrying Manufacturing ElectricityGasSteamAndAirConditioningSupply
  WaterSupplySewerageWasteManagement Construction WholesaleAndRetailTradeRepairOfMotorVehicles TransportationAndStorage
  AccommodationAndFoodServiceActivities InformationAndCommunication FinancialAndInsuranceActivities RealEstateActivities
  ProfessionalScientificAndTechnicalActivities AdministrativeAndSupportServiceActivities PublicAdministrationAndDefence Education
  HumanHealthAndSocialWorkActivities ArtsEntertainmentAndRecreation OtherServiceActivities ActivitiesOfHouseholdsAsEmployers
  ActivitiesOfExtraterritorialOrganizations
`
  .trim()
  .split(/\s+/);

/** A_AgricultureForestryAndFishing and on to U, section by section. */
export const INDUSTRY_CODES: Readonly<Record<string, string>> = Object.fromEntries(
  INDUSTRY_NAMES.map((name, at) => [`${String.fromCharCode(65 + at)}_${name}`, INDUSTRIES[at] ?? '']),
);
