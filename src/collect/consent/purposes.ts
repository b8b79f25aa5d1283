import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'

export interface Purpose {
  code: string
  name: Text
  about: Text
  byChannel: boolean
  basis: 'consent' | 'legitimate-interest' | 'contract'
}

/** What consent can be asked for: data, so that a company adds its own. */
export async function purposes(app: Pick<App, 'workflow'>): Promise<Purpose[]> {
  const rows = await app.workflow.db
    .selectFrom('consent_purposes')
    .selectAll()
    .orderBy('position')
    .orderBy('code')
    .execute()
  return rows.map(row => ({
    code: row.code,
    name: row.name,
    about: row.about,
    byChannel: row.by_channel,
    basis: row.basis,
  }))
}
