import type { Tone } from '../../../kit/index.ts'

export const repairTone: Record<string, Tone> = {
  proposed: 'warn',
  applied: 'good',
  rejected: 'plain',
  undone: 'plain',
}
