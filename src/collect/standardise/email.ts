/**
 * E-mail addresses: the form in which two of them are the same, and whether the address can exist at all.
 * Syntax is the dot-atom and quoted local part of RFC 5321 §4.1.2 with the length limits of §4.5.3.1, not the obsolete forms.
 */
export interface Email {
  /** Lower case, spaces and full-width signs repaired; '' when there is no @ with something on both sides. */
  address: string
  local: string
  domain: string
  valid: boolean
}

const NONE: Email = { address: '', local: '', domain: '', valid: false }
const ATOM = /^[a-z0-9!#$%&'*+/=?^_`{|}~\u0080-\uffff-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~\u0080-\uffff-]+)*$/i
const QUOTED = /^"(?:[^"\\\r\n]|\\.)+"$/
const LABEL = /^[a-z0-9\u0080-\uffff](?:[a-z0-9\u0080-\uffff-]{0,61}[a-z0-9\u0080-\uffff])?$/i

export function readEmail(raw: string): Email {
  let text = raw.trim()
  if (text === '') return NONE
  if (/[\uff00-\uffef]/.test(text)) text = text.normalize('NFKC')
  text = text.replace(/^mailto:/i, '').replace(/^<(.*)>$/, '$1')
  const at = text.lastIndexOf('@')
  if (at < 1 || at === text.length - 1) return NONE
  const local = text.slice(0, at).toLowerCase()
  const domain = text
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.$/, '')
  const labels = domain.split('.')
  const valid =
    local.length <= 64 &&
    domain.length <= 253 &&
    (ATOM.test(local) || QUOTED.test(local)) &&
    labels.length >= 2 &&
    labels.every(label => LABEL.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  return { address: `${local}@${domain}`, local, domain, valid }
}
