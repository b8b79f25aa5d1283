import type { P } from '../../../../src/analyze/board/figures.ts'

/** In the order of the board. */
export const seven = [
  'profiling',
  'persistency',
  'profitability',
  'performance',
  'prospecting',
  'product',
  'promotion',
] as const satisfies readonly P[]
export type { P }
export const isP = (value: string): value is P => (seven as readonly string[]).includes(value)
