import type { z } from 'zod'
import { isReplay, pastTurns, segmentNames } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { calibrationPage, calibrationView } from './api.ts'
import type { Calibration } from './calibration.ts'
import { learnCalibration, usesCalibration } from './learn.ts'

/** What the newest plan rests on, and what the next will. */
export async function calibrationOf(app: App): Promise<z.infer<typeof calibrationPage>> {
  const run = await app.runs.latest('plan')
  const plan =
    run === null
      ? undefined
      : await app.workflow.db.selectFrom('plans').select('basis').where('run_id', '=', run).executeTakeFirst()
  const offers = await app.workflow.db.selectFrom('offers').selectAll().execute()
  const named = new Map<string, Text>(offers.map(row => [row.id, (row.body as { name: Text }).name]))
  for (const offer of plan?.basis.offers ?? []) if (!named.has(offer.id)) named.set(offer.id, offer.name)
  const segments = await segmentNames(app)
  const used = await usesCalibration(app)
  const next = await learnCalibration(app, await nextDay(app))
  const kept = plan?.basis.first?.calibration
  return {
    plan: kept ? shown(kept, true, segments, named) : null,
    next: shown(next, used, segments, named),
  }
}

const WHOLE_ANSWER_DAYS = 60

/** The next turn's date is not known: today, or of a company that replays its past, when the newest turn's answers are in. */
async function nextDay(app: App): Promise<string> {
  const newest = (await pastTurns(app)).at(-1)
  const at = newest && isReplay(newest) ? Date.parse(newest.asOf) + WHOLE_ANSWER_DAYS * 86_400_000 : Date.now()
  return new Date(at).toISOString().slice(0, 10)
}

function shown(
  calibration: Calibration | null,
  used: boolean,
  segments: ReadonlyMap<string, Text>,
  offers: ReadonlyMap<string, Text>,
): z.infer<typeof calibrationView> {
  const name = (names: ReadonlyMap<string, Text>, code: string): Text => names.get(code) ?? { en: code, zh: code }
  if (!calibration) return { used, turns: [], contacts: 0, expected: 0, taken: 0, segments: [], cells: [] }
  return {
    ...{ used, turns: calibration.turns, contacts: calibration.contacts },
    ...{ expected: calibration.expected, taken: calibration.taken },
    segments: calibration.segments.map(one => ({ ...one, name: name(segments, one.segment) })),
    // Those furthest from 1 first.
    cells: calibration.cells
      .map(({ mean, ...cell }) => ({
        ...cell,
        factor: mean,
        segmentName: name(segments, cell.segment),
        offerName: name(offers, cell.offer),
      }))
      .sort((a, b) => Math.abs(Math.log(b.factor)) - Math.abs(Math.log(a.factor))),
  }
}
