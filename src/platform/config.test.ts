import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'

test('defaults are a laptop: loopback, ./data, embedded engines', () => {
  const config = readConfig({}, {}, 2)
  assert.equal(config.host, '127.0.0.1')
  assert.equal(config.port, 7070)
  assert.match(config.dataDir, /[/\\]data$/)
  assert.equal(config.clickhouseUrl, undefined)
  assert.equal(config.postgresUrl, undefined)
  assert.equal(config.threads, 2)
})

test('options win over variables', () => {
  const config = readConfig(
    { HUIYIN_DATA: '/a', HUIYIN_PORT: '1', HUIYIN_LANG: 'zh_CN.UTF-8' },
    { data: '/b', port: '0' },
    1,
  )
  assert.equal(config.dataDir, '/b')
  assert.equal(config.port, 0)
  assert.equal(config.lang, 'zh-CN')
})

test('a port, a thread count or a proxy that is none is refused', () => {
  assert.deepEqual(readConfig({ HUIYIN_PROXIES: '10.0.0.5, fd00::/8' }).proxies, ['10.0.0.5', 'fd00::/8'])
  for (const proxies of ['all', '10.0.0.0/x', '10.0.0.1/8/8', 'true'])
    assert.throws(() => readConfig({ HUIYIN_PROXIES: proxies }), { code: 'platform.bad-proxies' })
  for (const port of ['x', '-1', '65536', '1.5', ''])
    assert.throws(() => readConfig({ HUIYIN_PORT: port }), { code: 'platform.bad-port' })
  for (const threads of ['0', '65', 'many'])
    assert.throws(() => readConfig({ HUIYIN_THREADS: threads }), { code: 'platform.bad-threads' })
})
