import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileRule, compileSegments } from '../src/analyze/segments/compile.ts'
import { proveSegments } from '../src/analyze/segments/prove.ts'
import { openFacts } from '../src/platform/stores/facts/index.ts'
import { type Bench, percentile, timed } from './bench.ts'
import { attributes, partition } from './segments/rule-tree.ts'

const SQL_TYPES = {
  number: 'Nullable(Float64)',
  date: 'Nullable(Date)',
  choice: 'LowCardinality(String)',
  list: 'Array(String)',
}

/**
 * The proof over `--rules` (500) × `--attributes` (30), then `--customers` (1,000,000) put into `--segments` (20) segments anew after an
 * edit, written back, and the count shown while a rule is typed. Beside them: the engine reading the same columns and nothing else.
 */
export const bench: Bench = {
  name: 'segments',
  summary: 'proof that segments are exclusive and complete; customers segmented anew; the count while typing',
  async run({ number, say }) {
    const [rules, count, customers, few] = [
      number('rules', 500),
      number('attributes', 30),
      number('customers', 1e6),
      number('segments', 20),
    ]
    const all = attributes(count)
    const domains = new Map(all.map(({ id, domain }) => [id, domain]))
    const named = (many: ReturnType<typeof partition>) => many.map((rule, i) => ({ code: `s${i}`, rule }))
    const many = named(partition(all, rules, number('seed', 5)))
    const whole = await timed(async () => proveSegments(many, domains, false))
    const holed = await timed(async () => proveSegments(many.slice(1), domains, false))
    say(
      `proof of ${many.length} rules over ${count} attributes: ${whole.seconds.toFixed(2)} s, exclusive ${whole.value.exclusive}, complete ${whole.value.complete}`,
    )
    say(`one rule taken out: ${holed.seconds.toFixed(2)} s, complete ${holed.value.complete}`)

    const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
    const facts = await openFacts({ dataDir, threads: 2 })
    try {
      const columns = all.map(({ id, domain }) => `${id} ${SQL_TYPES[domain.kind]}`).join(', ')
      await facts.exec(
        `CREATE TABLE bench_features (customer_id UInt64, ${columns}) ENGINE = MergeTree ORDER BY customer_id`,
      )
      await facts.exec(
        `INSERT INTO bench_features SELECT number, ${all.map(({ sql }) => sql).join(', ')} FROM numbers({customers:UInt64})`,
        { customers },
      )
      await facts.exec(
        'CREATE TABLE bench_members (customer_id UInt64, segment LowCardinality(String)) ENGINE = MergeTree ORDER BY customer_id',
      )
      const columnOf = (id: string) => ({ sql: id, domain: domains.get(id)! })
      const segmented = async (segments: ReturnType<typeof named>) => {
        const { segment, params } = compileSegments(segments, columnOf)
        await facts.exec('TRUNCATE TABLE bench_members')
        return timed(() =>
          facts.exec(`INSERT INTO bench_members SELECT customer_id, ${segment} FROM bench_features`, params),
        )
      }
      const usual = named(partition(all, few, 9))
      await segmented(usual)
      const edited = await segmented(usual)
      const edit500 = await segmented(many)
      const { members, kinds } = await facts.one<{ members: number; kinds: number }>(
        "SELECT countIf(segment != '') AS members, uniqExact(segment) AS kinds FROM bench_members",
      )
      const typing: number[] = []
      for (const { rule } of many.slice(0, 60)) {
        const { sql, params } = compileRule(rule, columnOf)
        const one = await timed(() => facts.one(`SELECT countIf(${sql}) AS n FROM bench_features`, params))
        typing.push(one.seconds * 1000)
      }
      const raw = await timed(() =>
        facts.one(`SELECT ${all.map(({ id }) => `uniq(${id}) AS ${id}`).join(', ')} FROM bench_features`),
      )
      say(
        `${customers} customers into ${few} segments: ${edited.seconds.toFixed(2)} s; into ${many.length}: ${edit500.seconds.toFixed(2)} s (${members} placed, ${kinds} segments met)`,
      )
      say(
        `count while typing: p50 ${percentile(typing, 0.5).toFixed(0)} ms, p95 ${percentile(typing, 0.95).toFixed(0)} ms`,
      )
      return {
        name: 'segments',
        figures: {
          rules: many.length,
          attributes: count,
          proofSeconds: whole.seconds,
          exclusive: whole.value.exclusive,
          complete: whole.value.complete,
          holeSeconds: holed.seconds,
          holeComplete: holed.value.complete,
          customers,
          resegmentSeconds: edited.seconds,
          resegmentManySeconds: edit500.seconds,
          placed: members,
          countMsP50: percentile(typing, 0.5),
          countMsP95: percentile(typing, 0.95),
        },
        baseline: { what: 'the engine reading every attribute once (distinct values of each)', seconds: raw.seconds },
        ratio: { 'segmented anew over reading': edited.seconds / raw.seconds },
      }
    } finally {
      await facts.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  },
}
