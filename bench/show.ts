import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stage as collect } from '../src/collect/index.ts'
import { searchLedger } from '../src/personalize/archive/search.ts'
import { documentWords } from '../src/personalize/archive/words.ts'
import type { Data } from '../src/personalize/compose/check-data.ts'
import { loadTemplate } from '../src/personalize/compose/load-template.ts'
import type { TemplateVersion } from '../src/personalize/compose/template.ts'
import { documentsOf, ledgerRows } from '../src/personalize/compose-part.ts'
import { composers } from '../src/personalize/composers.ts'
import { stage as personalize, show, writeLedger } from '../src/personalize/index.ts'
import { publishTemplate } from '../src/personalize/template-store.ts'
import { sampleTemplates } from '../src/personalize/templates-folder.ts'
import { readConfig } from '../src/platform/config.ts'
import { type OpenApp, openApp } from '../src/platform/open-app.ts'
import { type Bench, percentile, timed } from './bench.ts'
import { bills } from './compose/bills.ts'
import { fillLedger, fillWords, RUNS, runOf } from './show/fill.ts'
import { cpuSeconds } from './value/cpu-seconds.ts'

/** One document of millions, exactly as it was sent; and a page of the search over their words. */

export const bench: Bench = {
  name: 'show',
  summary: 'the exact document of any of 10 M communications; pages of the search over the ledger',
  async run(options) {
    const rows = options.number('communications', 10_000_000)
    const words = options.number('words', 1_000_000)
    const samples = options.number('samples', 300)
    const kept = options.text('data', '')
    const folder = kept || mkdtempSync(join(tmpdir(), 'huiyin-bench-show-'))
    const app = await openApp(readConfig({ HUIYIN_DATA: folder }, {}, 2), [collect, personalize])
    try {
      const version = await loadTemplate(sampleTemplates, 'bill')
      const number = await publishTemplate(app, version)
      const there = await app.facts.one<{ n: number }>('SELECT count() AS n FROM communications')
      const filled = await timed(async () => {
        if (there.n >= rows) return
        const [bill] = bills(version, 1)
        const data = JSON.stringify({ ...bill, id: '#ID#', to: { ...(bill!['to'] as Data), name: '#NAME#' } })
        await fillLedger(app.facts, rows, data, run => options.say(`${run}/${RUNS} runs in the ledger`))
        const [outcome] = await composers(app).compose(version, [bill!])
        if (outcome?.state !== 'composed') throw new Error('the bill is held back')
        await fillWords(app.facts, words, documentWords(version, bill!, outcome))
      })
      options.say(`${Math.round(filled.seconds)} s to fill; ${samples} real bills among them`)
      const ids = await sampled(app, version, number, samples, there.n > 0 ? Date.now() % 1e6 : 0)

      const shown = await each(ids, id => show(app, id))
      const point = await each(ids, id =>
        app.facts.query('SELECT * FROM communications WHERE communication_id = {id:FixedString(32)} LIMIT 1', { id }),
      )
      const place = await each(ids, id =>
        app.facts.query(
          'SELECT run_id, customer_id FROM communication_places WHERE communication_id = {id:FixedString(32)}',
          { id },
        ),
      )
      const bare = await each(bills(version, Math.min(samples, 100), 900_000), bill =>
        composers(app).compose(version, [bill]),
      )
      const searches = words > 0 ? await searched(app, Math.min(words, rows)) : {}
      const disk = await app.facts.query<{ table: string; megabytes: number }>(
        `SELECT table, round(sum(bytes_on_disk) / 1e6) AS megabytes FROM system.parts WHERE active AND database = currentDatabase()
           AND table IN ('communications', 'communication_places', 'communication_words') GROUP BY table ORDER BY table`,
      )
      const figures = { ...quantiles(shown), communications: rows, runs: RUNS }
      return {
        name: 'show',
        figures: {
          ...figures,
          search: searches,
          searchedWords: words,
          megabytesOnDisk: Object.fromEntries(disk.map(row => [row.table, row.megabytes])),
        },
        baseline: {
          pointLookupInTheLedger: quantiles(point),
          pointLookupOfThePlace: quantiles(place),
          bareComposition: quantiles(bare),
        },
        ratio: { toLookupAndComposition: round(figures.p95 / (quantiles(point).p95 + quantiles(bare).p95)) },
      }
    } finally {
      await app.close()
      if (!kept) rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Real bills through the real ledger, spread over the runs and customers that are there. */
async function sampled(
  app: OpenApp,
  version: TemplateVersion,
  number: number,
  samples: number,
  from: number,
): Promise<string[]> {
  const rows = bills(version, samples, 5_000_000 + from).map((bill, i) => ({
    ...bill,
    id: Buffer.from(`sample-${from + i}`)
      .toString('hex')
      .padEnd(32, '0')
      .slice(0, 32),
  }))
  const outcomes = await composers(app).compose(version, rows)
  for (let nth = 0; nth < RUNS; nth++) {
    const messages = rows.flatMap((data, i) =>
      i % RUNS === nth
        ? [
            {
              planned: {
                id: data.id,
                customerId: ((i * 7919 + from) % 100_000) + 1,
                campaignId: 0,
                wave: 1,
                kind: 'bill',
                channel: 'print',
                copy: false,
                offer: '',
                productCode: '',
                reason: '',
                why: '',
              },
              language: 'zh-CN',
              address: '',
              data,
              outcome: outcomes[i]!,
            },
          ]
        : [],
    )
    const byMessage = new Map(messages.map(message => [message, message.outcome]))
    const stored = { number, content: version, liveSince: new Date() }
    const columns = ledgerRows(runOf(nth), 9999, stored, messages, byMessage)
    await writeLedger(app, columns, documentsOf(messages, byMessage))
  }
  return rows.map(({ id }) => id)
}

/** Milliseconds of one search each: a first page, by what narrows it. */
async function searched(app: OpenApp, words: number): Promise<Record<string, unknown>> {
  const blank = {
    who: '',
    from: '',
    to: '',
    kind: '',
    class: '',
    channel: '',
    template: '',
    offer: '',
    state: '',
    happened: '',
    words: '',
    after: '',
    limit: 50,
  }
  const kinds: Record<string, (i: number) => Partial<typeof blank> & { customer?: number }> = {
    everything: () => ({}),
    oneInvoice: i => ({ words: `inv${(i * 7919) % words}` }),
    twoArticles: i => ({ words: `art${(i * 37) % 4000} art${(i * 53) % 4000}` }),
    wordOfEveryBill: () => ({ words: '账单' }),
    customer: i => ({ customer: ((i * 7919) % Math.floor(words / RUNS)) + 1 }),
    monthAndArticle: i => ({
      from: `2021-0${(i % 9) + 1}-01`,
      to: `2021-0${(i % 9) + 1}-28`,
      words: `art${(i * 37) % 4000}`,
    }),
  }
  const numbers = Array.from({ length: 30 }, (_, i) => i)
  const result: Record<string, unknown> = {}
  for (const [name, of] of Object.entries(kinds))
    result[name] = quantiles(await each(numbers, i => searchLedger(app, { ...blank, ...of(i) })))
  return result
}

interface Taken {
  ms: number[]
  cpuMsEach: number
}

/** One after the other; computing time of this process, its threads and the engine, for the machine may be busy otherwise. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<Taken> {
  const ms: number[] = []
  const before = cpuSeconds()
  for (const item of items) {
    const started = performance.now()
    await work(item)
    ms.push(performance.now() - started)
  }
  return { ms, cpuMsEach: round(((cpuSeconds() - before) * 1000) / items.length) }
}

const round = (value: number): number => Math.round(value * 10) / 10
const quantiles = ({ ms, cpuMsEach }: Taken) => ({
  p50: round(percentile(ms, 0.5)),
  p95: round(percentile(ms, 0.95)),
  most: round(Math.max(...ms)),
  cpuMsEach,
})
