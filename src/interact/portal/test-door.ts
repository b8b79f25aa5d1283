/** For tests: customers who are known, and the doors of portal, kiosk and links open to them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { sql } from 'kysely'
import { loadSample } from '../../optimize/index.ts'
import { saveLinkSettings } from '../../personalize/index.ts'
import type { Http } from '../../platform/app.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openInvented } from '../invented-turn.ts'
import { publicRoutes } from '../public-routes.ts'
import { portal } from './place.ts'
import { openSession } from './sessions.ts'
import { TestCustomer } from './test-customer.ts'

const RUN = 1_000_001

export interface Door {
  folder: string
  app: OpenApp
  http: Http
  signedIn(customer: number): Promise<TestCustomer>
  close(): Promise<void>
}

/** 1 and 2 share an e-mail address and a mobile number; 5 went into 1; 6 was erased; 3 reads English and has a name to be wary of; 4 has a mobile alone. */
export async function openDoor(): Promise<Door> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-portal-'))
  const app = await openInvented(folder)
  const turn = await app.runs.openTurn('2010-11-01')
  await app.runs.closeTurn(turn)
  await sql`INSERT INTO runs (id, turn_id, step, state, finished_at) OVERRIDING SYSTEM VALUE
    VALUES (${RUN}, ${turn.id}, 'identity', 'committed', now())`.execute(app.workflow.db)
  for (const statement of [
    `INSERT INTO golden_records (run_id, customer_id, kind, name, email, mobile, birth_date, accounts, language, country) VALUES
      (${RUN}, 1, 'person', '王伟', 'home@mail.example', '+8613800000001', '1970-01-02', ['1001'], 'zh-CN', 'CN'),
      (${RUN}, 2, 'person', '李娜', 'home@mail.example', '+8613800000001', '1972-03-04', ['1002'], 'zh-CN', 'CN'),
      (${RUN}, 3, 'person', '<script>alert(1)</script>', 'three@mail.example', '+8613800000003', '1980-05-06', ['1003'], 'en', 'CN'),
      (${RUN}, 4, 'person', '陈静', '', '+8613800000004', '1990-07-08', ['1004'], 'zh-CN', 'CN')`,
    `INSERT INTO record_links (run_id, customer_id, source, row_key, account_no, probability) VALUES
      (${RUN}, 1, 'crm', 'C1', '1001', 1), (${RUN}, 2, 'crm', 'C2', '1002', 1), (${RUN}, 3, 'crm', 'C3', '1003', 1), (${RUN}, 4, 'crm', 'C4', '1004', 1)`,
    `INSERT INTO customer_redirects (run_id, old_id, customer_id) VALUES (${RUN}, 5, 1)`,
  ])
    await app.facts.exec(statement, {})
  // Who may be told what, and when, is the contact policy's.
  await loadSample(app, join(import.meta.dirname, '../../../samples'), () => undefined)
  await saveLinkSettings(app, { publicUrl: 'https://c.example', opens: true, clicks: true })
  const http = Fastify() as unknown as Http
  await http.register(cookie)
  publicRoutes(http, app)
  await http.ready()
  return {
    folder,
    app,
    http,
    async signedIn(customer) {
      const { token } = await openSession(app, { place: portal, customers: [customer], lang: 'en' })
      return new TestCustomer(http, { [portal.cookie]: token })
    },
    async close() {
      await http.close()
      await app.close()
      await rm(folder, { recursive: true })
    },
  }
}
