import { dateBetween } from './calendar.ts'
import { type Cell, toCsv } from './csv.ts'
import { categoryNames, type Product } from './products/products.ts'
import type { Random } from './random.ts'
import type { Sighting } from './rows/sighting.ts'
import type { SalesFacts } from './sales.ts'

export const surveyAnswers = 400

/** By satisfaction: content, so-so, unhappy. */
const comments = {
  zh: [
    [
      '款式很有特色，店里卖得很快。',
      '发货快，包装也用心。',
      '客服很耐心，问题当天就解决了。',
      '复古圆点系列顾客特别喜欢，希望多出新款。',
      '合作多年，一直很放心。',
      '希望有积分兑换活动。',
    ],
    [
      '总体还可以，就是缺货有点多。',
      '价格比去年涨了一些。',
      '快递时间不太稳定。',
      '希望能看到库存数量。',
      '图册上的颜色和实物有些差别。',
      '',
    ],
    [
      '这次有两件破损，退换等了三周。',
      '电话总是打不通。',
      '发票金额错了，至今没有更正。',
      '短信太多了，请少发一点。',
      '说好的折扣没有给。',
    ],
  ],
  en: [
    [
      'Lovely things, they sell at once in my shop.',
      'Fast delivery and careful packing.',
      'The lady on the phone could not have been kinder.',
      'More of the red retrospot please!',
      'Have bought from you for years and never a problem.',
      'A points scheme would be nice.',
    ],
    [
      'Fine on the whole, but too many items out of stock.',
      'Prices have gone up since last year.',
      'Delivery times vary a lot.',
      'I would like to see stock levels before I order.',
      'Colours differ from the catalogue.',
      '',
    ],
    [
      'Two pieces arrived broken and the exchange took three weeks.',
      'I can never get through on the telephone.',
      'My invoice was wrong and nobody has put it right.',
      'Too many text messages, please send fewer.',
      'The discount I was promised was not given.',
    ],
  ],
}

type Answerer = { row: Sighting; bought: string[] }

/** Four hundred who had bought by the date, and what they said; one in four names a mailbox, one in seven a telephone, not the number. */
export function writeSurvey(random: Random, rows: Sighting[], facts: SalesFacts, products: Product[]): Buffer {
  const categoryOf = new Map(products.map(product => [product.stockCode, product.category]))
  const boughtBy = new Map(facts.customers.filter(each => each.bought).map(each => [each.customerNo, each.topCodes]))
  const answerers: Answerer[] = rows
    .filter(
      row =>
        row.customerNo &&
        !row.mistakes.some(mistake => mistake.field === 'customer_no') &&
        boughtBy.has(row.customerNo),
    )
    .filter((row, at, all) => all.findIndex(other => other.customerNo === row.customerNo) === at)
    .map(row => ({ row, bought: boughtBy.get(row.customerNo ?? '') ?? [] }))
  const cells = random
    .shuffle(answerers)
    .slice(0, surveyAnswers)
    .map(({ row, bought }, at): Cell[] => {
      const wrong = (field: string) => row.mistakes.some(mistake => mistake.field === field)
      const by = random.weighted([
        ['customer_no', 60],
        [row.email && !wrong('email') ? 'email' : 'customer_no', 25],
        [row.mobile && !wrong('mobile') ? 'phone' : 'customer_no', 15],
      ])
      const satisfaction = random.weighted([
        [5, 28],
        [4, 36],
        [3, 19],
        [2, 11],
        [1, 6],
      ])
      const recommendation = Math.min(10, Math.max(0, satisfaction * 2 + random.int(-2, 1)))
      const categories = new Set(
        bought
          .map(code => categoryOf.get(code))
          .filter(category => category && category !== 'SERVICE' && category !== 'OTHER'),
      )
      if (random.chance(0.5))
        categories.add(random.pick(Object.keys(categoryNames).slice(0, 14)) as Product['category'])
      const tone = satisfaction >= 4 ? 0 : satisfaction === 3 ? 1 : 2
      const household =
        row.person.kind === 'organisation'
          ? ''
          : random.weighted([
              [1, 18],
              [2, 30],
              [3, 28],
              [4, 16],
              [5, 8],
            ])
      return [
        `A${String(at + 1).padStart(4, '0')}`,
        by === 'customer_no' ? row.customerNo : '',
        by === 'email' ? row.email : '',
        by === 'phone' ? row.mobile : '',
        dateBetween(random, '2010-09-01', '2010-11-20'),
        satisfaction,
        recommendation,
        [...categories].slice(0, 4).join(';'),
        random.weighted([
          ['low', 25],
          ['medium', 45],
          ['high', 30],
        ]),
        random.weighted([
          ['none', 78],
          ['moved', 6],
          ['married', 3],
          ['new_child', 5],
          ['new_job', 5],
          ['retired', 3],
        ]),
        household,
        random.chance(0.55) ? random.pick(comments[row.person.speaksEnglish ? 'en' : 'zh'][tone] ?? ['']) : '',
      ]
    })
  return Buffer.from(
    toCsv(
      [
        'answer_id',
        'customer_no',
        'email',
        'phone',
        'answered_on',
        'satisfaction',
        'recommendation',
        'interests',
        'price_sensitivity',
        'life_event',
        'household_size',
        'comment',
      ],
      cells,
    ),
  )
}
