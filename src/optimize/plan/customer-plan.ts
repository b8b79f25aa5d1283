import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { customerPlan } from '../api.ts'
import { optimizeErrors } from '../errors.ts'
import type { ChannelId } from '../policy/contact-policy.ts'
import { type Considered, consideredFor, moneyIn } from './considered.ts'
import { channelNames } from './limits.ts'
import { reasonNames } from './plan-view.ts'

export type CustomerPlan = z.infer<typeof customerPlan>

interface Assignment {
  offer: string
  channel: ChannelId
  wave: number
  value_minor: number
  acceptance: number
  cost_minor: number
}

/**
 * What the newest plan has for one customer, and why not more: their options are made again, from what the plan was made with and
 * from what was known then.
 */
export async function planOfCustomer(app: App, customerId: number): Promise<CustomerPlan> {
  const runId = await app.runs.latest('plan')
  const plan =
    runId === null
      ? undefined
      : await app.workflow.db.selectFrom('plans').selectAll().where('run_id', '=', runId).executeTakeFirst()
  if (!plan || runId === null) throw optimizeErrors['optimize.no-plan']()
  const { currency } = plan.basis.policy
  const nameOf = (offer: string): Text => plan.basis.offers.find(o => o.id === offer)?.name ?? { en: offer, zh: offer }
  const customer = { runId, customer: customerId }
  const [assignments, [held], considered] = await Promise.all([
    app.facts.query<Assignment>(
      `SELECT toString(offer) AS offer, toString(channel) AS channel, wave, value_minor, acceptance, cost_minor
       FROM plan_assignments WHERE run_id = {runId:UInt64} AND customer_id = {customer:UInt64} ORDER BY value_minor DESC`,
      customer,
    ),
    app.facts.query<{ offer: string; channel: ChannelId }>(
      `SELECT toString(offer) AS offer, toString(channel) AS channel
       FROM control_members WHERE run_id = {runId:UInt64} AND customer_id = {customer:UInt64}`,
      customer,
    ),
    consideredFor(app, plan, customerId),
  ])
  const { options } = considered
  const isChosen = (o: Considered['options'][number]) =>
    assignments.some(a => a.offer === o.offer && a.channel === o.channel && a.wave === o.wave)
  const chosen = options.find(isChosen)
  const beaten = options.find(o => !isChosen(o))
  return {
    control: held !== undefined,
    assignments: assignments.map(a => ({
      offer: a.offer,
      name: nameOf(a.offer),
      channel: a.channel,
      valueMinor: a.value_minor,
      acceptance: a.acceptance,
      costMinor: a.cost_minor,
      why: why(a, chosen, beaten, currency),
    })),
    whyNot:
      assignments.length > 0 || !considered.known ? null : held ? heldBack(held, nameOf) : whyNot(considered, currency),
    options: options.map(option => {
      const { takenBy: _, ...shown } = option
      const taken = isChosen(option)
      return {
        ...shown,
        chosen: taken,
        why: taken ? chosenText(option, currency) : lostText(option, chosen, held !== undefined, currency),
      }
    }),
    shut: considered.shut,
  }
}

const basisText = (basis: 'prior' | 'history'): Text =>
  basis === 'prior'
    ? { en: 'believed, as nobody has answered it yet', zh: '为先验估计，尚无历史答复' }
    : { en: 'from what others answered', zh: '依据历史答复' }

function why(
  a: Assignment,
  chosen: Considered['options'][number] | undefined,
  beaten: Considered['options'][number] | undefined,
  currency: string,
): Text {
  const share = `${(a.acceptance * 100).toFixed(1)} %`
  const value = moneyIn(currency, a.value_minor)
  const basis = chosen && basisText(chosen.basis)
  const other = beaten && moneyIn(currency, beaten.valueMinor)
  return {
    en: `${share} are expected to accept${basis ? ` (${basis.en})` : ''}; worth ${value} on average.${beaten ? ` Next best: ${beaten.name.en}, ${channelNames[beaten.channel].en.toLowerCase()}, ${other}.` : ''}`,
    zh: `预计接受率 ${share}${basis ? `（${basis.zh}）` : ''}，平均价值 ${value}。${beaten ? `次优选项：${beaten.name.zh}（${channelNames[beaten.channel].zh}），${other}。` : ''}`,
  }
}

