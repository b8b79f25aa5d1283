import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Lang } from '../../platform/errors.ts'
import { textIn } from '../../platform/text.ts'
import { allocate } from '../allocate/allocate.ts'
import { buildProblem, type OptionRows } from '../allocate/columns.ts'
import { asBundles, asGroups } from '../allocate/conflicts.ts'
import type { SolveOptions, Violation } from '../allocate/solve.ts'
import { checkPlan } from '../allocate/verify.ts'
import { fileErrors } from './errors.ts'
import { readLimits, readRules } from './limits.ts'
import { type ReadOptions, readOptions } from './options.ts'
import { parquetLines } from './parquet-lines.ts'
import { quoted } from './text-lines.ts'

export interface FilePlan {
  value: number | null
  bound: number
  gap: number | null
  feasible: boolean
  violations: { limits: string[]; proven: boolean; message: string }[]
  prices: Record<string, number>
  seconds: number
  /** Reading included. */
  totalSeconds: number
  stopped: boolean
  customers: number
  options: number
  assigned: number
  used: Record<string, number>
}

/** Solves the files of a folder; writes `out` only when there is a plan, whole or not at all. */
export async function solveFiles(
  dir: string,
  out: string | undefined,
  options: SolveOptions,
  lang: Lang = 'en',
): Promise<FilePlan> {
  const began = performance.now()
  const limits = await readLimits(dir)
  const rules = await readRules(dir)
  const exactly = 'exactly' in rules.perCustomer
  const most = 'max' in rules.perCustomer ? rules.perCustomer.max : 1
  // Conflicts say nothing where a customer gets one option at most.
  const conflicting = most > 1 && rules.conflicts.length > 0
  const file = optionsFile(dir)
  const path = join(dir, file)
  const read = await readOptions(
    file.endsWith('.parquet') ? parquetLines(path, file) : path,
    file,
    limits.names,
    conflicting,
  )
  refuseTwice(read, file)
  const plain: OptionRows = {
    customers: read.customers.length,
    customer: read.customer,
    value: read.value,
    code: read.code,
    uses: read.uses,
    max: limits.max,
    min: limits.min,
    exactly,
    most,
  }
  const { rows, parts } = conflicting ? withConflicts(plain, read, rules.conflicts) : { rows: plain, parts: undefined }
  const { problem, row, unitsInOne } = buildProblem(rows)
  const got = await allocate(problem, options)
  if (got.feasible && checkPlan(problem, got.chosen).length > 0) throw new Error('the plan breaks a limit')
  const chosenRows: number[] = []
  for (let j = 0; j < problem.options; j++)
    if (got.chosen[j] === 1) chosenRows.push(...(parts ? parts[row[j]!]! : [row[j]!]))
  chosenRows.sort((a, b) => a - b)
  if (got.feasible && out !== undefined) await writeAssignments(out, read, chosenRows)
  const named = (values: Float64Array) => Object.fromEntries(limits.names.map((name, r) => [name, values[r]!]))
  return {
    value: got.feasible ? got.value : null,
    bound: got.bound,
    gap: got.feasible ? got.gap : null,
    feasible: got.feasible,
    violations: got.violations.map(v => explain(v, limits.names, exactly, lang)),
    prices: named(got.prices.map((price, r) => price * unitsInOne[r]!)),
    seconds: got.seconds,
    totalSeconds: (performance.now() - began) / 1000,
    stopped: got.stopped,
    customers: rows.customers,
    options: read.value.length,
    assigned: chosenRows.length,
    used: named(got.used.map((used, r) => (got.feasible ? used / unitsInOne[r]! : 0))),
  }
}

/** `options.csv`, or what stands in its place. */
const optionsFile = (dir: string): string =>
  ['options.csv', 'options.csv.gz', 'options.parquet'].find(name => existsSync(join(dir, name))) ?? 'options.csv'

function refuseTwice(read: ReadOptions, file: string): void {
  const seen = new Map<number, number>()
  const latest = new Int32Array(read.customers.length).fill(-1)
  const previous = new Int32Array(read.customer.length)
  for (let j = 0; j < read.customer.length; j++) {
    const c = read.customer[j]!
    previous[j] = latest[c]!
    latest[c] = j
  }
  // The rows of a customer hang together as a chain, newest first.
  for (let c = 0; c < latest.length; c++) {
    seen.clear()
    for (let j = latest[c]!; j >= 0; j = previous[j]!) {
      const later = seen.get(read.kind[j]!)
      if (later !== undefined)
        throw fileErrors['optimize.same-option-twice']({
          file,
          row: later + 2,
          first: j + 2,
          customer: read.customers[c]!,
          option: read.kinds[read.kind[j]!]!,
        })
      seen.set(read.kind[j]!, j)
    }
  }
}

function withConflicts(
  plain: OptionRows,
  read: ReadOptions,
  pairs: readonly (readonly [string, string])[],
): { rows: OptionRows; parts: number[][] | undefined } {
  const numberOf = new Map(read.kinds.map((name, i) => [name, i]))
  const conflicts = pairs
    .map(([a, b]) => [numberOf.get(a), numberOf.get(b)] as const)
    .filter((pair): pair is readonly [number, number] => pair[0] !== undefined && pair[1] !== undefined)
  const groups = asGroups(read.kinds.length, conflicts)
  if (groups) {
    // Codes were kept apart by option, so each has one kind and thus one group.
    const group = new Uint32Array(plain.uses.length)
    for (let j = 0; j < plain.code.length; j++) group[plain.code[j]!] = groups[read.kind[j]!]!
    return { rows: { ...plain, group }, parts: undefined }
  }
  const bundled = asBundles(plain, read.kind, read.kinds.length, conflicts)
  if (bundled.tooMany !== undefined)
    throw fileErrors['optimize.too-many-bundles']({ customer: read.customers[bundled.tooMany]!, most: 5000 })
  return bundled
}

function explain(v: Violation, names: readonly string[], exactly: boolean, lang: Lang): FilePlan['violations'][number] {
  const limits = v.resources.map(r => names[r]!)
  const list = limits.join(', ')
  const everyone = exactly ? ' when every customer must get one option' : ''
  const message = v.proven
    ? {
        en: `infeasible because the limits of ${list} cannot all be kept${everyone}`,
        zh: `不可行：${exactly ? '每位客户都须得到一个选项时，' : ''}无法同时满足 ${list} 的限制`,
      }
    : {
        en: `no plan was found that keeps the limits of ${list}${everyone}; parts of options could keep them, perhaps whole ones cannot`,
        zh: `未找到满足 ${list} 限制的方案${exactly ? '（每位客户须得到一个选项）' : ''}；按比例分配可以满足，整数方案可能不存在`,
      }
  return { limits, proven: v.proven, message: textIn(message, lang) }
}

async function writeAssignments(out: string, read: ReadOptions, rows: readonly number[]): Promise<void> {
  const part = `${out}.part`
  async function* lines() {
    let text = 'customer,option\n'
    for (const j of rows) {
      text += `${quoted(read.customers[read.customer[j]!]!)},${quoted(read.kinds[read.kind[j]!]!)}\n`
      if (text.length > 1 << 16) {
        yield text
        text = ''
      }
    }
    yield text
  }
  try {
    await pipeline(lines, createWriteStream(part))
    await rename(part, out)
  } catch (error) {
    await rm(part, { force: true })
    throw fileErrors['optimize.file-unwritable']({ file: out }, error)
  }
}
