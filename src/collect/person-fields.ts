/** Standardised fields of a person's or organisation's record, in the groups in which they are listed everywhere. */
export const NAME_FIELDS = ['full_name', 'family_name', 'given_name'] as const
/** Numbers of persons and organisations, and who speaks for the latter. */
export const NUMBER_FIELDS = ['id_number', 'org_code', 'contact_person'] as const
export const CONTACT_FIELDS = ['mobile', 'mobile2', 'landline', 'email'] as const
export const ADDRESS_FIELDS = ['country', 'province', 'city', 'district', 'street', 'postcode', 'address2'] as const
