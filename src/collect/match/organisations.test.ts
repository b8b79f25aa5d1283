import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  kindsOf,
  linkToOrganisations,
  matchPeople,
  namesApart,
  ORGANISATION,
  PERSON,
  type PeopleTable,
  type Role,
} from './index.ts'

function tableOf(roles: [string, Role][], rows: string[][]): PeopleTable {
  return {
    records: rows.length,
    columns: roles.map(([name, role], c) => ({ name, role, values: rows.map(row => row[c] ?? '') })),
  }
}

const ROLES: [string, Role][] = [
  ['name', 'full-name'],
  ['company', 'organisation'],
  ['code', 'tax-code'],
  ['birth', 'birth-date'],
  ['phone', 'phone'],
  ['email', 'email'],
]

test('organisations are told from people by their names, their codes and what only people have', () => {
  const kinds = kindsOf(
    tableOf(ROLES, [
      ['上海华联商贸有限公司', '', '', '', '', ''],
      ['王小明', '上海华联商贸有限公司', '', '', '', ''],
      ['Acme Trading Ltd.', '', '', '', '', ''],
      ['', 'Acme', '91310000775785552L', '', '', ''],
      ['', '', '', '1980-01-01', '', ''],
      ['', '', '', '', '13900000000', ''],
    ]),
  )
  assert.deepEqual([...kinds], [ORGANISATION, PERSON, ORGANISATION, ORGANISATION, PERSON, 0])
})

test('people are linked to their organisation by company, contact person and domain, never by a free mailbox', () => {
  const table = tableOf(ROLES, [
    ['上海华联商贸有限公司', '', '', '', '021-62881234', 'info@hualian.example.cn'],
    ['王小明', '华联商贸', '', '', '', ''],
    ['李丽', '上海华联商贸', '', '', '', ''],
    ['赵云', '', '', '', '021 6288 1234', ''],
    ['Chen Wei', '', '', '', '', 'wei@sales.hualian.example.cn'],
    ['周杰', '', '', '', '', 'zhou@qq.com'],
    ['北京天元咨询有限公司', '', '', '', '', 'tianyuan@qq.com'],
  ])
  const entity = Uint32Array.from({ length: 7 }, (_, i) => i)
  const contacts = ['Yun Zhao', '', '', '', '', '', '']
  const links = linkToOrganisations(table, kindsOf(table), entity, { contactPerson: contacts })
  assert.deepEqual(
    links.map(({ person, organisation, by }) => [person, organisation, by]),
    [
      [2, 0, 'company'],
      [3, 0, 'contact person'],
      [4, 0, 'domain'],
    ],
  )
})

test('an organisation is found again under another form of its name, and never joins the person of its telephone', async () => {
  const places = ['上海', '北京', '广州', '深圳', '杭州', '南京', '成都', '武汉', '西安', '青岛']
  const trades = ['华联商贸', '天元咨询', '宏达机械', '恒信建材', '永丰食品', '瑞康医药']
  const rows: string[][] = []
  places.forEach((place, p) => {
    trades.forEach((trade, t) => {
      const phone = `0${21 + p}-${String(20_000_000 + (((p * 6 + t + 1) * 7_919_317) % 60_000_000))}`
      rows.push([`${place}${trade}有限公司`, '', '', '', phone, ''])
      if (t < 4) rows.push([`${trade}（${place}）有限责任公司`, '', '', '', t % 2 ? phone : '', ''])
      if (t === 5) rows.push([`王${trade[0]}${place[0]}`, '', '', '1980-01-01', phone, ''])
    })
  })
  const table = tableOf(ROLES, rows)
  const kinds = kindsOf(table)
  const { entity } = await matchPeople(namesApart(table, kinds), { apart: [kinds] })
  let found = 0
  rows.forEach((row, i) => {
    for (let j = 0; j < i; j++) {
      if (entity[i] !== entity[j]) continue
      assert.equal(kinds[i], kinds[j], `${row[0]} is not ${rows[j]![0]}`)
      const parts = (name: string) => [places, trades].map(list => list.find(part => name.includes(part)))
      assert.deepEqual(parts(row[0]!), parts(rows[j]![0]!))
      found++
    }
  })
  assert.ok(found >= 20, `${found} of 40 found again`)
})
