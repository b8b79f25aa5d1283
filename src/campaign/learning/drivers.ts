/** What a campaign's money comes from. */
export type Driver = 'cross-selling' | 'retention' | 'repeat' | 'other' | 'mail'
export const drivers: readonly Driver[] = ['cross-selling', 'retention', 'repeat', 'other', 'mail']

/** Kinds of offers as offers.json names them. */
const ofKind: Record<string, Driver> = {
  'cross-sell': 'cross-selling',
  'up-sell': 'cross-selling',
  'service upgrade': 'cross-selling',
  retention: 'retention',
  reactivation: 'retention',
  loyalty: 'repeat',
  repeat: 'repeat',
}

export const driverOf = (kind: string | undefined): Driver => ofKind[kind ?? ''] ?? 'other'
