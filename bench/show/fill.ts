/** A ledger of millions of rows, made in the engine: what a row weighs is a real bill's, what names it is its own. */
import type { Facts } from '../../src/platform/stores/facts/index.ts'

export const RUNS = 60
/** Runs of the invented rows; the sampled real ones lie in the same partitions. */
export const runOf = (index: number): number => 100 + (index % RUNS)

const ROWS = `
INSERT INTO communications (run_id, communication_id, customer_id, campaign_id, wave, kind, class, channel, offer, template, template_version,
  language, partition, address, state, reason, reason_detail, data, engine, fonts, sha256, size, pages, segments, subject, composed_at)
SELECT {run:UInt64}, lower(hex(MD5(concat('c', toString(number * {runs:UInt64} + {nth:UInt64}))))), number + 1, 0, 1, 'bill', 'service', 'print', '',
  'bill', 1, 'zh-CN', toUInt32(intDiv(number, 200)), concat('上海市人民路', toString(number % 9999), '号'), 'composed', '', '',
  replaceAll(replaceAll({data:String}, '#ID#', lower(hex(MD5(concat('c', toString(number * {runs:UInt64} + {nth:UInt64})))))), '#NAME#',
    concat('客户', toString(number))),
  'huiyin typst', 'fonts', hex(SHA256(toString(number))), 40000, 1, 0, '账单', toDateTime64('2020-01-01 00:00:00', 3, 'UTC') + toIntervalMonth({nth:UInt64})
FROM numbers({rows:UInt64})`

const PLACES = `
INSERT INTO communication_places (communication_id, run_id, customer_id)
SELECT communication_id, run_id, customer_id FROM communications WHERE run_id = {run:UInt64}`

/** Words as a bill has them: those every bill has, and forty of its own. */
const WORDS = `
INSERT INTO communication_words (composed_at, communication_id, run_id, customer_id, kind, class, channel, offer, template, template_version, state, words)
SELECT toDateTime64('2020-01-01 00:00:00', 3, 'UTC') + toIntervalMonth(number % {runs:UInt64}) + toIntervalSecond(intDiv(number, {runs:UInt64})),
  lower(hex(MD5(concat('c', toString(number))))), 100 + number % {runs:UInt64}, intDiv(number, {runs:UInt64}) + 1, 'bill', 'service', 'print', '',
  'bill', 1, 'composed',
  concat({common:String}, ' inv', toString(number), ' ',
    arrayStringConcat(arrayMap(i -> concat('art', toString(cityHash64(number, i) % 4000)), range(30)), ' '), ' ',
    arrayStringConcat(arrayMap(i -> concat(char(0xE5, 0x80 + cityHash64(number, i, 1) % 60, 0x80 + cityHash64(number, i, 2) % 60),
      char(0xE6, 0x80 + cityHash64(number, i, 3) % 60, 0x80 + cityHash64(number, i, 4) % 60)), range(10)), ' '))
FROM numbers({from:UInt64}, {rows:UInt64})`

/** `data` is the JSON of a bill with #ID# and #NAME# in it. */
export async function fillLedger(facts: Facts, rows: number, data: string, said: (run: number) => void): Promise<void> {
  const each = Math.ceil(rows / RUNS)
  for (let nth = 0; nth < RUNS; nth++) {
    await facts.exec(ROWS, { run: runOf(nth), nth, runs: RUNS, rows: each, data })
    await facts.exec(PLACES, { run: runOf(nth) })
    said(nth + 1)
  }
}

export async function fillWords(facts: Facts, rows: number, common: string): Promise<void> {
  const block = 200_000
  for (let from = 0; from < rows; from += block)
    await facts.exec(WORDS, { from, rows: Math.min(block, rows - from), runs: RUNS, common })
}