function heldBack(held: { offer: string; channel: ChannelId }, nameOf: (offer: string) => Text): Text {
  const would = held.offer !== ''
  return {
    en: `${reasonNames['control']!.en}.${would ? ` The plan would have chosen: ${nameOf(held.offer).en}, ${channelNames[held.channel].en.toLowerCase()}.` : ''}`,
    zh: `${reasonNames['control']!.zh}。${would ? `若不在对照组，方案会选择：${nameOf(held.offer).zh}（${channelNames[held.channel].zh}）。` : ''}`,
  }
}

const chosenText = (o: Considered['options'][number], currency: string): Text => ({
  en: `Chosen: worth ${moneyIn(currency, o.valueMinor)}, ${moneyIn(currency, o.reducedMinor)} more than what it uses is worth elsewhere.`,
  zh: `已选：价值 ${moneyIn(currency, o.valueMinor)}，比其占用的资源用于他处多 ${moneyIn(currency, o.reducedMinor)}。`,
})

/** Worth less than the chosen one, or shut out by the price of a limit, named. */
function lostText(
  o: Considered['options'][number],
  chosen: Considered['options'][number] | undefined,
  held: boolean,
  currency: string,
): Text {
  const price = moneyIn(currency, o.valueMinor - o.reducedMinor)
  const limits = { en: o.takenBy.map(l => l.en).join(', '), zh: o.takenBy.map(l => l.zh).join('、') }
  if (held) return reasonNames['control']!
  if (o.valueMinor <= 0) return reasonNames['not-worth-it']!
  if (o.reducedMinor <= 0 && limits.en !== '')
    return {
      en: `Worth ${moneyIn(currency, o.valueMinor)}, but what it uses is worth ${price} elsewhere (${limits.en}).`,
      zh: `价值 ${moneyIn(currency, o.valueMinor)}，但其占用的资源用于他处价值 ${price}（${limits.zh}）。`,
    }
  if (!chosen) return reasonNames['limits-reached']!
  const less = moneyIn(currency, chosen.reducedMinor - o.reducedMinor)
  return {
    en: `The chosen one is worth ${less} more${limits.en === '' ? '' : `, after the prices of ${limits.en}`}.`,
    zh: `所选方案多 ${less}${limits.zh === '' ? '' : `（扣除${limits.zh}的价格后）`}。`,
  }
}

/** The rule that left no option, or the price that shut the best one out. */
function whyNot({ options, shut, reason }: Considered, currency: string): Text {
  const best = options[0]
  if (!best) {
    const rules = [...new Map(shut.map(s => [s.rule, s.why])).values()].slice(0, 4)
    if (rules.length === 0) return reasonNames[reason]!
    return {
      en: `${reasonNames[reason]!.en}: ${rules.map(r => r.en).join('; ')}.`,
      zh: `${reasonNames[reason]!.zh}：${rules.map(r => r.zh).join('；')}。`,
    }
  }
  const top = options.reduce((a, b) => (b.valueMinor > a.valueMinor ? b : a))
  if (top.valueMinor <= 0) return reasonNames['not-worth-it']!
  const price = moneyIn(currency, top.valueMinor - top.reducedMinor)
  const value = moneyIn(currency, top.valueMinor)
  const by = { en: top.takenBy.map(l => l.en).join(', '), zh: top.takenBy.map(l => l.zh).join('、') }
  return {
    en: `The best option, ${top.name.en} (${channelNames[top.channel].en.toLowerCase()}), is worth ${value}, but what it uses is worth ${price} elsewhere${by.en === '' ? '' : ` (${by.en})`}.`,
    zh: `最优选项“${top.name.zh}”（${channelNames[top.channel].zh}）价值 ${value}，但其占用的资源用于他处价值 ${price}${by.zh === '' ? '' : `（${by.zh}）`}。`,
  }
}
