/** What became of a short message, in the words of the two ways in which it is told (SMPP 3.4, appendix B; TLVs of 5.3.2). */
export interface SmsReceipt {
  providerId: string
  state: 'delivered' | 'failed' | 'under-way'
  /** As the network said it. */
  said: string
}

/** 5.2.28 */
const STATES: Record<number, string> = {
  1: 'ENROUTE',
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  6: 'ACCEPTD',
  7: 'UNKNOWN',
  8: 'REJECTD',
}
const OVER = new Set(['EXPIRED', 'DELETED', 'UNDELIV', 'REJECTD', 'UNKNOWN'])

const stateOf = (said: string): SmsReceipt['state'] =>
  said === 'DELIVRD' ? 'delivered' : OVER.has(said) ? 'failed' : 'under-way'

export function readReceipt(of: { text: string; receiptedId?: string; messageState?: number }): SmsReceipt | null {
  const inText = /\bid:\s*([\w.-]{1,64})/i.exec(of.text)?.[1]
  const providerId = (of.receiptedId ?? inText ?? '').replace(/\0+$/, '')
  if (providerId === '') return null
  const said =
    STATES[of.messageState ?? 0] ?? (/\bstat:\s*([A-Z]{2,10})/i.exec(of.text)?.[1] ?? '').toUpperCase().slice(0, 7)
  const error = /\berr:\s*([\w.-]{1,10})/i.exec(of.text)?.[1]
  return {
    providerId,
    state: stateOf(said),
    said: error && error !== '000' && error !== '0' ? `${said} ${error}` : said,
  }
}

/** Some centres name a message in hexadecimal when they take it and in decimal when they tell of it, or the other way round. */
export function writtenAs(id: string): string[] {
  const forms = new Set([id, id.replace(/^0+(?=.)/, ''), id.toLowerCase(), id.toUpperCase()])
  const add = (text: string, base: 10 | 16): void => {
    try {
      const number = BigInt(base === 16 ? `0x${text}` : text)
      forms.add(number.toString(10))
      for (const hex of [number.toString(16), number.toString(16).padStart(8, '0')]) {
        forms.add(hex)
        forms.add(hex.toUpperCase())
      }
    } catch {
      // No number at all.
    }
  }
  if (/^\d{1,20}$/.test(id)) add(id, 10)
  if (/^[0-9a-f]{1,16}$/i.test(id)) add(id, 16)
  return [...forms]
}
