import type { App } from '../../platform/app.ts'
import type { Data } from '../compose/check-data.ts'
import { composers } from '../composers.ts'
import { type Message, messageData } from '../data/message-data.ts'
import { type Basis, type Part, planned } from '../plan/planned.ts'
import type { Measured } from '../proofs/measure.ts'
import type { StoredVersion } from '../template-store.ts'

export interface Finding {
  customerId: number
  kind: string
  channel: string
  template: string
  templateVersion: number
  reason: string
  field: string
  detail: string
}

/** A message that is fine as far as its data and texts go, kept to be composed in full. */
export interface Kept {
  message: Message
  size: number
}

/** The largest of every template and some of every kind of data are composed in full; pages grow with the data. */
const LARGEST = 50
const EACH_FORM = 2
const MOST_FORMS = 400

/** What is to be composed in full of one template. */
export class Representatives {
  private largest: Kept[] = []
  private readonly forms = new Map<string, Kept[]>()

  add(message: Message, { size, taken, shape, language }: Measured): void {
    const one = { message, size }
    const form = JSON.stringify([taken, shape, language])
    const alike = this.forms.get(form)
    if (alike === undefined && this.forms.size < MOST_FORMS) this.forms.set(form, [one])
    else if (alike && alike.length < EACH_FORM) alike.push(one)
    if (this.largest.length < LARGEST || size > this.largest.at(-1)!.size)
      this.largest = [...this.largest, one].toSorted((a, b) => b.size - a.size).slice(0, LARGEST)
  }

  all(): Message[] {
    return [...new Set([...this.largest, ...[...this.forms.values()].flat()].map(({ message }) => message))]
  }
}

/** Every message of a part but for setting it: schema, rules for what is missing, totals, texts, glyphs, parts of an SMS. */
export async function checkPart(
  app: App,
  basis: Basis,
  part: Part,
  currency: string,
  { number, content }: StoredVersion,
  kept: Representatives,
): Promise<{ checked: number; findings: Finding[] }> {
  const { manifest, rules } = content
  const messages = await planned(app, basis, part).then(rows =>
    messageData(app, basis, rows, currency, { manifest, rules }),
  )
  const possible = messages.filter(({ planned: { reason } }) => reason === '')
  const rows = possible.map(({ data }) => data)
  const measured = await composers(app).study({ kind: 'measure', version: content, rows, whole: false })
  const findings = messages.flatMap(({ planned: { customerId, reason } }) =>
    reason === '' ? [] : [finding(part, number, content.id, customerId, { reason, detail: '' })],
  )
  for (const [index, message] of possible.entries()) {
    const found = measured[index]!
    if (found.held) findings.push(finding(part, number, content.id, message.planned.customerId, found.held))
    else kept.add(message, found)
  }
  return { checked: messages.length, findings }
}

/** Pages, faults of the template on some data, what only the print engine knows. */
export async function composeKept(
  app: App,
  part: Part,
  { number, content }: StoredVersion,
  messages: readonly Message[],
): Promise<Finding[]> {
  const rows: Data[] = messages.map(({ data }) => data)
  const outcomes = await composers(app).compose(content, rows)
  return outcomes.flatMap((outcome, index) =>
    outcome.state === 'held' ? [finding(part, number, content.id, messages[index]!.planned.customerId, outcome)] : [],
  )
}

function finding(
  { kind, channel }: Part,
  templateVersion: number,
  template: string,
  customerId: number,
  { reason, detail }: { reason: string; detail: string },
): Finding {
  // `to.name: 😀 (U+1F600)` names its field first; a template's fault names file and line, with the field in brackets.
  const [, inBrackets] = /^\S+:\d+:\d+ \(([^)]+)\)/.exec(detail) ?? []
  const field = inBrackets ?? (/^[\w.[\]]+(?=$|:)/.exec(detail)?.[0] ?? '').replace(/\[\d+\]/g, '')
  return { customerId, kind, channel, template, templateVersion, reason, field, detail }
}
