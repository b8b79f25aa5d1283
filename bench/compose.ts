import { checkData, type Data } from '../src/personalize/compose/check-data.ts'
import { loadTemplate } from '../src/personalize/compose/load-template.ts'
import { openComposePool } from '../src/personalize/compose/pool.ts'
import type { PrintFile } from '../src/personalize/print-file/print-file.ts'
import { MOST_DOCUMENTS } from '../src/personalize/print-file/print-file.ts'
import { sampleTemplates } from '../src/personalize/templates-folder.ts'
import { type Bench, timed } from './bench.ts'
import { bills } from './compose/bills.ts'
import { printByChromium } from './compose/chromium.ts'

/** Chromium makes five a second: enough of them to know it. */
const BY_CHROMIUM = 30

export const bench: Bench = {
  name: 'compose',
  summary: 'one-page Chinese bills: singly, in print files, beside Chromium; memory over the run',
  async run(options) {
    const documents = options.number('documents', 4_000)
    const threads = options.number('threads', 2)
    const singles = options.number('singles', 400)
    const batch = options.number('batch', MOST_DOCUMENTS)
    const version = await loadTemplate(sampleTemplates, 'bill')

    options.say(`${singles} bills singly, one thread`)
    const one = openComposePool(1)
    await one.compose(version, bills(version, 20))
    const cpuBefore = process.cpuUsage()
    const singly = await timed(() => one.compose(version, bills(version, singles, 100)))
    const singleCpu = seconds(process.cpuUsage(cpuBefore))
    await one.close()
    if (singly.value.some(outcome => outcome.state !== 'composed' || outcome.pages !== 1))
      throw new Error('a bill is held back or has more than a page')

    options.say(`${documents} bills in print files of ${batch}, ${threads} threads`)
    const pool = openComposePool(threads)
    // As in a print run: pages and slots are those that the ledger has of the document as it was composed.
    const slots = singly.value.flatMap(outcome => (outcome.state === 'composed' ? [outcome.slots ?? []] : []))[0] ?? []
    const file = (from: number): PrintFile => ({
      job: '00000001',
      name: `bench-${from}`,
      date: '2010-12-01',
      duplex: false,
      banner: [],
      proof: '',
      pieces: bills(version, Math.min(batch, documents - from), from).map((data, i) => {
        const checked = checkData(version, data)
        if ('state' in checked) throw new Error(checked.detail)
        return {
          number: from + i + 1,
          inserts: 0,
          documents: [{ id: String(data['id']), version, data, pages: 1, slots }],
        }
      }),
    })
    await Promise.all(Array.from({ length: threads }, () => pool.print(file(0))))
    const resident: { documents: number; megabytes: number }[] = []
    const cpuBatched = process.cpuUsage()
    let bytes = 0
    const batched = await timed(async () => {
      const running: Promise<void>[] = []
      for (let from = 0; from < documents; from += batch) {
        running.push(
          pool.print(file(from)).then(printed => {
            bytes += printed.bytes.length
            resident.push({
              documents: Math.min(documents, from + batch),
              megabytes: Math.round(process.memoryUsage.rss() / 1e6),
            })
          }),
        )
        if (running.length > threads) await running.shift()
      }
      await Promise.all(running)
    })
    const batchedCpu = seconds(process.cpuUsage(cpuBatched))
    await pool.close()

    options.say(`${BY_CHROMIUM} of the same page by Chromium`)
    const chromium = await printByChromium(version, bills(version, BY_CHROMIUM) as Data[])
    const rate = documents / batched.seconds
    const tenth = Math.max(1, Math.floor(resident.length / 10))
    return {
      name: 'compose',
      figures: {
        batchedPerSecond: Math.round(rate),
        batchedCpuMsEach: round((batchedCpu * 1000) / documents),
        singlyPerSecondACore: Math.round(singles / singly.seconds),
        singlyCpuMsEach: round((singleCpu * 1000) / singles),
        kilobytesEach: round(bytes / documents / 1000),
        residentMegabytes: resident.filter((_, i) => i % tenth === 0 || i === resident.length - 1),
      },
      baseline: { chromiumPerSecond: round(chromium) },
      ratio: round(rate / chromium),
    }
  },
}

const seconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6
const round = (value: number): number => Math.round(value * 10) / 10
