import { isMessage } from '../../../i18n/i18n.ts'
import type { Speech } from '../../../i18n/use-text.ts'
import type { ProofMember } from './types.ts'

/** `rare 㛃` and `language en` carry what they speak of. */
export function whyInWords({ t }: Pick<Speech, 't'>, why: string): string {
  const [code = '', ...what] = why.split(' ')
  const id = `proof.why.${code}`
  return isMessage(id) ? t(id, { what: what.join(' ') }) : why
}

export const nameOf = ({ t }: Pick<Speech, 't'>, member: ProofMember | undefined, id: number): string => {
  if (!member) return String(id)
  return member.kind === 'example'
    ? t('proof.example', { id: member.example ?? String(member.id) })
    : t('proof.customer', { id: String(member.customerId) })
}
