/** For tests: a company of some sixty people in the inbox of a data folder, one of whom nobody can be taken for, and one turn. */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as analyze from '../src/analyze/index.ts'
import * as campaign from '../src/campaign/index.ts'
import { importFile, registerSource } from '../src/collect/index.ts'
import { type Mapping, mappingSchema } from '../src/collect/mapping.ts'
import { runTurn, stages } from '../src/loop.ts'
import * as optimize from '../src/optimize/index.ts'
import * as personalize from '../src/personalize/index.ts'
import { readConfig } from '../src/platform/config.ts'
import { type OpenApp, openApp } from '../src/platform/open-app.ts'
import { fromTemplate } from '../src/platform/test-template.ts'

const samples = join(import.meta.dirname, '../samples')

/** Values that stand for one person alone. */
export const marked = {
  name: '诸葛斑马',
  mobile: '13987654321',
  email: 'zebra.unique@nowhere-mail.example',
  idNumber: '310101197103052239',
  street: '斑马条纹路9988号77室',
  account: '778899',
  birth: '1971-03-05',
}
export const markedAnywhere = ['斑马', '13987654321', '139 8765 4321', 'zebra.unique', marked.idNumber, '778899']

const PEOPLE = [
  'row_key',
  'account_no',
  'full_name',
  'birth_date',
  'id_number',
  'mobile',
  'email',
  'city',
  'street',
  'postcode',
  'consent.sms',
  'consent.email',
  'consent.call',
  'consent.letter',
  'consent.at',
  'updated_at',
]
const SALES = ['invoice', 'product_code', 'quantity', 'sold_at', 'unit_price', 'account_no']

const mapping = (source: string, kind: Mapping['kind'], fields: readonly string[]): Mapping =>
  mappingSchema.parse({
    source,
    file: `${source}*.csv`,
    importer: 'csv',
    kind,
    trust: 0.7,
    currency: 'GBP',
    columns: fields.map(field => ({ header: field, field })),
  })

const csv = (fields: readonly string[], rows: readonly string[][]): string =>
  [fields, ...rows]
    .map(row => `${row.map(cell => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`)
    .join('')

const surnames = [...'王李张刘陈杨黄赵吴周']
const given = ['建国', '秀英', '海燕', '志强', '丽华', '文博']

const person = (i: number): string[] => [
  `C${1000 + i}`,
  String(20_000 + i),
  surnames[i % 10]! + given[Math.floor(i / 10)]!,
  `19${50 + (i % 40)}-0${1 + (i % 9)}-1${i % 9}`,
  '',
  `138${10_000_000 + i * 7919}`,
  `u${i * 37}@example.com`,
  '上海市',
  `人民路${i + 1}号${100 + i}室`,
  '200001',
  '是',
  '是',
  '是',
  '是',
  '2010-01-01',
  '2010-05-01',
]

export const markedRow = (key: string, changed: Partial<typeof marked> = {}): string[] => {
  const it = { ...marked, ...changed }
  return [
    key,
    it.account,
    it.name,
    it.birth,
    it.idNumber,
    it.mobile,
    it.email,
    '上海市',
    it.street,
    '200333',
    '是',
    '是',
    '是',
    '是',
    '2010-01-01',
    '2010-05-02',
  ]
}

export const peopleFile = (rows: readonly string[][]): string => csv(PEOPLE, rows)
export const crm = mapping('crm', 'people', PEOPLE)
export const shop = mapping('shop', 'people', PEOPLE)
export const sales = mapping('sales', 'sales', SALES)

const codes = ['10002', '10120', '10125', '10133', '10135', '11001']
const invoices = (account: string, seed: number): string[][] =>
  Array.from({ length: 8 }, (_, n) => {
    const month = 1 + ((seed + n * 3) % 11)
    return [
      `INV${seed}-${n}`,
      codes[(seed + n) % codes.length]!,
      String(1 + (n % 4)),
      `2010-${String(month).padStart(2, '0')}-1${n} 10:00:00`,
      '4.50',
      account,
    ]
  })

export interface SmallCompany {
  folder: string
  app: OpenApp
  /** Number of the marked person. */
  customer: number
}

async function openCompany(folder: string): Promise<OpenApp> {
  const app = await openApp(readConfig({ HUIYIN_DATA: folder }, {}, 2), stages)
  await app.jobs.work(
    stages.flatMap(stage => stage.jobs),
    { workflow: app.workflow, app },
  )
  return app
}

export async function smallCompany(): Promise<SmallCompany> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-small-'))
  await fromTemplate(`small-company-${await stateOfSources()}`, folder, turnOfSmallCompany)
  const app = await openCompany(folder)
  // A source knows where its files come in, which is in this folder now.
  for (const source of [crm, shop, sales]) await registerSource(app, source, join(folder, 'inbox'))
  const { customer } = await app.facts.one<{ customer: number }>(
    'SELECT max(customer_id) AS customer FROM golden_records WHERE run_id = {run:UInt64} AND email = {email:String}',
    { run: (await app.runs.latest('identity'))!, email: marked.email },
  )
  return { folder, app, customer }
}

/** Of everything a turn depends on: names, sizes and times of change. */
async function stateOfSources(): Promise<string> {
  const hash = createHash('sha256')
  for (const part of ['src', 'samples', 'package.json', 'e2e/small-company.ts'])
    for (const path of await filesUnder(join(samples, '..', part))) {
      const { size, mtimeMs } = await stat(path)
      hash.update(`${path} ${size} ${mtimeMs}\n`)
    }
  return hash.digest('hex').slice(0, 16)
}

async function filesUnder(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

async function turnOfSmallCompany(folder: string): Promise<void> {
  const app = await openCompany(folder)
  const inbox = join(folder, 'inbox')
  await mkdir(inbox, { recursive: true })
  const ids = Array.from({ length: 60 }, (_, i) => i)
  await writeFile(join(inbox, 'crm-1.csv'), peopleFile([...ids.map(person), markedRow('C9001')]))
  await writeFile(
    join(inbox, 'shop-1.csv'),
    peopleFile([
      ...ids.slice(0, 20).map(person),
      markedRow('S9001', { mobile: '139 8765 4321' }),
      ['S9002', '778899', marked.name, '1971-02-31', '', marked.mobile, 'x', '', '', '', '', '', '', '', '', ''],
    ]),
  )
  await writeFile(
    join(inbox, 'sales-1.csv'),
    csv(SALES, [
      ...ids.flatMap(i => invoices(String(20_000 + i), i)),
      ...invoices(marked.account, 300),
      ['INVNOV', '10002', '3', '2010-11-09 10:00:00', '4.50', marked.account],
    ]),
  )
  for (const source of [crm, shop, sales]) await registerSource(app, source, inbox)
  const quiet = () => undefined
  for (const part of [analyze, optimize, campaign, personalize]) await part.loadSample(app, samples, quiet)
  const products = JSON.parse(await readFile(join(samples, 'mappings/products.json'), 'utf8')) as unknown
  await importFile(app, mappingSchema.parse(products), join(samples, 'data/products.csv'))
  await runTurn(app, '2010-12-01')
  await app.close()
}
