/** One look at a customer for whoever has them on the line: everything at once, within the first ring. */
import { contactPolicy } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { deskErrors } from '../tasks/errors.ts'
import { fatesOf } from '../tasks/identity-fate.ts'
import { listTasks } from '../tasks/task-table.ts'
import { type Reader, taskRows } from '../tasks/task-view.ts'
import type { Picture } from './api.ts'
import { lately } from './lately.ts'
import { type Look, lookAt } from './look.ts'
import { nextBestOffer } from './next-best-offer.ts'
import { openMatters } from './open-matters.ts'
import { alarmsNamed, reasonsOf } from './reasons.ts'
import { standingOf } from './standing.ts'
import { whoIsThis } from './who-is-this.ts'

export async function pictureOf(app: App, asked: number, reader: Reader): Promise<Picture> {
  const runId = await app.runs.latest('identity')
  if (runId === null) throw deskErrors['desk.no-customer']({ customer: asked })
  const first = await lookAt(app, runId, asked)
  if (first.golden) return drawn(app, runId, asked, false, first, reader)
  const id = await wentTo(app, asked)
  return drawn(app, runId, id, true, await lookAt(app, runId, id), reader)
}

async function drawn(
  app: App,
  runId: number,
  id: number,
  merged: boolean,
  look: Look,
  reader: Reader,
): Promise<Picture> {
  if (!look.golden) throw deskErrors['desk.no-customer']({ customer: id })
  const happening = resolvedBy(app).then(types => lately(app, id, types))
  const [who, standing, { rows: happened, complaint }, tasks, offer, matters] = await Promise.all([
    whoIsThis(app, runId, id, look.golden),
    standingOf(app, look.score, look.segment),
    happening,
    listTasks(app, { customerId: id, offset: 0, limit: 20 }),
    happening.then(({ rows, complaint: its }) => nextBestOffer(app, look.planned, rows, its?.open ?? false)),
    Promise.all(openMatters.map(find => find(app, id))),
  ])
  const rows = look.papers.map(row => ({
    communicationId: row.communication_id,
    kind: row.kind,
    class: row.class,
    channel: row.channel,
    offer: row.offer,
    subject: row.subject,
    composedAt: row.composed_at,
    state: row.state === 'held' ? 'held' : (look.states.get(row.communication_id) ?? row.state),
    pages: row.pages,
  }))
  return {
    customerId: id,
    merged,
    who,
    standing,
    reasons: reasonsOf(happened, rows),
    communications: { total: look.papers[0]?.total ?? 0, rows },
    alarms: alarmsNamed(look.alarms),
    tasks: await taskRows(
      app,
      tasks.rows.filter(task => task.state === 'open' || task.state === 'held'),
      reader,
      new Map([[id, { customer_id: id, name: look.golden.name, phone: look.golden.mobile || look.golden.landline }]]),
    ),
    complaint,
    offer,
    matters: matters.flat(),
  }
}

/** Where a number that nobody has any more leads; refuses what was erased. */
async function wentTo(app: App, asked: number): Promise<number> {
  const fate = (await fatesOf(app, [{ customerId: asked, since: new Date() }])).get(asked)!
  if (fate.kind === 'erased') throw deskErrors['desk.erased']({ customer: asked })
  if (fate.kind === 'gone') throw deskErrors['desk.no-customer']({ customer: asked })
  return fate.customerId
}

const KEPT_MS = 5000
const kept = new WeakMap<App['workflow'], { at: number; types: Promise<readonly string[] | undefined> }>()

/** The contact policy says what settles a complaint; it is read and checked at most so often. */
function resolvedBy(app: App): Promise<readonly string[] | undefined> {
  const held = kept.get(app.workflow)
  if (held && Date.now() - held.at < KEPT_MS) return held.types
  const types = contactPolicy(app).then(
    policy => policy.complaints?.resolved_by,
    () => undefined,
  )
  kept.set(app.workflow, { at: Date.now(), types })
  return types
}
