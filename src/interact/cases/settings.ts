import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { textSchema } from '../../platform/text.ts'
import { caseErrors } from './errors.ts'
import { workingHoursSchema } from './working-hours.ts'

const kind = z.enum(['complaint', 'request', 'dispute'])

export const caseSettingsSchema = z.strictObject({
  hours: workingHoursSchema,
  /** What a case may be about; a kind's first category is taken when nobody says. */
  categories: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z0-9-]{1,40}$/),
        kind,
        name: textSchema,
        /** Working minutes until it must be resolved. */
        minutes: z.number().int().min(5).max(100_000),
        /** Whoever works such cases has this skill; '' everybody. */
        skill: z.string().max(40).default(''),
      }),
    )
    .min(3)
    .max(100)
    .refine(list => kind.options.every(one => list.some(category => category.kind === one)), {
      message: 'each kind of case needs a category / 每种工单至少需要一个类别',
    }),
  /** Working minutes after the deadline at which it is escalated again, at most so many times. */
  escalateEvery: z.number().int().min(5).max(100_000),
  escalateTimes: z.number().int().min(1).max(9),
})
export type CaseSettings = z.output<typeof caseSettingsSchema>

const nineToSix: [string, string][] = [
  ['09:00', '12:00'],
  ['13:00', '18:00'],
]
const DAY = 480

/** Until the company says otherwise: Chinese office hours, three working days, a complaint one. */
export const standardSettings: CaseSettings = {
  hours: {
    zone: 'Asia/Shanghai',
    week: { 1: nineToSix, 2: nineToSix, 3: nineToSix, 4: nineToSix, 5: nineToSix, 6: [], 7: [] },
    holidays: [],
    workdays: [],
  },
  categories: [
    { code: 'service', kind: 'complaint', name: { en: 'Service', zh: '服务' }, minutes: DAY, skill: '' },
    { code: 'product', kind: 'complaint', name: { en: 'Product', zh: '商品' }, minutes: DAY, skill: '' },
    { code: 'delivery', kind: 'complaint', name: { en: 'Delivery', zh: '配送' }, minutes: DAY, skill: '' },
    {
      code: 'contact',
      kind: 'complaint',
      name: { en: 'How we write and call', zh: '打扰与联系' },
      minutes: DAY,
      skill: '',
    },
    { code: 'question', kind: 'request', name: { en: 'Question', zh: '咨询' }, minutes: 2 * DAY, skill: '' },
    { code: 'change', kind: 'request', name: { en: 'Change of details', zh: '资料变更' }, minutes: 2 * DAY, skill: '' },
    { code: 'copy', kind: 'request', name: { en: 'Copy of a document', zh: '补发单据' }, minutes: 2 * DAY, skill: '' },
    {
      code: 'bill-line',
      kind: 'dispute',
      name: { en: 'A line of the bill', zh: '账单明细' },
      minutes: 3 * DAY,
      skill: '',
    },
    {
      code: 'bill-total',
      kind: 'dispute',
      name: { en: 'The sum of the bill', zh: '账单金额' },
      minutes: 3 * DAY,
      skill: '',
    },
  ],
  escalateEvery: DAY,
  escalateTimes: 3,
}

export async function caseSettings({ workflow }: Pick<App, 'workflow'>): Promise<CaseSettings> {
  const row = await workflow.db.selectFrom('case_settings').select('value').where('id', '=', 1).executeTakeFirst()
  return row ? caseSettingsSchema.parse(row.value) : standardSettings
}

/** A category that open cases have stays: they would lose their name, their time and who works them. */
export async function saveCaseSettings({ workflow }: Pick<App, 'workflow'>, value: CaseSettings): Promise<void> {
  const used = await workflow.db
    .selectFrom('cases')
    .select(eb => ['category', eb.fn.countAll<number>().as('n')])
    .where('state', '!=', 'resolved')
    .groupBy('category')
    .execute()
  const lost = used.find(({ category }) => !value.categories.some(({ code }) => code === category))
  if (lost) throw caseErrors['cases.category-used']({ category: lost.category, n: Number(lost.n) })
  const stored = { value: asJson(value) }
  await workflow.db
    .insertInto('case_settings')
    .values({ id: 1, ...stored })
    .onConflict(conflict => conflict.column('id').doUpdateSet(stored))
    .execute()
}
