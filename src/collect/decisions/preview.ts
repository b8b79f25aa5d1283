/** Golden records before and after a merge or a split, computed as the change would, without making it. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { shown } from '../customers/masked.ts'
import { goldenOf } from '../identity/refresh.ts'
import type { changePreview } from './api.ts'
import type { LinkedRecord } from './customer-records.ts'
import { mergeable } from './merge-customers.ts'
import type { RecordRef } from './record-ref.ts'
import { divided } from './split-customer.ts'

type Reader = { roles: readonly string[] }
type Preview = z.input<typeof changePreview>

const FIELDS = [
  ...['name', 'gender', 'birth_date', 'id_number', 'org_code', 'contact_person', 'mobile', 'landline', 'email'],
  ...['country', 'province', 'city', 'district', 'street', 'postcode', 'language'],
]

export async function previewMerge(
  app: App,
  runId: number,
  reader: Reader,
  one: number,
  two: number,
): Promise<Preview> {
  const { keep, other, records } = await mergeable(app, runId, one, two)
  return compare(
    app,
    reader,
    records,
    records.map(record => ({ ...record, customerId: keep })),
    [keep, other],
    [keep],
  )
}

/** The new customer has no number yet: it is 0. */
export async function previewSplit(
  app: App,
  runId: number,
  reader: Reader,
  customer: number,
  chosen: readonly RecordRef[],
): Promise<Preview> {
  const { customerId, going, staying } = await divided(app, runId, customer, chosen)
  const after = [...staying, ...going.map(record => ({ ...record, customerId: 0 }))]
  return compare(app, reader, [...staying, ...going], after, [customerId], [customerId, 0])
}

async function compare(
  app: App,
  reader: Reader,
  before: readonly LinkedRecord[],
  after: readonly LinkedRecord[],
  ids: readonly number[],
  newIds: readonly number[],
): Promise<Preview> {
  const [old, fresh] = await Promise.all([goldenOf(app, [...before]), goldenOf(app, [...after])])
  const value = (rows: readonly Record<string, unknown>[], id: number, field: string): string => {
    const row = rows.find(({ customer_id }) => Number(customer_id) === id)
    return shown(reader, field, String(row?.[field] ?? ''))
  }
  return {
    customers: newIds.map(id => ({
      customerId: id,
      name: value(fresh, id, 'name'),
      records: after.filter(({ customerId }) => customerId === id).length,
    })),
    fields: FIELDS.flatMap(field => {
      const was = ids.map(id => value(old, id, field))
      const is = newIds.map(id => value(fresh, id, field))
      return [...was, ...is].every(text => text === '') ? [] : [{ field, before: was, after: is }]
    }),
  }
}
