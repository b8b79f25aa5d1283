import type { LetterRow } from '../../../api/letters.ts'
import type { Tone } from '../../../kit/index.ts'

export const letterTone: Record<LetterRow['state'], Tone> = {
  draft: 'plain',
  submitted: 'accent',
  returned: 'warn',
  approved: 'good',
  sending: 'accent',
  sent: 'good',
  withdrawn: 'plain',
}
