import { resolve } from 'node:path'
import type { Command } from '../../platform/app.ts'
import { textTable } from '../../platform/cli/table.ts'
import { associationRules } from '../affinity/association-rules.ts'
import { basketCount } from '../affinity/baskets.ts'
import { frequentItemsets } from '../affinity/frequent-itemsets.ts'
import { affinityErrors } from './errors.ts'
import { type BasketFile, readBasketLines, readBasketTable } from './read-baskets.ts'

/** As R's arules: no set of more than ten items, unless asked. */
const LONGEST = 10
/** 16 bytes a set, some 200 a rule. */
const MOST_SETS = 20_000_000
const MOST_RULES = 1_000_000
/** Rules a person is shown. */
const SHOWN = 20

/** `huiyin affinity`: a file of baskets in, association rules out; needs no data folder. */
export const affinityCommand: Command = {
  name: 'affinity <baskets>',
  summary: {
    en: 'Association rules of a file of baskets: what is bought with what',
    zh: '由购物篮文件得出关联规则：哪些商品一同购买',
  },
  options: [
    ['--min-support <share>', 'least share of baskets with all items of a rule'],
    ['--min-confidence <share>', 'least share of the baskets with the left side that hold the right side'],
    ['--min-length <items>', 'least number of items of a rule, both sides (default: 1, the left may be empty)'],
    ['--max-length <items>', `greatest number of items of a rule (default: ${LONGEST})`],
    ['--basket <column>', 'for a CSV with a line per item: column of the basket'],
    ['--item <column>', 'column of the item'],
  ],
  needsApp: false,
  async run({ args, cwd, options, progress, lang }) {
    const file = resolve(cwd, args[0]!)
    const share = (option: 'min-support' | 'min-confidence', value: unknown): number => {
      if (typeof value !== 'string') throw affinityErrors['affinity.no-option']({ option })
      const n = Number(value)
      const least = option === 'min-support' ? n > 0 : n >= 0
      if (value.trim() === '' || !least || !(n <= 1))
        throw affinityErrors['affinity.bad-option']({ option, value, expected: '0 – 1' })
      return n
    }
    const length = (option: 'min-length' | 'max-length', value: unknown, fallback: number): number => {
      if (value === undefined) return fallback
      const n = Number(value)
      if (!Number.isInteger(n) || n < 1)
        throw affinityErrors['affinity.bad-option']({ option, value: String(value), expected: '1, 2, 3 …' })
      return n
    }
    const minSupport = share('min-support', options['minSupport'])
    const minConfidence = share('min-confidence', options['minConfidence'])
    const minLength = length('min-length', options['minLength'], 1)
    const maxLength = length('max-length', options['maxLength'], Math.max(LONGEST, minLength))
    const { basket, item } = options
    if ((basket === undefined) !== (item === undefined)) throw affinityErrors['affinity.both-columns']()

    progress(0, 3, 'read')
    const read =
      typeof basket === 'string' && typeof item === 'string'
        ? await readBasketTable(file, { basket, item })
        : await readBasketLines(file)
    const baskets = basketCount(read.baskets)
    progress(1, 3, 'sets')
    // A share times a count may miss the whole number by rounding.
    const minCount = Math.max(1, Math.ceil(minSupport * baskets - 1e-9))
    const tree = frequentItemsets(read.baskets, { minCount, maxLength, mostSets: MOST_SETS })
    const zh = lang === 'zh-CN'
    if (!tree) throw affinityErrors['affinity.too-many']({ most: MOST_SETS, what: zh ? '项集' : 'sets' })
    progress(2, 3, 'rules')
    const rules = associationRules(tree, { minConfidence, minLength, mostRules: MOST_RULES })
    if (!rules) throw affinityErrors['affinity.too-many']({ most: MOST_RULES, what: zh ? '规则' : 'rules' })
    progress(3, 3)

    const names = Array.from({ length: read.items.size }, (_, k) => read.items.text(k))
    const named = rules.map(({ lhs, rhs, support, confidence, lift, count }) => ({
      items: [...lhs, rhs].map(k => names[k]!),
      lhs: lhs.map(k => names[k]!),
      rhs: [names[rhs]!],
      support,
      confidence,
      lift,
      count,
    }))
    const warnings = notes(read, zh)
    const json = {
      file,
      baskets,
      items: names.length,
      minSupport,
      minConfidence,
      minLength,
      maxLength,
      sets: tree.rank.length - 1,
      rules: named,
      warnings,
    }
    const head = zh
      ? ['若购', '则购', '支持度', '置信度', '提升度', '篮数']
      : ['if', 'then', 'support', 'confidence', 'lift', 'baskets']
    const rows = named
      .slice(0, SHOWN)
      .map(rule => [
        rule.lhs.join(', '),
        rule.rhs[0]!,
        rule.support.toFixed(5),
        rule.confidence.toFixed(4),
        rule.lift.toFixed(4),
        String(rule.count),
      ])
    const title = zh
      ? `${baskets} 个购物篮，${names.length} 种商品：${named.length} 条规则`
      : `${baskets} baskets, ${names.length} items: ${named.length} rules`
    const more = named.length > SHOWN ? [zh ? '（其余用 --json 查看）' : '(the others with --json)'] : []
    const table = rows.length > 0 ? ['', textTable(head, rows), ...more] : []
    return { json, text: [title, ...table, ...warnings.map(w => w.message)].join('\n') }
  },
}

function notes({ incomplete, repeated, separator }: BasketFile, zh: boolean) {
  const out: { code: string; count: number; rows?: number[]; message: string }[] = []
  const { rows, count } = incomplete
  const lines = rows.join(', ') + (count > rows.length ? ', …' : '')
  if (count > 0)
    out.push({
      code: 'incomplete',
      count,
      rows,
      message: zh
        ? `${count} 行（第 ${lines} 行）缺少购物篮或商品，已略去`
        : `${count} ${count === 1 ? 'row' : 'rows'} (${lines}): left out, no basket or no item is named`,
    })
  if (separator === ';')
    out.push({
      code: 'separator',
      count: 1,
      message: zh
        ? '文件中没有逗号：按分号分隔商品'
        : 'no comma in the file: items were taken as separated by semicolons',
    })
  if (repeated > 0)
    out.push({
      code: 'repeated',
      count: repeated,
      message: zh
        ? `${repeated} 项在同一购物篮中重复，只计一次`
        : `${repeated} items stood in their basket already: counted once`,
    })
  return out
}
