/** Where interact keeps personal data: what became of messages, tasks, and the files its local transports delivered. */
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { HELD_COMMUNICATION } from '../personalize/index.ts'
import type { App } from '../platform/app.ts'
import { among, declarePersonalData, type Person, type WorkflowKeys } from '../platform/personal-data.ts'
import { sha256Of } from '../platform/sha256.ts'
import { dropAttachments } from './inbox/attachments.ts'
import { erasePrinted } from './print-runs/erase-printed.ts'
import { writeAtomic } from './transports/write-once.ts'

/** Files are named after the communication; a mail reader may have put flags behind the name. */
async function eraseDelivered(app: App, person: Person): Promise<{ files: number }> {
  const ids = new Set(person.keys('communication'))
  const customers = new Set(person.keys('customer'))
  const out = join(app.config.dataDir, 'out')
  let files = 0
  const touched = new Set<string>()
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    if (ids.has(entry.name.slice(0, 32))) {
      await rm(path, { force: true })
      files++
    } else if (entry.name === 'manifest.jsonl') {
      if (await rewriteLines(entry.parentPath, entry.name, line => ids.has(String(line['id'])), { address: '' })) {
        touched.add(entry.parentPath)
        files++
      }
    } else if (/^turn-\d+\.jsonl$/.test(entry.name)) {
      const mine = (line: Record<string, unknown>) => customers.has(String(line['customer']))
      if (await rewriteLines(entry.parentPath, entry.name, mine, { customer: 0, phone: '' })) files++
    }
  }
  for (const folder of touched) await signManifest(folder)
  return { files }
}

async function rewriteLines(
  folder: string,
  name: string,
  mine: (line: Record<string, unknown>) => boolean,
  blank: Record<string, unknown>,
): Promise<boolean> {
  const before = await readFile(join(folder, name), 'utf8')
  const after = before
    .split('\n')
    .map(text => {
      if (text === '') return text
      const line = JSON.parse(text) as Record<string, unknown>
      return mine(line) ? JSON.stringify({ ...line, ...blank }) : text
    })
    .join('\n')
  if (after === before) return false
  await writeAtomic(folder, { name, content: Buffer.from(after) })
  return true
}

/** The counts stay as they were; the manifest's hash is that of the manifest as it is now. */
async function signManifest(folder: string): Promise<void> {
  const path = join(folder, 'control.json')
  const control = await readFile(path, 'utf8').catch(() => null)
  if (control === null) return
  const manifest = await readFile(join(folder, 'manifest.jsonl'))
  const manifestSha256 = sha256Of(manifest)
  const now = { ...(JSON.parse(control) as object), manifestSha256 }
  await writeAtomic(folder, { name: 'control.json', content: Buffer.from(`${JSON.stringify(now, null, 2)}\n`) })
}

/** Mail that came back and could not be read; what could is not kept. */
async function eraseReturned(app: App, person: Person): Promise<{ files: number }> {
  const folder = join(app.config.dataDir, 'inbound', 'mail')
  const marks = [...person.keys('communication'), ...person.keys('email')].map(mark => mark.toLowerCase())
  let files = 0
  for (const name of await readdir(folder).catch(() => [])) {
    const text = (await readFile(join(folder, name), 'latin1').catch(() => '')).toLowerCase()
    if (!marks.some(mark => mark !== '' && text.includes(mark))) continue
    await rm(join(folder, name), { force: true })
    files++
  }
  return { files }
}

const hisThreads = (k: WorkflowKeys) =>
  sql<boolean>`(${among('customer_id', k('customer'), 'int8')} OR ${among('address', [...k('email'), ...k('phone')])})`

/** Kept under the message's key, which stays when its words go: erased again, nothing is found. */
async function eraseAttachments(app: App, person: Person): Promise<{ files: number }> {
  const rows = await app.workflow.db
    .selectFrom('inbox_messages')
    .select('source_key')
    .where(sql<boolean>`attachments::text <> '[]'`)
    .where(
      sql<boolean>`thread_id IN (SELECT thread_id FROM inbox_threads WHERE ${hisThreads(kind => person.keys(kind))})`,
    )
    .execute()
  for (const { source_key } of rows) await dropAttachments(app, source_key)
  return { files: rows.length }
}

