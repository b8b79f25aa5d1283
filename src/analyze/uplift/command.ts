import { availableParallelism } from 'node:os'
import { basename, resolve } from 'node:path'
import type { Command, CommandInput } from '../../platform/app.ts'
import { textTable } from '../../platform/cli/table.ts'
import { type Text, textIn } from '../../platform/text.ts'
import { boostingErrors } from '../boosting/errors.ts'
import { writeWhole } from '../boosting/model-file.ts'
import { checkSize, type JudgedUplift, judgeUplift } from './judge-uplift.ts'
import { predictArms, upliftLearners } from './model.ts'
import { type ExperimentFile, readExperiment } from './read-experiment.ts'
import { randomnessNotes } from './was-random.ts'

const LEARNERS = ['auto', ...upliftLearners] as const

export const upliftCommand: Command = {
  name: 'uplift <file>',
  summary: {
    en: 'Learns from a random trial whom a treatment moves, judged on the half it has not seen',
    zh: '从随机试验中学习干预对谁有效，并在未见过的一半上评判',
  },
  options: [
    ['--treatment <column>', 'column that says who was treated'],
    ['--outcome <column>', 'column that says who answered (yes/no)'],
    ['--treated <value>', 'which value of the treatment is compared (where there are several)'],
    ['--control <value>', 'which value of the treatment is the control group'],
    ['--positive <value>', 'which value of the outcome is yes'],
    ['--exclude <columns>', 'columns to leave out, separated by commas: whatever was known only afterwards'],
    ['--id <column>', 'column that names the customer (the number of the row)'],
    ['--out <file>', 'where to write the scores (CSV: id, uplift, p_treated, p_control, held_out)'],
    ['--learner <kind>', `${LEARNERS.join(', ')} (auto)`],
    ['--held-out <share>', 'share of the rows it is judged on (0.5)'],
    ['--seed <number>', 'seed of the halves and samples (1)'],
    ['--repeat <number>', 'so many seeds, one after the other; the figures are their means (1)'],
  ],
  needsApp: false,
  async run({ args, cwd, options, progress, lang }) {
    const file = resolve(cwd, args[0]!)
    const learner = LEARNERS.find(kind => kind === (text(options, 'learner') ?? 'auto'))
    if (!learner) throw wrong('learner', LEARNERS.join(' / '), text(options, 'learner')!)
    const given = text(options, 'out')
    const out = given === undefined ? undefined : resolve(cwd, given)
    const heldOutShare = share(options, 'heldOut', 0.5)
    const [seed, repeat] = [whole(options, 'seed', 1, 0), whole(options, 'repeat', 1, 1)]
    const named = (name: 'treated' | 'control' | 'positive' | 'id') => {
      const value = text(options, name)
      return value === undefined ? {} : { [name]: value }
    }
    const read = await readExperiment(file, {
      treatment: needed(options, 'treatment'),
      outcome: needed(options, 'outcome'),
      exclude: (text(options, 'exclude') ?? '')
        .split(',')
        .map(item => item.trim())
        .filter(Boolean),
      ...named('treated'),
      ...named('control'),
      ...named('positive'),
      ...named('id'),
    })
    checkSize(read.experiment, read.arms)
    const warnings = [...read.warnings, ...randomnessNotes(read.experiment)]
    const runs: { seed: number; judged: JudgedUplift }[] = []
    for (let k = 0; k < repeat; k++) {
      progress(k, repeat)
      const judged = await judgeUplift(read.experiment, {
        ...{ learner, heldOutShare, seed: seed + k, threads: availableParallelism() },
      })
      runs.push({ seed: seed + k, judged })
    }
    progress(repeat, repeat)
    const first = runs[0]!.judged
    if (out !== undefined) await writeWhole(out, scoresOf(read, first))
    const all = [...warnings, ...first.warnings]
    const json = summary(file, read, runs, all, out)
    return { json, text: inWords(json, runs[0]!.judged, all, lang) }
  },
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length

function summary(
  file: string,
  { experiment, arms, positive, leftOut }: ExperimentFile,
  runs: { seed: number; judged: JudgedUplift }[],
  warnings: Text[],
  out: string | undefined,
) {
  const { learner, average, top10, deciles, curve, heldOut, tried } = runs[0]!.judged
  return {
    source: basename(file),
    rows: experiment.table.rows,
    columns: experiment.table.columns.map(column => column.name),
    arms,
    positive,
    heldOut: heldOut.reduce((sum, v) => sum + v, 0),
    learner,
    average,
    top10,
    deciles,
    qini: curve.qini,
    auuc: curve.auuc,
    curve: curve.points,
    bootstrapSamples: curve.samples,
    tried,
    repeats: runs.map(({ seed, judged }) => ({
      ...{ seed, average: judged.average.uplift, top10: judged.top10.uplift, top10Error: judged.top10.error },
      ...{ qini: judged.curve.qini.value, auuc: judged.curve.auuc.value },
    })),
    meanTop10: mean(runs.map(({ judged }) => judged.top10.uplift)),
    meanQini: mean(runs.map(({ judged }) => judged.curve.qini.value)),
    leftOut,
    warnings,
    out: out ?? null,
  }
}

function inWords(
  json: ReturnType<typeof summary>,
  { deciles }: JudgedUplift,
  warnings: Text[],
  lang: CommandInput['lang'],
): string {
  const zh = lang === 'zh-CN'
  const points = (value: number) => `${value >= 0 ? '+' : '−'}${Math.abs(100 * value).toFixed(2)}`
  const { average, top10, qini, heldOut, repeats, meanTop10 } = json
  const header = zh
    ? ['十分位', '预测', '干预组', '对照组', '提升（百分点）', '±']
    : ['tenth', 'predicted', 'treated', 'control', 'uplift (points)', '±']
  const rows = deciles.map(d => [
    ...[String(d.decile), points(d.predicted), `${(100 * d.treatedRate).toFixed(1)}%`],
    ...[`${(100 * d.controlRate).toFixed(1)}%`, points(d.uplift), (196 * d.error).toFixed(2)],
  ])
  const several = zh
    ? `${repeats.length} 个种子的平均：首十分位 ${points(meanTop10)}`
    : `mean of ${repeats.length} seeds: top tenth ${points(meanTop10)}`
  return [
    zh
      ? `在留出的 ${heldOut} 行上：平均效果 ${points(average.uplift)} 个百分点，首十分位 ${points(top10.uplift)} ± ${(196 * top10.error).toFixed(2)}`
      : `on ${heldOut} held-out rows: average effect ${points(average.uplift)} points, top tenth ${points(top10.uplift)} ± ${(196 * top10.error).toFixed(2)}`,
    `Qini ${qini.value.toFixed(5)} (${qini.low.toFixed(5)} … ${qini.high.toFixed(5)})`,
    ...(repeats.length > 1 ? [several] : []),
    '',
    textTable(header, rows),
    ...warnings.map(warning => `! ${textIn(warning, lang)}`),
    ...(json.out === null ? [] : [zh ? `评分写入 ${json.out}` : `scores written to ${json.out}`]),
  ].join('\n')
}

function scoresOf({ experiment, ids }: ExperimentFile, { model, scores, heldOut }: JudgedUplift): string {
  const arms = predictArms(model, experiment.table)
  const number = (values: Float64Array | undefined, row: number) => (values ? values[row]!.toFixed(6) : '')
  const lines = ['id,uplift,p_treated,p_control,held_out']
  for (const [row, id] of ids.entries()) {
    const cells = [scores[row]!.toFixed(6), number(arms?.treated, row), number(arms?.control, row), heldOut[row]!]
    lines.push(`${/[",\r\n]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id},${cells.join(',')}`)
  }
  return `${lines.join('\n')}\n`
}

type Options = CommandInput['options']

const text = (options: Options, name: string): string | undefined => {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

const wrong = (option: string, wanted: string, value: string) =>
  boostingErrors['analyze.train-option']({ option, wanted, value })

function needed(options: Options, name: string): string {
  const value = text(options, name)
  if (value === undefined) throw boostingErrors['analyze.train-missing-option']({ option: name, wanted: 'COLUMN' })
  return value
}

function whole(options: Options, name: string, fallback: number, least: number): number {
  const given = text(options, name)
  const value = given === undefined ? fallback : Number(given)
  if (!Number.isInteger(value) || value < least || value > 2 ** 31) throw wrong(name, `≥ ${least}`, given ?? '')
  return value
}

function share(options: Options, name: string, fallback: number): number {
  const given = text(options, name)
  const value = given === undefined ? fallback : Number(given)
  if (!(value >= 0.1 && value <= 0.9)) throw wrong('held-out', '0.1 … 0.9', given ?? '')
  return value
}
