/**
 * `node scripts/taiwan-texts.ts FOLDER`: texts in the characters and words of Taiwan for every template of a folder that is to speak
 * zh-TW, derived from the simplified ones. What stands in texts.zh-TW.json already was perhaps mended by hand and is left alone;
 * `--again` derives it anew. The files are what is composed with: nothing of them is converted when a message is made.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { taiwanWords } from '../src/personalize/data/taiwan.ts'

const [root = 'samples/templates', again = ''] = process.argv.slice(2)
const convert = await taiwanWords()
const read = async (file: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Record<string, unknown>
const write = (file: string, value: object) => writeFile(file, `${JSON.stringify(value, null, 2)}\n`)

for (const entry of await readdir(root, { withFileTypes: true })) {
  const folder = join(root, entry.name)
  const simplified = await read(join(folder, 'texts.zh-CN.json'))
  const { languages = [] } = (await read(join(folder, 'template.json'))) as { languages?: string[] }
  if (Object.keys(simplified).length === 0 || !languages.includes('zh-TW')) continue
  const file = join(folder, 'texts.zh-TW.json')
  const known = again === '--again' ? {} : await read(file)
  await write(
    file,
    Object.fromEntries(Object.entries(simplified).map(([key, text]) => [key, known[key] ?? convert(String(text))])),
  )
}

const brandFile = join(root, 'brand.json')
const brand = await read(brandFile)
for (const text of Object.values(brand)) {
  const written = text as { zh?: string; 'zh-TW'?: string }
  if (typeof written === 'object' && written !== null && written.zh !== undefined)
    written['zh-TW'] = again === '--again' ? convert(written.zh) : (written['zh-TW'] ?? convert(written.zh))
}
if (Object.keys(brand).length > 0) await write(brandFile, brand)
