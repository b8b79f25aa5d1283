import type { AnswerBody } from '../../api/types.ts'

export const channels = ['email', 'sms', 'call', 'letter'] as const
export type Channel = (typeof channels)[number]
export type ConsentChoice = 'same' | 'granted' | 'refused'

/** An address is believed as a whole: a new street in the old city is told with the old city. */
export const addressFields = ['street', 'district', 'city', 'province', 'postcode', 'country'] as const

/** Golden fields a customer is asked about; names are those of the records. */
export const answerFields = [
  'full_name',
  'mobile',
  'landline',
  'email',
  'province',
  'city',
  'district',
  'street',
  'postcode',
] as const

export interface AnswerDraft {
  id: string
  fields: Record<string, string>
  consents: Partial<Record<Channel, ConsentChoice>>
  note: string
  communicationId: string
}

/** What is sent; null while nothing was said. `current`: what the golden record says and is not masked. */
export function answerOf(draft: AnswerDraft, current: Record<string, string>): AnswerBody | null {
  const fields = Object.fromEntries(
    Object.entries(draft.fields)
      .map(([field, value]) => [field, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  )
  if (addressFields.some(field => fields[field]))
    for (const field of addressFields) if (!fields[field] && current[field]) fields[field] = current[field]
  const consents = channels.flatMap(channel => {
    const choice = draft.consents[channel]
    return choice === 'granted' || choice === 'refused' ? [{ channel, granted: choice === 'granted' }] : []
  })
  const note = draft.note.trim()
  if (Object.keys(fields).length === 0 && consents.length === 0 && note === '') return null
  return {
    id: draft.id,
    fields,
    consents,
    note,
    ...(draft.communicationId ? { communicationId: draft.communicationId } : {}),
  }
}
