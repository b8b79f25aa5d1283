import type { Lang } from '../../../platform/errors.ts'
import type { Verdict } from '../prove.ts'
import type { FileProof } from './prove-file.ts'

const verdicts: Record<Verdict, { en: string; zh: string }> = {
  proven: { en: 'proven', zh: '已证明' },
  refuted: { en: 'refuted', zh: '已证伪' },
  'not-proven': { en: 'not proven (too much to decide in time)', zh: '未能证明（无法在限定时间内判定）' },
}

/** What is printed without --json. */
export function proofText(proof: FileProof, lang: Lang): string {
  const zh = lang === 'zh-CN'
  const verdict = (v: Verdict) => (zh ? verdicts[v].zh : verdicts[v].en)
  const person = (witness: object) => JSON.stringify(witness)
  const seconds = proof.seconds.toFixed(2)
  return [
    zh
      ? `${proof.rules} 条规则，${proof.attributes} 个特征，${proof.by === 'order' ? '按顺序判断' : '不分顺序'}，用时 ${seconds} 秒`
      : `${proof.rules} rules over ${proof.attributes} features, ${proof.by === 'order' ? 'tried in order' : 'unordered'}, ${seconds} s`,
    zh ? `无人同属两类：${verdict(proof.exclusive)}` : `nobody in two: ${verdict(proof.exclusive)}`,
    zh ? `无人遗漏：${verdict(proof.complete)}` : `nobody in none: ${verdict(proof.complete)}`,
    ...(proof.gap
      ? [zh ? `  不属于任何类别的客户：${person(proof.gap)}` : `  in none would be: ${person(proof.gap)}`]
      : []),
    ...proof.overlaps.map(({ a, b, witness }) =>
      zh ? `  同属 ${a} 与 ${b} 的客户：${person(witness)}` : `  in ${a} and ${b} would be: ${person(witness)}`,
    ),
    ...proof.empty.map(code => (zh ? `  ${code} 中不可能有任何客户` : `  nobody can be in ${code}`)),
  ].join('\n')
}
