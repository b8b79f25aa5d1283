import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildGoldenRecords } from '../src/collect/identity/golden.ts'
import { dropLinkTable, resolveIdentities } from '../src/collect/identity/resolve.ts'
import { stage, steps } from '../src/collect/index.ts'
import type { App } from '../src/platform/app.ts'
import { readConfig } from '../src/platform/config.ts'
import { openApp } from '../src/platform/open-app.ts'
import { type Bench, timed } from './bench.ts'
import { watchPeaks } from './match/peak.ts'
import { AGAIN, generatePeople } from './match/people.ts'
import { pairwiseScore, stableShare } from './match/score.ts'

/** What any answer must do at least: read the same columns of the same records, and group them. */
const RAW = `
SELECT count(), max(seen) FROM (
  SELECT full_name, mobile, email, birth_date, count() AS records,
         max(cityHash64(kind, family_name, given_name, gender, id_number, org_code, mobile2, landline, province, city, district, street, postcode,
                        address2, account_no) % 1000) AS seen
  FROM source_records GROUP BY full_name, mobile, email, birth_date)`

/**
 * Source records to golden records: `--records` (default 1,000,000) of which a quarter are of people already there, matched, numbered, linked
 * and merged into golden records, committed. `--stability 1`: run again, and once more with a hundredth of the records new.
 */
export const bench: Bench = {
  name: 'match',
  summary: 'source records to golden records, with seconds per phase and memory',
  async run({ number, say }) {
    const records = number('records', 1e6)
    const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
    const open = () => openApp(readConfig(process.env, { data: join(dataDir, 'data') }, 2), [stage])
    try {
      // The engine keeps memory it once had: what made the data ends before anything is measured.
      const maker = await open()
      const made = await timed(() => generatePeople(maker.facts, records))
      await maker.close()
      say(`${records} records made in ${made.seconds.toFixed(1)} s (not measured)`)
      const app = await open()
      const watch = watchPeaks()
      try {
        const raw = await timed(() => app.facts.query(RAW))
        const before = watch.take()
        const first = await identify(app, '2010-12-01', watch)
        say(`golden records in ${first.seconds.toFixed(1)} s, ${first.cpuSeconds.toFixed(1)} s of processor time`)
        const score = await pairwiseScore(app.facts, first.runId)
        const stability: Record<string, number> = {}
        if (number('stability', 0) > 0) {
          const again = await identify(app, '2010-12-02', watch)
          stability['idsChangedByRunningTwice'] = again.changedIds
          const more = Math.round(records / 100)
          await generatePeople(app.facts, more, records, Math.round(records * (1 - AGAIN)))
          const grown = await identify(app, '2010-12-03', watch)
          stability['newRows'] = more
          stability['untouchedEntitiesThatKeepTheirs'] = await stableShare(app.facts, again.runId, grown.runId)
        }
        return {
          name: 'match',
          figures: {
            records,
            customers: first.customers,
            seconds: first.seconds,
            cpuSeconds: first.cpuSeconds,
            phases: first.phases,
            peakBytes: Math.max(...Object.values(first.phases).map(phase => phase.peakBytes)),
            sumOfResidentPeaks: Math.max(...Object.values(first.phases).map(phase => phase.residentBytes)),
            peakBytesBefore: before.bytes,
            ...score,
            ...stability,
          },
          baseline: { what: 'the raw engine reading and grouping the same records', seconds: raw.seconds },
          ratio: first.seconds / raw.seconds,
        }
      } finally {
        await watch.stop()
        await app.close()
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
  },
}

interface PhaseFigures {
  seconds: number
  cpuSeconds: number
  /** As `Peaks` has them. */
  peakBytes: number
  engineBytes: number
  residentBytes: number
}

/** One identity run from stored source records to committed golden records. */
async function identify(app: App, asOf: string, watch: ReturnType<typeof watchPeaks>) {
  const step = steps.find(candidate => candidate.id === 'identity')
  if (!step) throw new Error('no step identity')
  const turn = await app.runs.openTurn(asOf)
  const { runId } = await app.runs.begin(turn, step)
  const phases: Record<string, PhaseFigures> = {}
  let phase = 'records'
  let since = performance.now()
  let spent = watch.seconds()
  const ended = () => {
    const { bytes, engine, resident } = watch.take()
    const before = phases[phase] ?? { seconds: 0, cpuSeconds: 0, peakBytes: 0, engineBytes: 0, residentBytes: 0 }
    phases[phase] = {
      seconds: before.seconds + (performance.now() - since) / 1000,
      cpuSeconds: before.cpuSeconds + watch.seconds() - spent,
      peakBytes: Math.max(before.peakBytes, bytes),
      engineBytes: Math.max(before.engineBytes, engine),
      residentBytes: Math.max(before.residentBytes, resident),
    }
    since = performance.now()
    spent = watch.seconds()
  }
  const progress = (_done: number, _total: number, note = phase) => {
    if (note === phase) return
    ended()
    phase = note
  }
  const ctx = { app, turn, runId, runOf: () => runId, progress }
  const cpu = watch.seconds()
  const { seconds, value } = await timed(async () => {
    const resolved = await resolveIdentities(ctx)
    await buildGoldenRecords(ctx, resolved.records)
    await dropLinkTable(app, runId)
    await app.runs.commit(runId, { ...resolved })
    return resolved
  })
  ended()
  const cpuSeconds = watch.seconds() - cpu
  await app.runs.closeTurn(turn)
  return { runId, seconds, cpuSeconds, phases, ...value }
}
