import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { matchPeople, type PeopleTable, ROLES } from './index.ts'

/** What turns up in real columns, whatever their headers promise. */
const value = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '-',
    'NULL',
    '王伟',
    '王 伟',
    '歐陽娜娜',
    'Wang Wei',
    "O'Neil, Ann-Marie",
    '1980-02-30',
    '民國74年7月3日',
    '31/12/1980',
    '13900001111',
    '+86 139 0000 1111',
    '11010519491231002X',
    'a@b',
    'ann.lee@example.org',
    '上海市浦东新区世纪大道100号2栋301室',
    '12 High St, Leeds LS1 4AB',
    '=SUM(A1:A9)',
    '9'.repeat(400),
    '👩‍👩‍👧',
    '\ud800',
    'é̂́',
    '，。',
    '0',
    'true',
    '\t\n',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)

const tables = fc
  .record({
    roles: fc.array(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 6 }),
    rows: fc.array(fc.array(value, { minLength: 6, maxLength: 6 }), { maxLength: 14 }),
    sources: fc.boolean(),
  })
  .map(({ roles, rows, sources }) => {
    const table: PeopleTable = {
      records: rows.length,
      columns: roles.map((role, c) => ({ name: `${role} ${c}`, role, values: rows.map(row => row[c]!) })),
    }
    return { table, sources: sources ? Uint32Array.from(rows, (_, i) => 1 + (i % 2)) : undefined }
  })

test('any small table gives a partition, every pair an explanation that adds up, the same ones every time', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ table, sources }) => {
      const options = sources ? { sources } : {}
      const result = await matchPeople(table, options)
      assert.equal(result.entity.length, table.records)
      result.entity.forEach((of, i) => {
        assert.ok(of <= i)
        assert.equal(result.entity[of], of)
      })
      assert.equal(new Set(result.entity).size, result.entities)
      for (const p of result.probability) assert.ok(p >= 0 && p <= 1)
      if (sources && table.records > 1) {
        const steps = result.explain(0, 1)
        assert.ok(steps.every(step => Number.isFinite(step.bits) && Number.isFinite(step.rarityBits)))
      }
      const again = await matchPeople(table, options)
      assert.deepEqual(again.entity, result.entity)
    }),
    { numRuns: 20 },
  )
})
