import assert from 'node:assert/strict'
import { test } from 'node:test'
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
