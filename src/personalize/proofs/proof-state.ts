import type { App } from '../../platform/app.ts'
import { baseVersion } from './base-version.ts'
import { isOpen, readProof } from './proof-view.ts'

/** For whoever approves a version: whether its newest proof is made and every difference is marked as intended. */
export interface ProofState {
  /** none: never proofed · running · failed · open: differences nobody marked · passed. */
  state: 'none' | 'running' | 'failed' | 'open' | 'passed'
  run: number | null
  documents: number
  open: number
}

export async function proofState(app: Pick<App, 'workflow'>, template: string, version: number): Promise<ProofState> {
  const newest = await app.workflow.db
    .selectFrom('proof_runs')
    .select(['id', 'base_version'])
    .where('template', '=', template)
    .where('version', '=', version)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!newest) return { state: 'none', run: null, documents: 0, open: 0 }
  const run = await readProof(app, template, newest.id)
  const open = run.results.filter(isOpen).length
  const found = { run: run.id, documents: run.results.length, open }
  if (run.state !== 'done') return { ...found, state: run.state }
  // Compared with a version that is no longer the last approved one, it says nothing of what customers would notice.
  if (newest.base_version !== (await baseVersion(app, template, version))) return { ...found, state: 'none' }
  return { ...found, state: open > 0 ? 'open' : 'passed' }
}
