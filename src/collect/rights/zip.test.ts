import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { zipFile } from './zip.ts'

test('another program reads the ZIP, names in Chinese and all', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-zip-'))
  try {
    const path = join(folder, 'a.zip')
    const zip = zipFile(path)
    await zip.add('摘要.html', '<p>您好</p>')
    await zip.add('data/空.json', '')
    await zip.add('data/large.csv', 'a,b\n'.repeat(200_000))
    const size = await zip.close()
    const python = `import zipfile,sys
z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
print(','.join(z.namelist()), len(z.read('data/large.csv')), z.read('摘要.html').decode())`
    const printed = execFileSync('python3', ['-c', python, path], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONUTF8: '1' },
    })
    assert.equal(printed.trim(), '摘要.html,data/空.json,data/large.csv 800000 <p>您好</p>')
    assert.ok(size < 10_000)
  } finally {
    await rm(folder, { recursive: true })
  }
})
