import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { stages } from '../src/loop.ts'
import { makeKey } from '../src/platform/auth/api-keys.ts'
import { openSession } from '../src/platform/auth/sessions.ts'
import { addUser } from '../src/platform/auth/users.ts'
import { readConfig } from '../src/platform/config.ts'
import { buildServer } from '../src/platform/http/server.ts'
import { openApp } from '../src/platform/open-app.ts'
import { type Bench, percentile, timed } from './bench.ts'
import type { ClientTask, Measured } from './desk/client.ts'
import { makeWorld } from './desk/world.ts'
import { engineCpu, ownCpu } from './mail/cpu.ts'

const LOOKUP = `SELECT customer_id FROM golden_records WHERE run_id = {runId:UInt64} AND (mobile = {number:String} OR landline = {number:String}) LIMIT 20`

/**
 * `--customers` (1,000,000) with `--communications` (10,000,000): `--pops` (300) screen pops from the telephone system's report to the
 * document of the ledger in the browser, one after the other; then 30 answers until they are in the profile and on the desk; then `--agents`
 * (200) for `--seconds` (60), a call of `--call` (45) seconds each on average (a real one takes some minutes: these agents are some
 * four times as busy). Browsers are a process of their own on the same machine. Beside it stand the engine looking a
 * number up without anything around it, and a server that answers without doing anything, asked by the same agents in between.
 */
export const bench: Bench = {
  name: 'desk',
  summary: 'screen pops with the exact document, and many agents working at once',
  async run({ number, say }) {
    const sizes = {
      customers: number('customers', 1e6),
      communications: number('communications', 1e7),
      exact: number('pops', 300),
      tasks: number('tasks', 4000),
    }
    const [agents, seconds, callSeconds] = [number('agents', 200), number('seconds', 60), number('call', 45)]
    const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
    const app = await openApp(readConfig(process.env, { data: join(dataDir, 'data') }, 2), stages)
    const http = await buildServer(app, {
      stages,
      more: api => void api.get('/bare', { config: { permission: null } }, async () => ({ ok: true })),
      webRoot: join(dataDir, 'no-web'),
    })
    try {
      const made = await timed(() => makeWorld(app, sizes, say))
      say(`world made in ${made.seconds.toFixed(0)} s`)
      const ledger = await app.facts.one<{ rows: number }>('SELECT count() AS rows FROM communications')
      await http.listen({ host: '127.0.0.1', port: 0 })
      const bound = http.server.address()
      const address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`
      const cookies: string[] = []
      for (let agent = 0; agent < agents; agent++) {
        const login = `agent-${agent}`
        const userId = await addUser(app, { login, name: login, roles: ['agent'], password: 'long enough' })
        cookies.push(`huiyin_session=${(await openSession(app, userId)).token}`)
      }
      const { token } = await makeKey(app, { name: 'pbx', scopes: ['calls.write'], userId: 0 })

      const raw: number[] = []
      const runId = (await app.runs.latest('identity'))!
      for (const customer of made.value.exact) {
        const one = await timed(() =>
          app.facts.query(LOOKUP, { runId, number: `+86138${String(customer).padStart(8, '0')}` }),
        )
        raw.push(one.seconds * 1000)
      }
      const started = performance.now()
      const { measured, cpu } = await browsers({
        address,
        cookies,
        key: token,
        pops: made.value.exact,
        seconds,
        callSeconds,
      })
      for (const failed of new Set(measured.failed)) say(failed)
      const ms = (values: readonly number[]) => ({
        p50: percentile(values, 0.5),
        p95: percentile(values, 0.95),
        n: values.length,
      })
      return {
        name: 'desk',
        figures: {
          customers: sizes.customers,
          communications: ledger.rows,
          worldSeconds: made.seconds,
          popMs: ms(measured.pops),
          pushMs: ms(measured.push),
          wrongPops: measured.wrong,
          answerToDeskMs: ms(measured.told),
          agents,
          callSeconds,
          nextMs: ms(measured.next),
          pictureMs: ms(measured.picture),
          draftMs: ms(measured.draft),
          outcomeMs: ms(measured.outcome),
          callsPerMinute: (measured.outcome.length / seconds) * 60,
          givenTwice: measured.given.length - new Set(measured.given).size,
          failed: measured.failed.length,
          // Of the server and the engine; a busy machine shows in the times above and much less in these.
          popCpuMs: (cpu.pops * 1000) / measured.pops.length,
          answerCpuMs: (cpu.answers * 1000) / measured.told.length,
          callCpuMs: (cpu.agents * 1000) / measured.next.length,
          loadAverage: loadavg()[0],
          measuredSeconds: (performance.now() - started) / 1000,
          residentBytes: process.memoryUsage().rss,
        },
        baseline: {
          what: 'the engine looking a number up by itself; a server that does nothing, asked by the same agents in between',
          lookupMs: ms(raw),
          bareMs: ms(measured.bare),
        },
        ratio: {
          'pop over a bare lookup, p95': percentile(measured.pops, 0.95) / percentile(raw, 0.95),
          'next task over a bare answer, p95': percentile(measured.next, 0.95) / percentile(measured.bare, 0.95),
        },
      }
    } finally {
      await http.close()
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  },
}

/** Each request of the browsers has its own limit; all of them together take no longer than this beside the agents' time. */
const BESIDES_AGENTS_MS = 10 * 60_000

type Phase = 'pops' | 'answers' | 'agents'

/** What the browsers measured, and the seconds of processor that the server and the engine used in each phase. */
async function browsers(task: ClientTask): Promise<{ measured: Measured; cpu: Record<Phase, number> }> {
  const script = fileURLToPath(new URL('desk/client.ts', import.meta.url))
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const limit = setTimeout(() => child.kill('SIGKILL'), task.seconds * 1000 + BESIDES_AGENTS_MS)
  child.stdin.on('error', () => undefined).end(JSON.stringify(task))
  const ended = once(child, 'exit')
  const used = (): number => ownCpu() + engineCpu(script)
  const cpu: Record<Phase, number> = { pops: 0, answers: 0, agents: 0 }
  let measured: Measured | undefined
  let phase: Phase | undefined
  let since = 0
  for await (const line of createInterface({ input: child.stdout })) {
    if (phase) cpu[phase] = used() - since
    const said = JSON.parse(line) as { phase: Phase } | Measured
    if ('phase' in said) [phase, since] = [said.phase, used()]
    else measured = said
  }
  const [code, signal] = await ended
  clearTimeout(limit)
  if (signal) throw new Error(`the browsers were not through in time and were ended (${signal})`)
  if (code !== 0 || !measured) throw new Error(`the browsers ended with ${code}`)
  return { measured, cpu }
}
