import { standingConsents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { kinds } from './kind-store.ts'
import { PAPERS_PURPOSE } from './standing-sql.ts'

/**
 * Asked at the moment of sending: which messages would put on a screen what their kind's legal form keeps on paper, for customers who
 * have not agreed to that, or no longer do.
 */
export async function withoutPaperConsent(
  app: Pick<App, 'workflow' | 'facts'>,
  identityRun: number,
  batch: readonly { id: string; customerId: number; channel: string; kind?: string | undefined }[],
): Promise<Set<string>> {
  const bound = new Set((await kinds(app)).filter(({ legalForm }) => legalForm !== 'free').map(({ code }) => code))
  const asked = batch.filter(({ kind, channel }) => kind !== undefined && bound.has(kind) && channel !== 'letter')
  if (asked.length === 0) return new Set()
  const ids = [...new Set(asked.map(({ customerId }) => customerId))]
  const standing = await standingConsents(app, identityRun, ids, PAPERS_PURPOSE)
  return new Set(
    asked
      .filter(({ customerId, channel }) => standing.get(`${customerId}/${channel}`)?.granted !== true)
      .map(({ id }) => id),
  )
}
