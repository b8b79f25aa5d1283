/** For tests: an app with giving back alone, and customers to give. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stage } from '../../platform/app.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp as openOn } from '../../platform/open-test-app.ts'
import { eventRoutes } from '../events/routes.ts'
import { marts } from '../marts.ts'
import { factTables } from '../tables.ts'
import { webMigrations } from '../web-events/migrations.ts'
import { publicRoutes } from '../web-events/public-routes.ts'
import { webRoutes } from '../web-events/routes.ts'
import { feedRoutes, keyRoutes } from './feed-routes.ts'
import { givebackJobs } from './jobs.ts'
import { givebackMigrations } from './migrations.ts'
import { givebackRoutes } from './routes.ts'

export const testStage: Stage = {
  name: 'collect',
  title: { en: 'Giving back', zh: '数据回流' },
  factTables,
  workflowMigrations: { ...webMigrations, ...givebackMigrations },
  jobs: givebackJobs,
  marts,
  routes(http, app) {
    for (const add of [eventRoutes, webRoutes, givebackRoutes, feedRoutes, keyRoutes]) add(http, app)
  },
  publicRoutes,
  commands: [],
}

export async function openTestApp(folder?: string): Promise<OpenApp> {
  const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'huiyin-giving-')))
  return openOn(dataDir, [testStage], { logLevel: 'silent' })
}

export interface TestCustomer {
  id: number
  name?: string
  email?: string
}

/** A new identity run with exactly these customers; `merged`: old number → number that took it over. */
export async function customersAre(
  app: OpenApp,
  customers: readonly TestCustomer[],
  merged: Readonly<Record<number, number>> = {},
): Promise<number> {
  const turn = await app.runs.openTurn('2026-01-01', true)
  const step = { id: 'identity' as const, title: testStage.title, resumes: false, writes: [], run: async () => ({}) }
  const { runId } = await app.runs.begin(turn, step)
  const rows = customers.map(({ id, name = `客户 ${id}`, email = `c${id}@example.com` }) => ({
    run_id: runId,
    customer_id: id,
    kind: 'person',
    name,
    email,
    birth_date: id % 2 ? '1980-02-29' : null,
    accounts: [`A${id}`, `B'${id}`],
    records: 2,
    since: '2020-05-06T07:08:09Z',
  }))
  await app.facts.insert('golden_records', rows)
  const redirects = Object.entries(merged).map(([old, now]) => ({
    run_id: runId,
    old_id: Number(old),
    customer_id: now,
  }))
  await app.facts.insert('customer_redirects', redirects)
  await app.runs.commit(runId, {})
  await app.runs.closeTurn(turn)
  return runId
}
