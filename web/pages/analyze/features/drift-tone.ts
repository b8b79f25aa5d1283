import type { Tone } from '../../../kit/index.ts'

export const driftTone: Record<'same' | 'moved' | 'changed', Tone> = { same: 'plain', moved: 'warn', changed: 'bad' }
