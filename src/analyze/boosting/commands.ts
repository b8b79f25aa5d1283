import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { Command, CommandInput } from '../../platform/app.ts'
import { textTable } from '../../platform/cli/table.ts'
import { textIn } from '../../platform/text.ts'
import { boostingErrors } from './errors.ts'
import type { Model } from './model.ts'
import { readModel, writeModel } from './model-file.ts'
import { scoreFile } from './score-file.ts'
import { trainFile } from './train-file.ts'

const LEARNERS = ['auto', 'trees', 'logistic', 'blend'] as const

export const trainCommand: Command = {
  name: 'train <file>',
  summary: { en: 'Trains a model for a yes/no label from a CSV file', zh: '用 CSV 文件训练是/否标签的模型' },
  options: [
    ['--label <column>', 'column that holds the answer'],
    ['--positive <value>', 'which of its values is yes'],
    ['--exclude <columns>', 'columns to leave out, separated by commas'],
    ['--out <file>', 'where to write the model (JSON)'],
    ['--learner <kind>', `${LEARNERS.join(', ')} (auto)`],
    ['--monotone <columns>', 'COLUMN:+1 may only raise the probability, COLUMN:-1 only lower it'],
    ['--seed <number>', 'seed of the samples (1)'],
    ['--threads <number>', 'worker threads (as many as cores; the model is the same for any number)'],
  ],
  needsApp: false,
  async run({ args, cwd, options, progress, lang }) {
    const learner = LEARNERS.find(kind => kind === (text(options, 'learner') ?? 'auto'))
    if (!learner) throw wrong('learner', LEARNERS.join(' / '), text(options, 'learner')!)
    const label = needed(options, 'label', 'COLUMN')
    const given = text(options, 'out')
    const out = given === undefined ? undefined : resolve(cwd, given)
    const positive = text(options, 'positive')
    const model = await trainFile(resolve(cwd, args[0]!), {
      label,
      ...(positive === undefined ? {} : { positive }),
      exclude: list(text(options, 'exclude')),
      learner,
      monotone: directions(text(options, 'monotone')),
      seed: whole(options, 'seed', 1, 0),
      threads: whole(options, 'threads', availableParallelism(), 1),
      progress,
    })
    if (out !== undefined) await writeModel(out, model)
    return { json: summary(model, out), text: inWords(model, out, lang) }
  },
}

export const scoreCommand: Command = {
  name: 'score <model> <file>',
  summary: { en: 'Scores a CSV file by a trained model', zh: '用训练好的模型为 CSV 文件评分' },
  options: [
    ['--id <column>', 'column that names the customer'],
    ['--out <file>', 'where to write the scores (CSV: id, probability, reasons)'],
    ['--no-reasons', 'probabilities only'],
  ],
  needsApp: false,
  async run({ args, cwd, options, progress, lang }) {
    const id = needed(options, 'id', 'COLUMN')
    const out = resolve(cwd, needed(options, 'out', 'FILE'))
    const model = await readModel(resolve(cwd, args[0]!))
    const scored = await scoreFile(model, resolve(cwd, args[1]!), out, {
      id,
      reasons: options['reasons'] !== false,
      progress,
    })
    const { rows, meanProbability, judged, warnings } = scored
    const mean = meanProbability.toFixed(4)
    const said =
      lang === 'zh-CN'
        ? `${rows} 行已评分，平均概率 ${mean}，写入 ${out}`
        : `${rows} rows scored, mean probability ${mean}, written to ${out}`
    const how = judged
      ? `\nAUC ${judged.auc.toFixed(4)}, log-loss ${judged.logLoss.toFixed(4)}, ECE ${judged.calibrationError.toFixed(4)}`
      : ''
    return {
      json: { ...scored, out },
      text: [said + how, ...warnings.map(warning => `! ${textIn(warning, lang)}`)].join('\n'),
    }
  },
}

type Options = CommandInput['options']

const text = (options: Options, name: string): string | undefined => {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

const list = (given: string | undefined): string[] =>
  (given ?? '')
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')

const wrong = (option: string, wanted: string, value: string) =>
  boostingErrors['analyze.train-option']({ option, wanted, value })

function needed(options: Options, name: string, wanted: string): string {
  const value = text(options, name)
  if (value === undefined) throw boostingErrors['analyze.train-missing-option']({ option: name, wanted })
  return value
}

function whole(options: Options, name: string, fallback: number, least: number): number {
  const given = text(options, name)
  if (given === undefined) return fallback
  const value = Number(given)
  if (!Number.isInteger(value) || value < least || value > 2 ** 31) throw wrong(name, `≥ ${least}`, given)
  return name === 'threads' ? Math.min(value, 64) : value
}

function directions(given: string | undefined): Map<string, number> {
  return new Map(
    list(given).map(item => {
      const parts = /^(.+):([+-]?1)$/.exec(item)
      if (!parts) throw wrong('monotone', 'COLUMN:+1,COLUMN:-1', item)
      return [parts[1]!, Number(parts[2])]
    }),
  )
}

/** What --json prints: the model without its trees and weights. */
function summary(model: Model, out: string | undefined) {
  const { label, trainedOn, learner, metrics, importance, leaks, warnings, combination, isotonic, trees, linear } =
    model
  return {
    ...{ label, trainedOn, learner, metrics, importance, leaks, warnings },
    calibration: isotonic ? 'isotonic' : 'platt',
    combination,
    trees: trees && { count: trees.trees.length, options: trees.options },
    logistic: linear && { terms: linear.terms.length, lambda: linear.lambda },
    out: out ?? null,
  }
}

function inWords(model: Model, out: string | undefined, lang: CommandInput['lang']): string {
  const zh = lang === 'zh-CN'
  const { metrics, trainedOn, importance, warnings } = model
  const figures = [
    `AUC ${metrics.auc.toFixed(4)}`,
    `log-loss ${metrics.logLoss.toFixed(4)}`,
    `${zh ? '校准误差' : 'calibration error'} ${metrics.calibrationError.toFixed(4)}`,
    `${zh ? '首十分位提升' : 'lift of the top tenth'} ${metrics.topDecileLift.toFixed(2)}`,
  ]
  const names = {
    trees: ['trees', '提升树'],
    logistic: ['logistic regression', '逻辑回归'],
    blend: ['trees and logistic regression', '提升树与逻辑回归'],
  }
  const rows = importance.slice(0, 12).map(({ column, gain, effect }) => [column, effect.toFixed(3), gain.toFixed(3)])
  return [
    zh
      ? `${trainedOn.rows} 行，其中 ${trainedOn.yes} 行为“${model.label.positive}”；模型：${names[model.learner][1]}`
      : `${trainedOn.rows} rows, ${trainedOn.yes} of them "${model.label.positive}"; model: ${names[model.learner][0]}`,
    `${zh ? '未见行上：' : 'on unseen rows: '}${figures.join(', ')}`,
    '',
    textTable(zh ? ['列', '影响', '增益'] : ['column', 'effect', 'gain'], rows),
    ...trainedOn.leftOut.map(({ column, why }) => `${zh ? '未用：' : 'not used: '}${column} (${textIn(why, lang)})`),
    ...warnings.map(warning => `! ${textIn(warning, lang)}`),
    ...(out === undefined ? [] : [zh ? `模型写入 ${out}` : `model written to ${out}`]),
  ].join('\n')
}
