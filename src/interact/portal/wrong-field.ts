import type { HuiyinError } from '../../platform/errors.ts'

/** Of the note that says what went wrong; the field it is about points there. */
export const PROBLEM = 'problem'

/** What can be put right in one field: that field has the focus, and is read together with the words. */
const FIELDS: Readonly<Record<string, string>> = {
  'code.wrong': 'code',
  'portal.bad-address': 'address',
  'portal.bad-pairing': 'code',
  'portal.card-wrong': 'number',
  'portal.no-words': 'words',
  'portal.past-time': 'at',
  'portal.who-wrong': 'birth',
}

export const fieldOf = ({ code }: HuiyinError): string | undefined => FIELDS[code]
