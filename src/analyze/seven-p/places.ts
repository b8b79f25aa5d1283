import { pinyin } from 'pinyin-pro'
import type { Text } from '../../platform/text.ts'
import { type Asked, CUSTOMERS } from './asked.ts'
import { type Block, countryText, nothing, provinceText } from './parts.ts'

interface Place {
  place: string
  customers: number
  buyers: number
  value: number
  margin: number
}

const placesSql = (by: 'country' | 'province' | 'city') => `
SELECT toString(${by}) AS place, count() AS customers, countIf(purchase_days > 0) AS buyers, sum(value_minor) AS value,
  sum(margin_365_minor) AS margin
FROM seven_p_customers
WHERE ${CUSTOMERS}${by === 'country' ? '' : " AND country = 'CN'"}
GROUP BY place
ORDER BY customers DESC`

const columns: Block['columns'] = [
  { id: 'customers', name: { en: 'Customers', zh: '客户数' }, unit: 'count' },
  { id: 'bought', name: { en: 'Have bought', zh: '有购买' }, unit: 'share' },
  { id: 'value', name: { en: 'Expected value', zh: '预期价值' }, unit: 'money' },
  { id: 'mean', name: { en: 'per customer', zh: '人均预期价值' }, unit: 'money' },
  { id: 'margin', name: { en: 'Margin, 12 months', zh: '近 12 个月毛利' }, unit: 'money' },
]
const formula = {
  en: 'By the postal address of the golden record. Expected value: discounted margin of the next 12 months.',
  zh: '按黄金记录的通信地址。预期价值为未来 12 个月的预期折现毛利。',
}
const valuesOf = (row: Place) => [
  row.customers,
  row.buyers / row.customers,
  row.value,
  row.value / row.customers,
  row.margin,
]

/** 深圳市 → Shenzhen. */
function cityText(name: string): Text {
  if (name === '') return provinceText('')
  const word = pinyin(name.replace(/(地区|[市盟])$/, ''), { toneType: 'none', type: 'array', v: true }).join('')
  return { en: word.charAt(0).toUpperCase() + word.slice(1), zh: name }
}

/** Countries; China's provinces when there are customers in China; and the prefectures of the province chosen. */
export async function placesBlocks(ask: Asked, shown: 'customers' | 'value'): Promise<Block[]> {
  const { app, params, filter } = ask
  const inChina = filter.country === '' || filter.country === 'CN'
  const oneProvince = filter.country === 'CN' && filter.province !== '' && filter.province !== '?'
  const [countries, provinces, cities] = await Promise.all([
    app.facts.query<Place>(placesSql('country'), params),
    inChina ? app.facts.query<Place>(placesSql('province'), params) : [],
    oneProvince ? app.facts.query<Place>(placesSql('city'), params) : [],
  ])
  const common = { formula, table: 'seven_p_customers', columns, shown: shown === 'customers' ? 0 : 2, empty: nothing }
  const block = (
    id: string,
    draw: Block['draw'],
    title: Block['title'],
    label: Block['label'],
    rows: Block['rows'],
    map?: string,
  ): Block => ({
    ...common,
    id,
    draw,
    title,
    label,
    rows,
    ...(map === undefined ? {} : { map }),
  })
  return [
    ...(cities.length > 0
      ? [
          block(
            'cities',
            'province',
            { en: `Prefectures of ${provinceText(filter.province).en}`, zh: `${filter.province}各地市` },
            { en: 'Prefecture', zh: '地市' },
            cities.map(row => ({
              key: row.place,
              label: cityText(row.place),
              values: valuesOf(row),
              who: `city:${row.place}`,
            })),
            filter.province,
          ),
        ]
      : []),
    ...(provinces.length > 0
      ? [
          block(
            'provinces',
            'china',
            { en: 'Provinces of China', zh: '中国各省份' },
            { en: 'Province', zh: '省份' },
            provinces.map(row => ({
              key: row.place,
              label: provinceText(row.place),
              values: valuesOf(row),
              who: `place:CN:${row.place || '?'}`,
            })),
          ),
        ]
      : []),
    block(
      'countries',
      'world',
      { en: 'Countries', zh: '国家和地区' },
      { en: 'Country', zh: '国家和地区' },
      countries.map(row => ({
        key: row.place,
        label: countryText(row.place),
        values: valuesOf(row),
        who: `place:${row.place || '?'}`,
      })),
    ),
  ]
}
