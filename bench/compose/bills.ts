import type { Data } from '../../src/personalize/compose/check-data.ts'
import type { TemplateVersion } from '../../src/personalize/compose/template.ts'

/** One-page Chinese bills, each of another customer: name, numbers, amounts and the twelve months of the chart differ. */
export function bills(version: TemplateVersion, count: number, from = 0): Data[] {
  const example = version.examples[0] as Data & {
    to: { name: string }
    invoices: { amount: number; number: string }[]
    returns: { amount: number }[]
    months: { month: string; amount: number }[]
  }
  const surnames = [...'王李张刘陈杨黄赵吴周徐孙']
  const given = ['建国', '秀英', '海燕', '志强', '丽华', '文博', '欣怡', '子墨']
  return Array.from({ length: count }, (_, i) => {
    const n = from + i
    const invoices = example.invoices.map((line, at) => ({
      ...line,
      number: String(531_000 + ((n * 7 + at * 131) % 90_000)),
      amount: line.amount + ((n * 37 + at * 11) % 9_973),
    }))
    const sum = (lines: { amount: number }[]) => lines.reduce((total, { amount }) => total + amount, 0)
    return {
      ...example,
      id: `bench-${n}`,
      to: { ...example.to, name: surnames[n % 12]! + given[(n >> 2) % 8]! },
      account: String(10_000 + n),
      invoices,
      months: example.months.map(({ month, amount }, at) => ({ month, amount: amount + ((n * 97 + at * 53) % 7_919) })),
      total: sum(invoices) + sum(example.returns),
    }
  })
}
