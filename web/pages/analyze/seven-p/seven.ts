/** In the order of the board. */
export const seven = [
  'profiling',
  'persistency',
  'profitability',
  'performance',
  'prospecting',
  'product',
  'promotion',
] as const
export type P = (typeof seven)[number]
export const isP = (value: string): value is P => (seven as readonly string[]).includes(value)
