import type { z } from 'zod'
import { isReplay, pastTurns, segmentNames } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { contactPolicy } from '../settings.ts'
import type { calibrationPage, calibrationView } from './api.ts'
import type { Calibration } from './calibration.ts'
import { learnCalibration, usesCalibration } from './learn.ts'
import type { Factor } from './shrink-factors.ts'

/** What the newest plan rests on, and what the next will. */
export async function calibrationOf(app: App): Promise<z.infer<typeof calibrationPage>> {
  const run = await app.runs.latest('plan')
  const plan =
    run === null
      ? undefined
      : await app.workflow.db.selectFrom('plans').select('basis').where('run_id', '=', run).executeTakeFirst()
  const offers = await app.workflow.db.selectFrom('offers').selectAll().execute()
  const offerNames = new Map<string, Text>(offers.map(row => [row.id, (row.body as { name: Text }).name]))
  for (const offer of plan?.basis.offers ?? []) if (!offerNames.has(offer.id)) offerNames.set(offer.id, offer.name)
  const segments = await segmentNames(app)
  const used = await usesCalibration(app)
  const next = await learnCalibration(app, await nextDay(app))
  const kept = plan?.basis.first?.calibration
  const names = { segments, offers: offerNames, currency: (await contactPolicy(app)).currency }
  return { plan: kept ? shown(kept, true, names) : null, next: shown(next, used, names) }
}

const WHOLE_ANSWER_DAYS = 60

/** The next turn's date is not known: today, or of a company that replays its past, when the newest turn's answers are in. */
async function nextDay(app: App): Promise<string> {
  const newest = (await pastTurns(app)).at(-1)
  const at = newest && isReplay(newest) ? Date.parse(newest.asOf) + WHOLE_ANSWER_DAYS * 86_400_000 : Date.now()
  return new Date(at).toISOString().slice(0, 10)
}

interface Names {
  segments: ReadonlyMap<string, Text>
  offers: ReadonlyMap<string, Text>
  currency: string
}

const named = (names: ReadonlyMap<string, Text>, code: string): Text => names.get(code) ?? { en: code, zh: code }
const asFactor = ({ mean, low, high }: Factor) => ({ factor: mean, low, high })
/** Those furthest from 1 first. */
const byFactor = <T extends { factor: number }>(rows: T[]): T[] =>
  rows.sort((a, b) => Math.abs(Math.log(b.factor)) - Math.abs(Math.log(a.factor)))

function shown(
  calibration: Calibration | null,
  used: boolean,
  { segments, offers, currency }: Names,
): z.infer<typeof calibrationView> {
  const empty = { turns: [], contacts: 0, expected: 0, taken: 0, overall: null, levels: [], segments: [], cells: [] }
  if (!calibration) return { used, ...empty, values: null }
  const { turns, contacts, expected, taken, values } = calibration
  return {
    ...{ used, turns, contacts, expected, taken, overall: calibration.overall ? asFactor(calibration.overall) : null },
    levels: byFactor(
      (calibration.levels ?? []).map(({ offer, channel, rate, ...level }) => ({
        ...{ offer, name: named(offers, offer), channel, rate },
        ...asFactor(level),
      })),
    ),
    segments: byFactor(calibration.segments.map(one => ({ ...one, name: named(segments, one.segment) }))),
    cells: byFactor(
      calibration.cells.map(cell => ({
        ...{ segment: cell.segment, segmentName: named(segments, cell.segment), channel: cell.channel },
        ...{ offer: cell.offer, offerName: named(offers, cell.offer), contacts: cell.contacts },
        ...{ expected: cell.expected, taken: cell.taken, level: cell.level, ...asFactor(cell) },
      })),
    ),
    values: values
      ? {
          ...{ currency, turns: values.turns, promised: values.promised, gained: values.gained, error: values.error },
          overall: asFactor(values.overall),
          offers: values.offers.map(({ offer, promised, gained, error, ...its }) => ({
            ...{ offer, name: named(offers, offer), promised, gained, error, ...asFactor(its) },
          })),
          segments: values.segments.map(({ segment, promised, gained, error, ...its }) => ({
            ...{ segment, name: named(segments, segment), promised, gained, error, ...asFactor(its) },
          })),
        }
      : null,
  }
}
