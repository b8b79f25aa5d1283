import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { proposeMapping, readMapping } from './sources.ts'
import { suggestColumns, suggestKind } from './suggest-mapping.ts'

const columns = (headers: string) => headers.split(',').map(header => ({ header, values: [] }))
const fields = (kind: 'people' | 'sales' | 'products', headers: string) =>
  suggestColumns(kind, columns(headers)).map(column => column.field)

test('Chinese headers', () => {
  const headers =
    '客户编号,会员卡号,姓名,性别,出生日期,证件号码,手机,备用手机,电子邮箱,省,市,区县,详细地址,邮编,短信同意'
  assert.deepEqual(fields('people', headers), [
    'row_key',
    'account_no',
    'full_name',
    'gender',
    'birth_date',
    'id_number',
    'mobile',
    'mobile2',
    'email',
    'province',
    'city',
    'district',
    'street',
    'postcode',
    'consent.sms',
  ])
})

test('English headers', () => {
  assert.deepEqual(
    fields('people', 'Ref,Member No,Full Name,DOB,Tel 1,Tel 2,E-mail,Address,Town,Post Code,OK to call,OK to text'),
    [
      'row_key',
      'account_no',
      'full_name',
      'birth_date',
      'mobile',
      'mobile2',
      'email',
      'street',
      'city',
      'postcode',
      'consent.call',
      'consent.sms',
    ],
  )
})

test('sales and catalogues are told by their columns', () => {
  assert.equal(suggestKind(columns('invoice,stock_code,quantity,invoice_date,unit_price,customer_no')), 'sales')
  assert.equal(suggestKind(columns('stock_code,name_en,list_price')), 'products')
  assert.equal(suggestKind(columns('id,姓名,手机')), 'people')
})

test('a column without a telling header is recognised by its values', () => {
  const values = ['a@example.com', 'b@example.org', 'c@example.net', 'd@example.cn']
  assert.equal(suggestColumns('people', [{ header: 'x1', values }])[0]?.field, 'email')
})

test('the sample company\u2019s files are proposed as they were mapped by hand', async () => {
  const samples = join(import.meta.dirname, '../../samples')
  for (const source of ['crm', 'callcentre', 'webshop', 'survey', 'regions', 'products']) {
    const saved = await readMapping(join(samples, 'mappings', `${source}.json`))
    const proposed = await proposeMapping(join(samples, 'data', saved.file), source)
    assert.equal(proposed.kind, saved.kind, source)
    for (const { header, field } of saved.columns) {
      if (field === 'ignore' || /^(number|attribute|key):/.test(field)) continue
      // A line of JSON has only the values that there are, and the sample only its first lines.
      const column = proposed.columns.find(candidate => candidate.header === header)
      if (column || proposed.importer !== 'jsonl') assert.equal(column?.field, field, `${source}: ${header}`)
    }
  }
})

test('columns without a telling header are known by their values', () => {
  const values: [field: string, values: string[]][] = [
    ['full_name', ['王小明', '李丽', '欧阳娜娜', '张伟']],
    ['gender', ['男', '女', '女', '男']],
    ['birth_date', ['1985-07-03', '1990/1/2', '1979年3月1日', '2001-12-31']],
    ['id_number', ['11010519491231002X', '440524188001010014', '11010519491231002X']],
    ['org_code', ['91350100M000100Y43', '91350100M000100Y43', '91350100M000100Y43']],
    ['mobile', ['13812345678', '+86 139 1234 5678', '13700000000']],
    ['landline', ['010-66668888', '021-55556666', '0755-26262626']],
    ['province', ['广东省', '北京市', '内蒙古自治区', '江苏']],
    ['city', ['深圳市', '广州市', '大理州']],
    ['district', ['南山区', '朝阳区', '大兴区']],
    ['street', ['人民南路四段12号', '科技园路3号2栋', '建国路88号']],
    ['organisation', ['回音科技有限公司', '明天商贸有限公司', '光明股份有限公司']],
  ]
  const found = suggestColumns(
    'people',
    values.map(([, column], place) => ({ header: `c${place}`, values: column })),
  )
  assert.deepEqual(
    found.map(column => column.field),
    values.map(([field]) => field),
  )
})

test('kinds are told apart', () => {
  const kind = (headers: string) => suggestKind(columns(headers))
  assert.equal(kind('订单编号,商品编号,商品名称,数量,单价,下单时间,会员号'), 'sales')
  assert.equal(kind('order_id,sku,qty,unit_price,order_date,customer_id'), 'sales')
  assert.equal(kind('email,age_band,satisfaction,would_recommend,submitted_at'), 'attributes')
  assert.equal(kind('手机,满意度,推荐意愿,购买频率,填写时间'), 'attributes')
  assert.equal(kind('邮编,收入水平,人口'), 'attributes')
  assert.equal(kind('企业名称,统一社会信用代码,联系人,办公电话'), 'people')
  assert.equal(kind('first_name,last_name,zip,phone'), 'people')
})
