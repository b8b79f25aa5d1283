/** A text as the messages that carry it: GSM 03.38 or UCS-2, and above one message's room in parts that a header joins again. */
import smpp from 'smpp'
import { smsSize } from '../../../personalize/index.ts'

export interface SmsPart {
  bytes: Buffer
  /** 3GPP TS 23.040, 9.2.3.24.1: reference, how many, which; null of a message that is alone. */
  header: Buffer | null
  at: number
}

export interface SplitSms {
  dataCoding: 0 | 8
  parts: SmsPart[]
}

/** Octets of one message, and of a part beside its header of six octets. GSM-7 counts septets, one octet each on the wire here. */
const ROOM = { 'GSM-7': { alone: 160, joined: 153 }, 'UCS-2': { alone: 140, joined: 134 } }

export function splitSms(text: string, reference: number): SplitSms {
  const { encoding } = smsSize(text)
  const encode = (part: string): Buffer =>
    encoding === 'GSM-7' ? smpp.encodings.ASCII.encode(part) : smpp.encodings.UCS2.encode(part)
  const dataCoding = encoding === 'GSM-7' ? 0 : 8
  const { alone, joined } = ROOM[encoding]
  const whole = encode(text)
  if (whole.length <= alone) return { dataCoding, parts: [{ bytes: whole, header: null, at: 1 }] }
  // Neither an escaped character (^ € …) nor a surrogate pair is cut in two.
  const pieces: Buffer[][] = [[]]
  let used = 0
  for (const character of text) {
    const bytes = encode(character)
    if (used + bytes.length > joined) {
      pieces.push([])
      used = 0
    }
    pieces.at(-1)!.push(bytes)
    used += bytes.length
  }
  return {
    dataCoding,
    parts: pieces.map((piece, index) => ({
      bytes: Buffer.concat(piece),
      header: Buffer.from([5, 0, 3, reference & 255, pieces.length, index + 1]),
      at: index + 1,
    })),
  }
}
