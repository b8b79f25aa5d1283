import { contactPolicy } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import type { MessageChannel } from '../compose/template.ts'
import type { UnitCosts } from '../kinds/decide-ways.ts'

/** What a message costs, by the contact policy. */
export async function unitCosts(app: Pick<App, 'workflow'>): Promise<UnitCosts> {
  const { channels } = await contactPolicy(app)
  const named: [MessageChannel, keyof typeof channels][] = [
    ['print', 'letter'],
    ['email', 'email'],
    ['sms', 'sms'],
    ['call', 'call'],
  ]
  return Object.fromEntries(named.map(([channel, name]) => [channel, channels[name]?.unit_cost_minor ?? 0]))
}
