import { useGet } from '../../api/queries.ts'
import type { ContactPolicy } from '../../api/types.ts'

/** Offers come without a currency: it is the policy's, whose budget pays for them. */
export const usePolicyCurrency = (): string => useGet<ContactPolicy>('/contact-policy').data?.currency ?? 'GBP'
