import type { Text } from '../../platform/text.ts'

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`

/** What the uplift command tells a person beside its result. */
export const upliftNotes = {
  leftOut: (rows: number, column: string): Text => ({
    en: `${rows} rows are in neither arm (column "${column}"); they were left out.`,
    zh: `有 ${rows} 行不属于任何一组（列“${column}”），未参与。`,
  }),
  notRandom: (auc: number): Text => ({
    en: `Who was treated can be told from the columns (AUC ${auc.toFixed(3)}): this was no random trial, or a column was filled in after the treatment. The figures below then mix effect and choice.`,
    zh: `可以由各列推断谁被干预（AUC ${auc.toFixed(3)}）：这不是随机试验，或有列是在干预之后填写的。下列数字会混淆效果与选择。`,
  }),
  copy: (column: string, auc: number): Text => ({
    en: `Column "${column}" alone tells who was treated (AUC ${auc.toFixed(3)}): leave it out with --exclude.`,
    zh: `仅凭列“${column}”就能看出谁被干预（AUC ${auc.toFixed(3)}）：请用 --exclude 排除。`,
  }),
  afterwards: (column: string, auc: number): Text => ({
    en: `Column "${column}" alone predicts the outcome with AUC ${auc.toFixed(3)}: was it known before the treatment? If not, leave it out with --exclude.`,
    zh: `仅凭列“${column}”预测结果，AUC 就达 ${auc.toFixed(3)}：干预之前真的已知吗？若非如此，请用 --exclude 排除。`,
  }),
  nothingFound: (low: number, high: number): Text => ({
    en: `On the held-out half the order is no better than chance (Qini ${low.toFixed(4)} to ${high.toFixed(4)}): treat everybody or nobody, by the average effect.`,
    zh: `在留出的一半上，排序不优于随机（Qini ${low.toFixed(4)} 至 ${high.toFixed(4)}）：应按平均效果决定全部干预或都不干预。`,
  }),
  harmed: (share: number): Text => ({
    en: `For ${percent(share)} of customers the model expects the treatment to do harm.`,
    zh: `模型预计对 ${percent(share)} 的客户，干预反而有害。`,
  }),
}
