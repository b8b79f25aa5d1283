import { readPhoneAnywhere } from '../../collect/index.ts'

export interface Caller {
  /** E.164; '' when there is none. */
  number: string
  /** ok · withheld: the caller shows none · malformed: what came is no telephone number. */
  state: 'ok' | 'withheld' | 'malformed'
}

/** What exchanges send in place of a number that is not shown (RFC 3323 and what is seen in practice). */
const WITHHELD =
  /^(anonymous|withheld|private|restricted|unavailable|unknown|blocked|hidden|no ?number|null|none|隐藏号码|未知号码|\+?0+|[*#-]+)$/i

/** From whatever a telephone system sends: a number as dialled, E.164, `tel:` or `sip:` with a display name around it. */
export function readCaller(raw: string, country = 'CN'): Caller {
  const user = raw
    .normalize('NFKC')
    .replace(/^.*<([^>]*)>.*$/, '$1')
    .trim()
    .replace(/^(sips?|tel):/i, '')
    .replace(/[;?].*$/, '')
    .replace(/@.*$/, '')
    .trim()
  if (user === '' || WITHHELD.test(user)) return { number: '', state: 'withheld' }
  const read = readPhoneAnywhere(user, country)
  return read.valid ? { number: read.e164, state: 'ok' } : { number: '', state: 'malformed' }
}
