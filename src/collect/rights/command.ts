import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { App, Command, CommandInput, CommandResult } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { checkPassword } from '../../platform/auth/users.ts'
import { LOCAL_USER_ID } from '../../platform/http/gate.ts'
import { goldenRecord } from '../customers/detail.ts'
import { currentNumber, identityRun } from '../customers/run.ts'
import { type Certificate, certificateOf, isGenuine } from './certificate.ts'
import { erasePerson } from './erase.ts'
import { refuseErased } from './erased.ts'
import { rightsErrors } from './errors.ts'
import { exportPerson } from './export-person.ts'
import { decideRequest, openRequest, requestOf } from './requests.ts'

type Run = (app: App, input: CommandInput) => Promise<CommandResult>

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function numberIn(given: string | undefined): number {
  if (given === undefined || !/^[1-9]\d{0,15}$/.test(given))
    throw rightsErrors['rights.nobody']({ customer: given ?? '' })
  return Number(given)
}

const exported: Run = async (app, { args, options, cwd, lang }) => {
  const customer = numberIn(args[0])
  const out = resolve(cwd, text(options['out']) ?? `customer-${customer}.zip`)
  const result = await exportPerson(app, customer, out)
  await audit(app, { userId: LOCAL_USER_ID, action: 'rights.export', object: `customer/${result.customer}` })
  const rows = result.tables.reduce((sum, table) => sum + table.rows, 0)
  return {
    json: result,
    text:
      lang === 'zh-CN'
        ? `客户 ${result.customer}：${result.tables.length} 张表共 ${rows} 行、${result.documents} 份文件，已写入 ${out}`
        : `Customer ${result.customer}: ${rows} rows of ${result.tables.length} tables, ${result.documents} documents, written to ${out}`,
  }
}

/** Who approves proves it with the password: one pair of eyes is whoever holds the data folder, the other signs in. */
async function approver(app: App, { options, cwd }: CommandInput): Promise<number | null> {
  const login = text(options['approvedBy'])
  if (!login) return null
  const file = text(options['passwordFile'])
  const password = file ? (await readFile(resolve(cwd, file), 'utf8')).replace(/\r?\n$/, '') : ''
  const user = await checkPassword(app, login, password)
  if (!user || !permits(user, 'rights.approve')) throw rightsErrors['rights.approver']({ login })
  return user.userId
}

const erase: Run = async (app, input) => {
  const run = await identityRun(app)
  const given = numberIn(input.args[0])
  await refuseErased(app, given)
  const customer = await currentNumber(app, run, given)
  const by = await approver(app, input)
  const open = await app.workflow.db
    .selectFrom('rights_requests')
    .selectAll()
    .where('kind', '=', 'erasure')
    .where('customer_id', '=', customer)
    .where('state', 'in', ['requested', 'approved', 'running', 'held', 'failed'])
    .executeTakeFirst()
  if (!open) await goldenRecord(app, run, customer)
  const request =
    open ??
    (await openRequest(app, { kind: 'erasure', customerId: customer, receivedBy: 'other', userId: LOCAL_USER_ID }))
  if (request.state === 'requested') {
    if (by === null)
      return {
        json: { request: request.id, customer, state: 'requested' },
        text:
          input.lang === 'zh-CN'
            ? `已登记删除请求 ${request.id}（客户 ${customer}）。须由另一人批准：在“同意与权利”页面，或使用 --approved-by LOGIN --password-file FILE`
            : `Request ${request.id} to erase customer ${customer} is recorded. Another person must approve it: in the app, or with --approved-by LOGIN --password-file FILE`,
      }
    await decideRequest(app, request.id, by, true)
  }
  const certificate = await erasePerson(app, request.id, (done, total, what) => input.progress(done, total, what))
  return certificateResult(certificate, (await requestOf(app, request.id)).state, input)
}

async function certificateResult(certificate: Certificate, state: string, { options, cwd, lang }: CommandInput) {
  const out = text(options['out'])
  if (out) await writeFile(resolve(cwd, out), `${JSON.stringify(certificate, null, 2)}\n`)
  const { body } = certificate
  const rows = body.erased.reduce((sum, item) => sum + item.rows, 0)
  const kept = [...new Set(body.kept.map(item => item.what))].join(', ')
  const lines = [
    lang === 'zh-CN'
      ? `客户 ${body.customer}：已删除 ${rows} 行或文件，证明编号 ${body.certificate}`
      : `Customer ${body.customer}: ${rows} rows and files erased, certificate ${body.certificate}`,
    ...(kept ? [lang === 'zh-CN' ? `因法律保留而保存：${kept}` : `Kept under a legal hold: ${kept}`] : []),
    ...(body.backups.length > 0
      ? [
          lang === 'zh-CN'
            ? `备份中仍有该客户的数据：${body.backups.join(', ')}`
            : `Still in backups: ${body.backups.join(', ')}`,
        ]
      : []),
    ...(body.outside.length > 0
      ? [
          lang === 'zh-CN'
            ? `数据目录以外的文件：${body.outside.join(', ')}`
            : `Still in files outside the data folder: ${body.outside.join(', ')}`,
        ]
      : []),
  ]
  return { json: { ...certificate, state, genuine: isGenuine(certificate) }, text: lines.join('\n') }
}

/** A certificate by its number, or in a file that was kept elsewhere. */
const verify: Run = async (app, input) => {
  const given = input.args[0] ?? ''
  const certificate = /^\d+$/.test(given)
    ? await certificateOf(app, Number(given))
    : (JSON.parse(await readFile(resolve(input.cwd, given), 'utf8')) as Certificate)
  const genuine = isGenuine(certificate)
  return {
    json: { genuine, certificate: certificate.body?.certificate },
    text: genuine ? '✓' : input.lang === 'zh-CN' ? '证明无效' : 'The certificate is not genuine',
    exit: genuine ? 0 : 1,
  }
}

const command = (name: string, summary: Command['summary'], options: [string, string][], run: Run): Command => ({
  name: `rights ${name}`,
  summary,
  options,
  run: input => run(input.app!, input),
})

export const rightsCommands: Command[] = [
  command(
    'export <customer>',
    { en: 'everything about a customer as a ZIP', zh: '将客户的全部信息导出为 ZIP' },
    [['--out <file>', 'where the ZIP goes (default: customer-NUMBER.zip)']],
    exported,
  ),
  command(
    'erase <customer>',
    { en: 'erase a customer, once another person has approved it', zh: '删除客户数据（须由另一人批准）' },
    [
      ['--out <file>', 'where the certificate goes'],
      ['--approved-by <login>', 'the second pair of eyes'],
      ['--password-file <file>', 'file that holds the password of who approves'],
    ],
    erase,
  ),
  command(
    'verify <certificate>',
    { en: 'whether a certificate of erasure is genuine: its number, or a file', zh: '核验删除证明（编号或文件）' },
    [],
    verify,
  ),
]
