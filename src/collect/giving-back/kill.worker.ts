/**
 * A server for `kill.long.test.ts` to kill: takes events in and gives customers back. Arguments: data folder, JSON of what to set up when
 * the folder is new. Says where it answers, on one line of JSON.
 */
import { makeKey } from '../../platform/auth/api-keys.ts'
import { buildServer } from '../../platform/http/server.ts'
import { startDelivery } from './jobs.ts'
import { targetDefinition } from './target.ts'
import { addTarget, checkDefinition, targets } from './targets.ts'
import { customersAre, openTestApp, testStage } from './test-app.ts'

const [folder = '', setup = '{}'] = process.argv.slice(2)
const { customers = 0, places = [] } = JSON.parse(setup) as { customers?: number; places?: unknown[] }

const app = await openTestApp(folder)
await app.jobs.work(testStage.jobs, { workflow: app.workflow, app })
if ((await targets(app)).length === 0 && (await app.runs.latest('identity')) === null) {
  await customersAre(
    app,
    Array.from({ length: customers }, (_, i) => ({ id: i + 1 })),
  )
  for (const place of places) {
    const definition = targetDefinition.parse({
      name: 'killed',
      mart: 'customers',
      columns: ['customer_id', 'name', 'email'],
      place,
      when: { kind: 'manual' },
    })
    const targetId = await addTarget(app, {
      definition: await checkDefinition(app, definition),
      secret: 's',
      userId: 0,
    })
    await startDelivery(app, targetId, 'test')
  }
}
const http = await buildServer(app, { stages: [testStage], webRoot: folder })
const address = await http.listen({ host: '127.0.0.1', port: 0 })
const { token } = await makeKey(app, { name: 'test', scopes: ['events.write'], userId: 0 })
process.stdout.write(`${JSON.stringify({ address, token, facts: app.facts.address })}\n`)
