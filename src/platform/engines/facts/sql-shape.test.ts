import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { literal, shapeOf, withoutTail } from './sql-shape.ts'

test('what selects, what inserts and what is neither', () => {
  const kinds = {
    select: [
      'select 1',
      ' -- INSERT\n SELECT 1',
      "WITH 'INSERT INTO' AS x SELECT x",
      'with insert as (select 1) select * from insert',
      '(SELECT 1) UNION ALL (SELECT 2)',
      'FROM t SELECT a',
    ],
    insert: [
      'INSERT INTO t VALUES (1)',
      '/* x */ insert into t select 1',
      'WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a',
    ],
    other: [
      'SHOW TABLES',
      'explain select 1',
      'CREATE TABLE t AS SELECT 1',
      'ALTER TABLE t DELETE WHERE 1',
      'KILL QUERY WHERE 1',
      '',
    ],
  }
  for (const [kind, statements] of Object.entries(kinds)) {
    for (const sql of statements) assert.equal(shapeOf(sql).kind, kind, sql)
  }
})

test('the FORMAT clause is found at the end only, and never in text, comments or columns', () => {
  const name = (sql: string) => shapeOf(sql).format?.name
  assert.equal(name('SELECT 1\nFORMAT JSONEachRow'), 'JSONEachRow')
  assert.equal(name('SELECT 1 FORMAT CSV SETTINGS max_threads = 1;  -- done'), 'CSV')
  assert.equal(name("SELECT 'x FORMAT CSV'"), undefined)
  assert.equal(name('SELECT 1 -- FORMAT CSV'), undefined)
  assert.equal(name('SELECT `FORMAT` FROM t'), undefined)
  assert.equal(name('SELECT $q$ FORMAT CSV $q$'), undefined)
  assert.equal(name("SELECT 'it''s \\' FORMAT CSV' FORMAT TSV"), 'TSV')
  assert.equal(name('SELECT * FROM (SELECT 1 FORMAT CSV)'), undefined)
  assert.equal(name('INSERT INTO t FORMAT JSONEachRow {"a": 1}'), undefined)
})

test('an insert tells where its rows come from', () => {
  const sql = 'INSERT INTO t (a, format) SETTINGS x = 1 FORMAT CSV'
  assert.equal(sql.slice(shapeOf(sql).clause), 'SETTINGS x = 1 FORMAT CSV')
  const select = "INSERT INTO t SELECT 'input(' FROM input('a String') FORMAT CSV"
  const { input, selects } = shapeOf(select)
  assert.equal(select.slice(input!.end), "('a String') FORMAT CSV")
  assert.equal(selects, true)
  assert.equal(shapeOf('INSERT INTO input FORMAT CSV').input, undefined)
})

test('the tail goes, the statement stays', () => {
  assert.equal(withoutTail("SELECT ';' ; -- end\n;"), "SELECT ';'")
})

test('a literal can neither end early nor hold a NUL', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const quoted = literal(text)
      assert.ok(!quoted.includes('\0'))
      assert.equal(withoutTail(`SELECT ${quoted} ; --`), `SELECT ${quoted}`)
    }),
  )
})