declarePersonalData({
  stage: 'interact',
  tables: [
    {
      store: 'facts',
      table: 'deliveries',
      title: { en: 'What became of communications', zh: '投递结果' },
      where: k => `customer_id IN ${k('customer')}`,
      keptWhere: HELD_COMMUNICATION,
      erase: { copy: { customer_id: '0', receipt: "''" }, same: ['run_id', 'communication_id', 'state', 'at'] },
      keptOnHold: true,
    },
    {
      store: 'facts',
      table: 'print_pieces',
      title: { en: 'What lay in which envelope', zh: '装封明细' },
      where: k => `customer_id IN ${k('customer')}`,
      erase: {
        copy: { customer_id: '0', postcode: "''" },
        same: ['print_run', 'piece', 'position', 'communication_id'],
      },
      keptOnHold: true,
    },
    {
      store: 'workflow',
      table: 'desk_drafts',
      title: { en: 'What was typed in a call that is not ended', zh: '未结束通话中的录入' },
      where: k =>
        sql<boolean>`task_id IN (SELECT task_id FROM tasks WHERE ${among('customer_id', k('customer'), 'int8')})`,
      erase: 'delete',
    },
    {
      store: 'workflow',
      table: 'tasks',
      title: { en: 'Calls planned or made', zh: '外呼任务' },
      where: k => among('customer_id', k('customer'), 'int8'),
      erase: {
        set: sql`customer_id = 0, notes = '', subject = NULL, state = CASE WHEN state = 'done' THEN 'done' ELSE 'stopped' END,
          stop_reason = 'erased', held_by = NULL, held_until = NULL, for_user = NULL, due_at = NULL`,
      },
    },
    {
      store: 'workflow',
      table: 'listening_samples',
      title: { en: 'Calls listened to for training', zh: '培训用听音样本' },
      where: k =>
        sql<boolean>`outcome_id IN (SELECT outcome_id FROM desk_outcomes WHERE ${among('customer_id', k('customer'), 'int8')})`,
      erase: { set: sql`remark = ''` },
      exported: false,
    },
    {
      store: 'workflow',
      table: 'desk_outcomes',
      title: { en: 'How calls ended', zh: '通话结果' },
      where: k => among('customer_id', k('customer'), 'int8'),
      erase: { set: sql`customer_id = 0` },
    },
    {
      store: 'workflow',
      table: 'desk_endings',
      title: { en: 'How calls ended: what can be taken back', zh: '通话结果的撤回依据' },
      where: k => among('customer_id', k('customer'), 'int8'),
      erase: 'delete',
      exported: false,
    },
    {
      store: 'workflow',
      table: 'desk_calls',
      title: { en: 'Calls received', zh: '来电记录' },
      where: k => sql<boolean>`${among('customer_id', k('customer'), 'int8')} OR ${among('number', k('phone'))}`,
      erase: { set: sql`customer_id = 0, number = '', candidates = '[]', recording = ''` },
    },
    {
      store: 'workflow',
      table: 'inbox_messages',
      title: { en: 'What you wrote to us and our answers', zh: '您的来信与我们的答复' },
      where: k => sql<boolean>`thread_id IN (SELECT thread_id FROM inbox_threads WHERE ${hisThreads(k)})`,
      erase: { set: sql`text = '', quoted = '', subject = '', address = '', mail_id = '', attachments = '[]'` },
      keptOnHold: true,
    },
    {
      store: 'workflow',
      table: 'inbox_threads',
      title: { en: 'Conversations with you', zh: '与您的会话' },
      where: hisThreads,
      erase: { set: sql`customer_id = 0, subject = '', address = '', preview = '', state = 'closed'` },
      keptOnHold: true,
    },
    {
      store: 'workflow',
      table: 'customer_notices',
      title: { en: 'What you were told of your cases and questions', zh: '工单与咨询的进度告知' },
      where: k => among('customer_id', k('customer'), 'int8'),
      erase: 'delete',
    },
    {
      store: 'workflow',
      table: 'portal_thread_reads',
      title: { en: 'Which answers you have read in the portal', zh: '门户中已读的答复' },
      where: k => sql<boolean>`thread_id IN (SELECT thread_id FROM inbox_threads WHERE ${hisThreads(k)})`,
      erase: 'delete',
      exported: false,
    },
    {
      store: 'workflow',
      table: 'survey_invitations',
      title: { en: 'Surveys you were asked to answer', zh: '邀请您参加的调查' },
      where: k => among('customer_id', k('customer'), 'int8'),
      erase: 'delete',
    },
    {
      store: 'workflow',
      table: 'one_time_codes',
      title: { en: 'Codes to sign in with', zh: '登录验证码' },
      where: k => among('customer_id', k('customer'), 'int8'),
      erase: 'delete',
      exported: false,
    },
    {
      store: 'workflow',
      table: 'portal_sessions',
      title: { en: 'Signed in to the portal or a kiosk', zh: '门户与自助终端登录' },
      where: k =>
        sql<boolean>`${among('customer_id', k('customer'), 'int8')} OR candidates && ${sql.val([...k('customer')])}::int8[]`,
      erase: 'delete',
      exported: false,
    },
    {
      store: 'workflow',
      table: 'portal_posts',
      title: { en: 'Forms sent in the portal in the last day', zh: '门户近一日提交记录' },
      where: k => among('customer_id', k('customer'), 'int8'),
      erase: 'delete',
      exported: false,
    },
    {
      store: 'workflow',
      table: 'portal_tries',
      title: { en: 'Wrong answers when signing in', zh: '登录错误次数' },
      where: () => sql<boolean>`false`,
      erase: { none: 'holds hashes alone, for a day' },
      exported: false,
    },
    {
      store: 'workflow',
      table: 'case_notes',
      title: { en: 'What was done about your cases', zh: '工单处理记录' },
      where: k =>
        sql<boolean>`case_id IN (SELECT case_id FROM cases WHERE ${among('customer_id', k('customer'), 'int8')})`,
      erase: { set: sql`text = ''` },
    },
    {
      store: 'workflow',
      table: 'cases',
      title: { en: 'Complaints, requests and disputes', zh: '投诉、请求与争议' },
      where: k => among('customer_id', k('customer'), 'int8'),
      erase: { set: sql`customer_id = 0, title = '', words = '', line = '', resolution = '', told_how = ''` },
    },
    {
      store: 'workflow',
      table: 'suppressions',
      title: { en: 'Addresses not to be used', zh: '禁发地址' },
      where: () => sql<boolean>`false`,
      erase: { none: 'holds hashes alone, so that who asked not to be reached is not reached' },
      exported: false,
    },
    {
      store: 'workflow',
      table: 'delivery_provider_ids',
      title: { en: 'What providers call your messages', zh: '服务商的消息编号' },
      where: k => among('customer_id', k('customer'), 'int8'),
      erase: 'delete',
      exported: false,
    },
    {
      store: 'workflow',
      table: 'portal_messages',
      title: { en: 'Messages in the portal', zh: '门户消息' },
      where: k => among('customer_id', k('customer'), 'int8'),
      erase: 'delete',
      keptOnHold: true,
    },
  ],
  files: [
    { name: { en: 'files sent to us', zh: '来信附件' }, keptOnHold: true, erase: eraseAttachments },
    { name: { en: 'files for the printer', zh: '打印文件' }, keptOnHold: true, erase: erasePrinted },
    { name: { en: 'delivered files', zh: '已投递文件' }, keptOnHold: true, erase: eraseDelivered },
    { name: { en: 'returned mail not read yet', zh: '未处理的退信' }, erase: eraseReturned },
  ],
})
