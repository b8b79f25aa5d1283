import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { checkData, type Data } from '../compose/check-data.ts'
import { holdReasons } from '../compose/outcome.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { type ChosenCase, MOST_MEMBERS } from './choose-hardest.ts'
import { errors } from './errors.ts'

export interface ProofMember {
  id: number
  kind: 'customer' | 'example'
  customerId: number
  offer: string
  product: string
  row: Data | null
  why: string[]
  covers: string[]
  addedBy: string
}

type Store = Pick<App, 'workflow'>

export async function proofSet(app: Store, template: string): Promise<ProofMember[]> {
  const rows = await app.workflow.db
    .selectFrom('proof_members')
    .selectAll()
    .where('template', '=', template)
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    kind: row.kind,
    customerId: Number(row.customer_id),
    offer: row.offer,
    product: row.product,
    row: row.row,
    why: row.why,
    covers: row.covers,
    addedBy: row.added_by,
  }))
}

/** What was chosen takes the place of what was chosen before; whoever is still among them keeps his number, and what people added stays. */
export async function saveChosen(
  app: Store,
  { id: template, examples }: TemplateVersion,
  chosen: readonly ChosenCase[],
): Promise<void> {
  const before = await proofSet(app, template)
  const same = (a: Pick<ProofMember, 'customerId' | 'offer' | 'product'>, b: typeof a) =>
    a.customerId === b.customerId && a.offer === b.offer && a.product === b.product
  const kept = before.filter(old => old.kind === 'customer' && chosen.some(one => same(one, old)))
  const gone = before.filter(({ kind, addedBy }) => kind === 'customer' && addedBy === '')
  const goneIds = gone.filter(old => !kept.includes(old)).map(({ id }) => id)
  const written = new Set(before.map(({ row }) => JSON.stringify(row)))
  const now = new Date()
  const blank = { template, customer_id: 0, offer: '', product: '', added_by: '', added_at: now, covers: asJson([]) }
  const rows = [
    ...examples
      .filter(row => !written.has(JSON.stringify(row)))
      .map(row => ({ ...blank, kind: 'example' as const, row: asJson(row), why: asJson(['example']) })),
    ...chosen
      .filter(one => !before.some(old => same(one, old)))
      .map(({ customerId, offer, product, why, covers }) => ({
        ...blank,
        kind: 'customer' as const,
        customer_id: customerId,
        offer,
        product,
        row: asJson(null),
        why: asJson(why),
        covers: asJson(covers),
      })),
  ]
  await app.workflow.transaction(async tx => {
    if (goneIds.length > 0) await tx.deleteFrom('proof_members').where('id', 'in', goneIds).execute()
    for (const old of kept) {
      const one = chosen.find(each => same(each, old))!
      const values = { why: asJson(one.why), covers: asJson(one.covers) }
      await tx.updateTable('proof_members').set(values).where('id', '=', old.id).execute()
    }
    if (rows.length > 0) await tx.insertInto('proof_members').values(rows).execute()
  })
}

export type NewMember = { customerId: number; offer: string; product: string } | { row: Data }

export async function addMember(app: Store, version: TemplateVersion, member: NewMember, by: string): Promise<number> {
  const { id: template } = version
  const set = await proofSet(app, template)
  if (set.length >= 2 * MOST_MEMBERS)
    throw errors['personalize.proof-example']({ template, problem: `> ${2 * MOST_MEMBERS}` })
  if ('row' in member) {
    // A row may be there to show that it is held back: only what no rule speaks of is refused.
    const checked = checkData(version, member.row)
    if ('state' in checked && checked.reason === 'invalid-data') {
      const problem = `${holdReasons[checked.reason].en} / ${holdReasons[checked.reason].zh}: ${checked.detail}`
      throw errors['personalize.proof-example']({ template, problem })
    }
  }
  const customer = 'row' in member ? { customerId: 0, offer: '', product: '' } : member
  const { id } = await app.workflow.db
    .insertInto('proof_members')
    .values({
      template,
      kind: 'row' in member ? 'example' : 'customer',
      customer_id: customer.customerId,
      offer: customer.offer,
      product: customer.product,
      row: asJson('row' in member ? member.row : null),
      why: asJson(['hand']),
      covers: asJson([]),
      added_by: by,
      added_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function removeMember(app: Store, template: string, member: number): Promise<void> {
  const { numDeletedRows } = await app.workflow.db
    .deleteFrom('proof_members')
    .where('template', '=', template)
    .where('id', '=', member)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw errors['personalize.proof-member']({ template, member })
}
