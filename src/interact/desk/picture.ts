/** One look at a customer for whoever has them on the line: everything at once, within the first ring. */
import type { Standing } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { cardOf } from '../ahead/cards.ts'
import { deskErrors } from '../tasks/errors.ts'
import { fatesOf } from '../tasks/identity-fate.ts'
import { workAhead } from '../tasks/task-table.ts'
import { type Reader, taskRows } from '../tasks/task-view.ts'
import type { Picture } from './api.ts'
import { LOOK_RUNS, type Look, type LookRuns, lookAt } from './look.ts'
import { nextBestOffer } from './next-best-offer.ts'
import { openMatters } from './open-matters.ts'
import { alarmsNamed, reasonsOf } from './reasons.ts'
import { settledBy } from './settled-by.ts'
import { standingOf } from './standing.ts'
import { whoIsThis } from './who-is-this.ts'

export async function pictureOf(app: App, asked: number, reader: Reader): Promise<Picture> {
  const card = await cardOf(app, asked)
  if (card) return drawn(app, card.runs, asked, false, card.look, reader, card.consents)
  const [runs, settled] = await Promise.all([app.runs.latestOf(LOOK_RUNS), settledBy(app)])
  if (runs.identity === null) throw deskErrors['desk.no-customer']({ customer: asked })
  const look = (id: number): Promise<Look> => lookAt(app, runs, id, settled)
  const first = await look(asked)
  if (first.golden) return drawn(app, runs, asked, false, first, reader)
  const id = await wentTo(app, asked)
  return drawn(app, runs, id, true, await look(id), reader)
}

async function drawn(
  app: App,
  runs: LookRuns,
  id: number,
  merged: boolean,
  look: Look,
  reader: Reader,
  consents?: ReadonlyMap<string, Standing>,
): Promise<Picture> {
  if (!look.golden) throw deskErrors['desk.no-customer']({ customer: id })
  const { rows: happened, complaint } = look.lately
  const [who, standing, tasks, offer, matters] = await Promise.all([
    whoIsThis(app, runs.identity ?? 0, id, look.golden, consents),
    standingOf(app, runs.segments, look.score, look.segment),
    workAhead(app, id),
    runs.plan === null ? null : nextBestOffer(app, look.planned, happened, complaint?.open ?? false),
    Promise.all(openMatters.map(find => find(app, id, look.former))),
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
      tasks,
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
