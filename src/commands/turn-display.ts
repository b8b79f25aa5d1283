import type { TurnResult, TurnWatcher } from '../loop.ts'
import { steps } from '../loop.ts'
import { duration, type ProgressBar, progressBar } from '../platform/cli/progress.ts'
import { textTable } from '../platform/cli/table.ts'
import type { Lang } from '../platform/errors.ts'
import type { Figures } from '../platform/runs.ts'
import { textIn } from '../platform/text.ts'

const figureText = (value: Figures[string]): string => {
  if (typeof value === 'number')
    return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(Math.abs(value) < 1 ? 4 : 1)
  if (typeof value === 'string') return value
  return `${Object.keys(value).length}`
}

/** A bar per step on stderr, each replaced by a line with its time. */
export function watchTurn(lang: Lang): TurnWatcher {
  let bar: ProgressBar | undefined
  const name = (index: number, title: string) => `${String(index + 1).padStart(2)}/${steps.length} ${title}`
  let current = ''
  return {
    stepStarted(step, index) {
      current = name(index, textIn(step.title, lang))
      bar = progressBar(current)
    },
    stepProgress(_step, done, total, note) {
      bar?.update(done, total, note)
    },
    stepDone(_step, seconds, figures) {
      const words = Object.entries(figures)
        .slice(0, 4)
        .map(([key, value]) => `${key} ${figureText(value)}`)
      bar?.done(`${current}  ${duration(seconds)}  ${words.join(', ')}`)
    },
  }
}

/** The summary table printed at the end of a turn. */
export function turnSummary(result: TurnResult, lang: Lang): string {
  const zh = lang === 'zh-CN'
  const rows = steps.map(({ step }) => {
    const done = result.steps[step.id]
    const figures = Object.entries(done?.figures ?? {}).map(([key, value]) => `${key} ${figureText(value)}`)
    return [textIn(step.title, lang), done ? `${done.seconds.toFixed(1)} s` : '', figures.slice(0, 7).join(', ')]
  })
  const head = zh ? ['步骤', '用时', '结果'] : ['step', 'time', 'result']
  const segments = result.counts['segments']
  const sizes =
    typeof segments === 'object'
      ? textTable(
          zh ? ['类别', '客户数'] : ['segment', 'customers'],
          Object.entries(segments).map(([id, count]) => [id, String(count)]),
        )
      : ''
  const title = zh
    ? `第 ${result.turn} 轮，截至 ${result.asOf}，用时 ${duration(result.seconds)}`
    : `Turn ${result.turn} as of ${result.asOf}, ${duration(result.seconds)}`
  return [title, textTable(head, rows), sizes].filter(Boolean).join('\n\n')
}
