/** Finished print runs to a print shop: each file whole or not at all (written beside, then renamed), gone on with where it stopped. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type Client from 'ssh2-sftp-client'
import { z } from 'zod'
import { ChannelDown, type ChannelKind, type Opening } from '../channel.ts'
import { downOf, type SmtpError } from '../smtp/verdict.ts'

export const sftpSettings = z.object({
  host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/),
  port: z.number().int().min(1).max(65535).default(22),
  user: z.string().min(1).max(200),
  /** SHA-256 of the server's key, as `ssh-keygen -l` shows it: without it anybody on the way could take the documents. */
  hostKey: z.string().regex(/^(SHA256:)?[A-Za-z0-9+/]{43}=?$/),
  folder: z.string().min(1).max(500).default('.'),
  /** runs: print runs, arranged for the inserter · documents: what each delivery gave, a file a document. Never both: it would be printed twice. */
  takes: z.enum(['runs', 'documents']).default('runs'),
})
export type SftpSettings = z.infer<typeof sftpSettings>

const plain = (fingerprint: string): Buffer => Buffer.from(fingerprint.replace(/^SHA256:|=$/g, ''))

export async function connectSftp({ settings, secrets }: Opening): Promise<Client> {
  const own = settings as SftpSettings
  const { default: SftpClient } = await import('ssh2-sftp-client')
  const client = new SftpClient()
  client.on('error', () => undefined)
  let known = true
  try {
    await client.connect({
      host: own.host,
      port: own.port,
      username: own.user,
      ...(secrets['privateKey'] ? { privateKey: secrets['privateKey'] } : { password: secrets['password'] ?? '' }),
      readyTimeout: 20_000,
      hostVerifier: (key: Buffer) => {
        const given = plain(createHash('sha256').update(key).digest('base64'))
        const right = plain(own.hostKey)
        known = given.length === right.length && timingSafeEqual(given, right)
        return known
      },
    })
    // A file goes in packets that each wait for an answer: with Nagle's algorithm and delayed acknowledgements 3.6 MB took 34 s.
    ;(client as unknown as { client: { setNoDelay(on: boolean): void } }).client.setNoDelay(true)
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    const { message, code, level } = error as Error & { code?: string; level?: string }
    if (!known) throw new ChannelDown('certificate', 'the server has another key')
    if (level === 'client-authentication' || /authentication/i.test(message)) throw new ChannelDown('password', message)
    throw downOf({ name: 'Error', message, code: code ?? '' } as SmtpError)
  }
}

/** What closes a folder comes last: one without it is not finished. */
const LAST = ['manifest.jsonl', 'control.json', 'manifest.json', 'manifest.json.sha256']

export interface Dropped {
  files: number
  /** Put there now; the others were there already. */
  sent: number
}

export async function dropFolder(
  opening: Opening,
  local: string,
  name: string,
  progress: (done: number, files: number) => Promise<void> | void = () => undefined,
): Promise<Dropped> {
  const client = await connectSftp(opening)
  try {
    const target = `${(opening.settings as SftpSettings).folder}/${name}`
    if (!(await client.exists(target))) await client.mkdir(target, true)
    const there = new Map((await client.list(target)).map(file => [file.name, file.size]))
    const files = (await readdir(local, { withFileTypes: true }))
      .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
      .map(entry => entry.name)
      .sort((a, b) => LAST.indexOf(a) - LAST.indexOf(b) || (a < b ? -1 : 1))
    let sent = 0
    for (const [at, file] of files.entries()) {
      const { size } = await stat(join(local, file))
      if (there.get(file) !== size) {
        await putWhole(client, { from: join(local, file), size }, target, file, there.get(`.${file}.part`) ?? 0)
        sent++
      }
      await progress(at + 1, files.length)
    }
    return { files: files.length, sent }
  } catch (error) {
    if (error instanceof ChannelDown) throw error
    throw downOf(error as SmtpError)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function putWhole(
  client: Client,
  { from, size }: { from: string; size: number },
  folder: string,
  file: string,
  before: number,
): Promise<void> {
  const part = `${folder}/.${file}.part`
  const start = before > 0 && before <= size ? before : 0
  const rest = createReadStream(from, { start })
  if (start === 0) await client.put(rest, part)
  else if (start < size) await client.append(rest, part)
  const written = await client.stat(part)
  if (written.size !== size) throw new Error(`${file}: ${written.size} of ${size} bytes arrived`)
  await rename(client, part, `${folder}/${file}`)
}

/** At once where the server can (OpenSSH's extension); else what stands there goes first, as SFTP 3 demands. */
async function rename(client: Client, from: string, to: string): Promise<void> {
  try {
    await client.posixRename(from, to)
  } catch (error) {
    if (!/not support/i.test((error as Error).message)) throw error
    if (await client.exists(to)) await client.delete(to)
    await client.rename(from, to)
  }
}

export const sftp: ChannelKind = {
  kind: 'sftp',
  title: { en: 'Print runs by SFTP', zh: '打印批次（SFTP）' },
  about: {
    en: 'Finished print runs go to the print shop, with manifest and control file last; what broke off goes on.',
    zh: '把完成的打印批次传给印刷厂，清单与控制文件最后传送；中断后可续传。',
  },
  carries: [],
  works: 'house',
  can: { receipts: false, replies: false, test: true },
  settings: sftpSettings,
  secrets: ['password', 'privateKey'],
  fields: [
    { name: 'host', label: { en: 'Server', zh: '服务器' }, kind: 'text' },
    { name: 'port', label: { en: 'Port', zh: '端口' }, kind: 'number', fallback: 22 },
    { name: 'user', label: { en: 'User', zh: '用户名' }, kind: 'text' },
    { name: 'password', label: { en: 'Password', zh: '密码' }, kind: 'secret' },
    { name: 'privateKey', label: { en: 'Private key, instead', zh: '私钥（代替密码）' }, kind: 'long-secret' },
    {
      name: 'hostKey',
      label: { en: "The server's key, SHA-256", zh: '服务器密钥指纹（SHA-256）' },
      help: { en: 'As ssh-keygen -l shows it.', zh: '即 ssh-keygen -l 的输出。' },
      kind: 'text',
    },
    { name: 'folder', label: { en: 'Folder', zh: '目录' }, kind: 'text', fallback: '.' },
    {
      name: 'takes',
      label: { en: 'Gets', zh: '接收内容' },
      help: {
        en: 'Print runs are arranged for envelopes and inserter; single documents come as each delivery makes them.',
        zh: '打印批次已按信封与插信机排好；单份文件则随每次投递传送。',
      },
      kind: 'choice',
      fallback: 'runs',
      choices: [
        { value: 'runs', label: { en: 'Print runs', zh: '打印批次' } },
        { value: 'documents', label: { en: 'Single documents', zh: '单份文件' } },
      ],
    },
  ],
  async test(opening) {
    const client = await connectSftp(opening)
    const files = await client.list((opening.settings as SftpSettings).folder).catch(() => [])
    await client.end()
    return `${files.length}`
  },
}
