import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { App } from '../platform/app.ts'
import { freshWorkflow, type Workflow } from '../platform/stores/workflow/index.ts'
import { contactPolicyView, offerList } from './api.ts'
import { loadSample } from './load-sample.ts'
import { planLimitsSchema } from './offers/plan-limits.ts'
import { contactPolicy, offers, saveSettings } from './settings.ts'
import { offersView, policyView } from './views.ts'
import { workflowMigrations } from './workflow-tables.ts'

const samples = join(import.meta.dirname, '../../samples')
let workflow: Workflow
let app: App

before(async () => {
  workflow = await freshWorkflow(workflowMigrations)
  app = { workflow } as unknown as App
})
after(() => workflow.close())

test('without settings it is said what to do', async () => {
  await assert.rejects(offers(app), { code: 'optimize.no-settings', exit: 2 })
})

test('the sample is loaded once and shown as pages want it', async () => {
  await loadSample(app, samples, () => undefined)
  await loadSample(app, samples, () => undefined)
  const list = offerList.parse(offersView(await offers(app), await contactPolicy(app)))
  assert.equal(list.rows.length, 6)
  assert.ok(list.rows.every(row => row.rule.zh !== '' && row.rule.en !== '' && row.channels.length > 0))
  const policy = contactPolicyView.parse(policyView(await contactPolicy(app)))
  assert.deepEqual([policy.maxContacts, policy.windowDays], [3, 30])
  assert.deepEqual(
    policy.byChannel.find(c => c.channel === 'letter'),
    { channel: 'letter', max: 1, capacity: 200, unitCostMinor: 95 },
  )
  assert.equal(policy.byChannel.find(c => c.channel === 'bill')?.capacity, null)
})

test('settings that do not fit each other are refused by name, and the old ones stay', async () => {
  const [all, policy] = [await offers(app), await contactPolicy(app)]
  const [first, ...rest] = all as [(typeof all)[0], ...typeof all]
  const { letter: _, ...channels } = policy.channels
  for (const [change, code] of [
    [() => saveSettings(app, [...all, first], policy), 'optimize.offer-twice'],
    [() => saveSettings(app, all, { ...policy, channels }), 'optimize.offer-unknown-channel'],
    [
      () =>
        saveSettings(
          app,
          [...rest, { ...first, rule: { all: [{ feature: 'shoe_size', op: '>', value: 40 }] } }],
          policy,
        ),
      'optimize.offer-unknown-feature',
    ],
    [
      () =>
        saveSettings(app, all, {
          ...policy,
          plan: planLimitsSchema.parse({ budgets: [{ offer: 'NOTHING', max_minor: 1 }] }),
        }),
      'optimize.limit-unknown-offer',
    ],
  ] as const)
    await assert.rejects(change, { code })
  assert.deepEqual(await offers(app), all)
})

test('a settings file that cannot be used is named, with the place in it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'huiyin-settings-'))
  const empty = { workflow: await freshWorkflow(workflowMigrations) } as unknown as App
  try {
    const file = JSON.parse(await readFile(join(samples, 'offers.json'), 'utf8'))
    file.offers[2].margin_minor = -1
    await writeFile(join(dir, 'offers.json'), JSON.stringify(file))
    await assert.rejects(
      loadSample(empty, dir, () => undefined),
      { code: 'optimize.settings-unreadable', message: /offers\.json.*offers\.2\.margin_minor/ },
    )
    await writeFile(join(dir, 'offers.json'), '{"currency":')
    await assert.rejects(
      loadSample(empty, dir, () => undefined),
      { code: 'optimize.settings-unreadable' },
    )
  } finally {
    await empty.workflow.close()
    await rm(dir, { recursive: true })
  }
})
