import { availableParallelism } from 'node:os'
import type { Command } from '../platform/app.ts'
import { optimizeErrors } from './errors.ts'
import { solveFiles } from './files/solve-files.ts'

/** `huiyin plan solve`: files in, a plan and its bound out; needs no data folder. */
const planSolve: Command = {
  name: 'plan solve <dir>',
  summary: {
    en: 'solve an allocation given as files: options.csv (.gz, or options.parquet), resources.csv, rules.json',
    zh: '求解以文件给出的分配问题：options.csv（可为 .gz，或 options.parquet）、resources.csv、rules.json',
  },
  options: [
    ['--out <file>', 'where to write assignments.csv'],
    ['--seconds <number>', 'stop improving after this long'],
    ['--threads <number>', 'threads to use (default: all cores)'],
  ],
  needsApp: false,
  async run({ args, options, lang }) {
    const positive = (option: 'seconds' | 'threads'): number | undefined => {
      const value = options[option]
      if (value === undefined) return undefined
      const n = Number(value)
      if (!(n > 0) || (option === 'threads' && !Number.isInteger(n)))
        throw optimizeErrors['optimize.bad-number']({ option, value: String(value) })
      return n
    }
    const out = typeof options['out'] === 'string' ? options['out'] : undefined
    const seconds = positive('seconds')
    const threads = positive('threads') ?? availableParallelism()
    const plan = await solveFiles(args[0]!, out, { threads, ...(seconds === undefined ? {} : { seconds }) }, lang)
    const zh = lang === 'zh-CN'
    const text = plan.feasible
      ? zh
        ? `方案价值 ${plan.value}，上界 ${plan.bound}，差距 ${((plan.gap ?? 0) * 100).toFixed(4)} %，用时 ${plan.seconds.toFixed(2)} 秒${plan.stopped ? '（已按时限停止）' : ''}`
        : `value ${plan.value}, bound ${plan.bound}, gap ${((plan.gap ?? 0) * 100).toFixed(4)} %, ${plan.seconds.toFixed(2)} s${plan.stopped ? ' (stopped)' : ''}`
      : plan.violations.map(v => v.message).join('\n')
    return { json: plan, text, ...(plan.feasible ? {} : { exit: 1 }) }
  },
}

export const commands: Command[] = [planSolve]
