import type { Tone } from './chip.tsx'

/** Colour means state, and the same state has the same colour on every page. */
const tones: Record<string, Tone> = {
  done: 'good',
  settled: 'good',
  good: 'good',
  approved: 'good',
  granted: 'good',
  accepted: 'good',
  running: 'accent',
  composed: 'accent',
  claimed: 'accent',
  held: 'warn',
  draft: 'warn',
  recalibrate: 'warn',
  uncertain: 'warn',
  warning: 'warn',
  failed: 'bad',
  refused: 'bad',
  stopped: 'bad',
  retrain: 'bad',
  stop: 'bad',
  error: 'bad',
}

export const toneOf = (state: string): Tone => tones[state] ?? 'plain'
