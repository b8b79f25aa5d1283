import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { defaultMatrix, type Matrix } from './matrix/matrix.ts'
import { type Capacity, defaultCapacity } from './trial/capacity.ts'

export interface SegmentSettings {
  approval: 'other' | 'own'
  capacity: Capacity
  matrix: Matrix
}

export async function segmentSettings(app: Pick<App, 'workflow'>): Promise<SegmentSettings> {
  const row = await app.workflow.db.selectFrom('segment_settings').selectAll().executeTakeFirst()
  return {
    approval: row?.approval ?? 'other',
    capacity: row?.capacity ?? defaultCapacity,
    matrix: row?.matrix ?? defaultMatrix,
  }
}

export async function saveSegmentSettings(
  app: Pick<App, 'workflow'>,
  change: Partial<SegmentSettings>,
): Promise<SegmentSettings> {
  const values = {
    ...(change.approval ? { approval: change.approval } : {}),
    ...(change.capacity ? { capacity: asJson(change.capacity) } : {}),
    ...(change.matrix ? { matrix: asJson(change.matrix) } : {}),
  }
  await app.workflow.db
    .insertInto('segment_settings')
    .values({ id: 1, approval: 'other', ...values })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ id: 1, ...values }))
    .execute()
  return segmentSettings(app)
}
