/**
 * Beside the work: the calls next in line are put to the gate and their customers read before an agent asks for one, some dozens
 * together. One customer's screen costs the engine 100 ms of processor time, most of it for planning statements; 32 together 14 each. Whoever takes
 * one of them waits for the mark alone.
 */
import { standingConsents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { looksAt } from '../desk/look.ts'
import { nextInLine } from '../tasks/claim.ts'
import { judgeLine } from '../tasks/clear.ts'
import { customersAtHand } from '../tasks/customer-at-hand.ts'
import { kindOf } from '../tasks/kinds/index.ts'
import type { DeskScript } from '../tasks/kinds/kind.ts'
import type { Task } from '../tasks/task-table.ts'
import { type Card, hasCard, KEPT_MS, keepCards } from './cards.ts'
import { marksOf } from './mark.ts'

/** So many of a line are to be ready. */
const AHEAD = 32
/** Fewer that are ready, and the next are read. */
const ENOUGH = 16
/** A machine with too much to do: what it reads for those who ask next would come too late, however far ahead it looks. */
const MOST_AHEAD = 96
/** Calls a minute from which it pays: what is read for a small desk would be too old before its turn comes. */
const BUSY = 12
const MINUTE_MS = 60_000

interface Pace {
  /** When calls were given out, the last minute's. */
  given: number[]
  /** Ready in each line, less what was given out since they were counted. */
  ready: Map<string, number>
  running: boolean
  /** What the last look took, in milliseconds. */
  tookMs: number
}

/** Calls that were looked at, and when: what had no card (its customer was merged, say) is not tried again and again. */
const looked = new WeakMap<App['workflow'], Map<string, number>>()

const paces = new WeakMap<App['workflow'], Pace>()

const lineOf = ({ list, skill, language, zone }: Task): string => JSON.stringify([list, skill, language, zone])

/** After a call was given out; nobody waits for it. */
export function thinkAhead(app: App, given: Task): void {
  const pace = paces.get(app.workflow) ?? { given: [], ready: new Map<string, number>(), running: false, tookMs: 0 }
  paces.set(app.workflow, pace)
  const now = Date.now()
  pace.given = [...pace.given.filter(at => now - at < MINUTE_MS), now]
  const line = lineOf(given)
  const ready = (pace.ready.get(line) ?? 0) - 1
  pace.ready.set(line, ready)
  // So many will be gone before the next are ready.
  const gone = Math.min(MOST_AHEAD - AHEAD, pace.given.filter(at => now - at < pace.tookMs).length)
  if (pace.given.length < BUSY || ready > ENOUGH + gone || pace.running || kindOf(given.kind).askedFor) return
  pace.running = true
  lookAhead(app, given, gone)
    .then(found => pace.ready.set(line, found))
    .catch(error => app.log.info({ err: error }, 'the next calls could not be read ahead'))
    .finally(() => {
      pace.running = false
      pace.tookMs = Date.now() - now
    })
}

/** Reads the line behind this call, but for the first `gone` of it. Returns how many calls of it are ready. */
export async function lookAhead(app: App, behind: Task, gone = 0): Promise<number> {
  const line = await nextInLine(app, behind, AHEAD + gone)
  const at = Date.now()
  const before = looked.get(app.workflow) ?? new Map<string, number>()
  const tried = new Map([...before].filter(([, when]) => at - when < KEPT_MS))
  looked.set(app.workflow, tried)
  const unread = line.slice(gone).filter(task => !tried.has(task.task_id))
  const ready = (): number => line.filter(task => hasCard(app, task.customer_id)).length
  if (unread.length === 0) return ready()
  for (const task of unread) tried.set(task.task_id, at)
  // First the marks, then what they stand for.
  const marks = await marksOf(app, [...new Set(unread.map(task => task.customer_id))], new Date(at))
  const clear = (await judgeLine(app, unread)).filter(task => marks.of.has(task.customer_id))
  if (clear.length > 0) keepCards(app, await readCards(app, clear, marks), marks.of, at)
  return ready()
}

/** Of customers who are one and the same since their task was made; the others are read when it is their turn. */
async function readCards(
  app: App,
  tasks: readonly Task[],
  { runs, settledBy }: Pick<Awaited<ReturnType<typeof marksOf>>, 'runs' | 'settledBy'>,
): Promise<Map<number, Card>> {
  const ids = [...new Set(tasks.map(task => task.customer_id))]
  const identity = runs.identity ?? 0
  // One after the other and the greatest on one core: whoever waits for an answer comes first.
  const looks = await looksAt(app, runs, ids, settledBy, { settings: { max_threads: 1 } })
  const since = new Date(Math.min(...tasks.map(task => task.created_at.getTime())))
  const hands = await customersAtHand(app, identity, ids, since)
  const consents = await standingConsents(app, identity, ids)
  const scripts = new Map<string, DeskScript>()
  for (const [kind, some] of Map.groupBy(tasks, task => task.kind))
    for (const [taskId, script] of await scriptsOf(app, kind, some)) scripts.set(taskId, script)
  const consentsOf = Map.groupBy(consents, ([key]) => Number(key.split('/')[0]))
  return new Map(
    ids.flatMap(id => {
      const look = looks.get(id)!
      if (!look.golden || look.former.length > 0) return []
      const its = tasks.filter(task => task.customer_id === id && scripts.has(task.task_id))
      return [
        [
          id,
          {
            runs,
            look,
            hand: hands.get(id)!,
            consents: new Map(consentsOf.get(id) ?? []),
            scripts: new Map(its.map(task => [task.task_id, scripts.get(task.task_id)!])),
          },
        ] as const,
      ]
    }),
  )
}

/** One that cannot be shown as it was composed is seen to when it is its turn. */
async function scriptsOf(app: App, kind: string, tasks: readonly Task[]): Promise<Map<string, DeskScript>> {
  try {
    return (await kindOf(kind).scripts?.(app, tasks)) ?? new Map()
  } catch (error) {
    app.log.warn({ err: error, kind }, 'scripts could not be read ahead')
    return new Map()
  }
}
