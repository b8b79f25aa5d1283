import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HuiyinError } from '../../platform/errors.ts'
import { isAddress, maskAddress, parseAddress } from './address.ts'

const variable = (name: string): string => `\${${name}}`

test('an address is taken apart; a password may be the name of a variable', () => {
  const env = { HUIYIN_SOURCE_CRM: 'p@ss/word', SECRET: 'x' }
  const found = parseAddress(
    `postgres://reader:${variable('HUIYIN_SOURCE_CRM')}@db.example:5433/crm?table=sales.customers`,
    env,
  )
  assert.equal(found.password, 'p@ss/word')
  assert.deepEqual(
    [found.host, found.port, found.user, found.database, found.table],
    ['db.example', 5433, 'reader', 'crm', 'sales.customers'],
  )
  assert.equal(parseAddress('mysql://u@h/d?table=t').port, 3306)
  assert.equal(parseAddress('clickhouse://h/d?query=SELECT%201').query, 'SELECT 1')
  assert.equal(parseAddress('https://h/d?table=t').tls, true)
  for (const bad of [
    `postgres://u:${variable('SECRET')}@h/d?table=t`,
    'postgres://u@h/d',
    'mysql://u@h/d?query=DROP%20TABLE%20t',
    'mysql://[/d?table=t',
  ])
    assert.throws(
      () => parseAddress(bad, env),
      (error: unknown) => error instanceof HuiyinError && error.code === 'collect.address-bad',
    )
})

test('no password is ever shown', () => {
  const addresses = [
    'postgres://u:s3cret@h/d?table=t',
    'mysql://u:s3cr@et@h/d?table=t',
    'https://u@h/d?table=t&password=s3cret',
    'postgres://u:s3cret@/x:y',
  ]
  for (const address of addresses) {
    assert.ok(!/s3cr/.test(maskAddress(address)), maskAddress(address))
    try {
      parseAddress(`${address}&x`)
    } catch (error) {
      assert.ok(!/s3cr/.test((error as Error).message))
    }
  }
  assert.equal(
    maskAddress(`postgres://u:${variable('HUIYIN_SOURCE_A')}@h/d?table=t`),
    `postgres://u:${variable('HUIYIN_SOURCE_A')}@h/d?table=t`,
  )
  assert.ok(!isAddress('/data/people.csv'))
})
