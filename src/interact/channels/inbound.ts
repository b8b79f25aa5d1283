/** Ways in: where returned mail and answers are read. */
import { ImapFlow } from 'imapflow'
import { z } from 'zod'
import { ChannelDown, type ChannelKind, type Opening } from './channel.ts'
import { downOf, type SmtpError } from './smtp/verdict.ts'

/** Of RFC 8601, 2.5: a name like a domain; '' nobody is believed. */
const authservId = z
  .string()
  .regex(/^[\w.-]{0,253}$/)
  .default('')

export const imapSettings = z.object({
  host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/),
  port: z.number().int().min(1).max(65535).default(993),
  tls: z.enum(['implicit', 'starttls', 'none']).default('implicit'),
  verify: z.boolean().default(true),
  user: z.string().min(1).max(200),
  mailbox: z.string().min(1).max(200).default('INBOX'),
  /** What is done with a mail that was read: it is marked as read, or moved. */
  moveTo: z.string().max(200).default(''),
  authservId,
})
export type ImapSettings = z.infer<typeof imapSettings>

export const listenSettings = z.object({
  host: z.string().max(253).default('0.0.0.0'),
  port: z.number().int().min(0).max(65535).default(2525),
  /** Only mail for these domains is taken; '' on its own: for any address that we made. */
  domains: z.array(z.string().min(1).max(253)).max(50).default([]),
  /** 25 MB of files are 35 as they travel (base64). */
  mostMegabytes: z.number().int().min(1).max(100).default(40),
  authservId,
})
export type ListenSettings = z.infer<typeof listenSettings>

export function imapClient({ settings, secrets }: Opening): ImapFlow {
  const own = settings as ImapSettings
  return new ImapFlow({
    host: own.host,
    port: own.port,
    secure: own.tls === 'implicit',
    ...(own.tls === 'starttls' ? { doSTARTTLS: true } : own.tls === 'none' ? { doSTARTTLS: false } : {}),
    auth: { user: own.user, pass: secrets['password'] ?? '' },
    tls: { rejectUnauthorized: own.verify },
    logger: false,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
  })
}

export function imapDown(error: Error & { authenticationFailed?: boolean; code?: string }): ChannelDown {
  if (error instanceof ChannelDown) return error
  if (error.authenticationFailed) return new ChannelDown('password', error.message)
  return downOf(error as SmtpError)
}

const authservField: ChannelKind['fields'][number] = {
  name: 'authservId',
  label: { en: 'Server that checks senders', zh: '核验发件人的服务器' },
  help: {
    en: 'The name your own mail server puts first in the header Authentication-Results, mx.example.com. It must take away such headers of others that bear its name (RFC 8601). Empty: no sender counts as proven, so acceptances and changes by mail wait for a person.',
    zh: '贵司邮件服务器写在 Authentication-Results 头开头的名称，如 mx.example.com；该服务器须删除他人冒用其名的此类头（RFC 8601）。留空则任何发件人均视为未经证实，邮件中的接受与资料变更须由人工处理。',
  },
  kind: 'text',
  fallback: '',
}

const mailboxFields: ChannelKind['fields'] = [
  { name: 'host', label: { en: 'Server', zh: '服务器' }, kind: 'text' },
  { name: 'port', label: { en: 'Port', zh: '端口' }, kind: 'number', fallback: 993 },
  {
    name: 'tls',
    label: { en: 'Encryption', zh: '加密方式' },
    kind: 'choice',
    fallback: 'implicit',
    choices: [
      { value: 'implicit', label: { en: 'TLS from the start', zh: '全程 TLS' } },
      { value: 'starttls', label: { en: 'STARTTLS, demanded', zh: 'STARTTLS（必须）' } },
      { value: 'none', label: { en: 'None', zh: '不加密' } },
    ],
  },
  { name: 'verify', label: { en: 'Check the certificate', zh: '校验证书' }, kind: 'switch', fallback: true },
  { name: 'user', label: { en: 'User', zh: '用户名' }, kind: 'text' },
  { name: 'password', label: { en: 'Password', zh: '密码' }, kind: 'secret' },
  { name: 'mailbox', label: { en: 'Mailbox', zh: '邮箱文件夹' }, kind: 'text', fallback: 'INBOX' },
  {
    name: 'moveTo',
    label: { en: 'Move read mail to', zh: '处理后移至' },
    help: { en: 'Empty: it is marked as read.', zh: '留空则标为已读。' },
    kind: 'text',
    fallback: '',
  },
  authservField,
]

export const imap: ChannelKind = {
  kind: 'imap',
  title: { en: 'Mailbox for returned mail (IMAP)', zh: '退信邮箱（IMAP）' },
  about: {
    en: 'Bounces, complaints, automatic answers and replies are read from a mailbox as they come.',
    zh: '从邮箱实时读取退信、投诉、自动回复与客户回信。',
  },
  carries: [],
  works: 'inbound',
  can: { receipts: true, replies: true, test: true },
  settings: imapSettings,
  secrets: ['password'],
  fields: mailboxFields,
  async test(opening) {
    const client = imapClient(opening)
    client.on('error', () => undefined)
    try {
      await client.connect()
      const status = await client.status((opening.settings as ImapSettings).mailbox, { messages: true })
      return `${status.messages ?? 0}`
    } catch (error) {
      throw imapDown(error as Error)
    } finally {
      await client.logout().catch(() => client.close())
    }
  },
}

export const mailListener: ChannelKind = {
  kind: 'mail-listener',
  title: { en: 'Listener for returned mail (SMTP)', zh: '退信监听（SMTP）' },
  about: {
    en: 'A small mail server of our own: the return domain points to it, and every bounce names its message.',
    zh: '内置的小型邮件服务器：退信域名指向它，每封退信都能对应到原消息。',
  },
  carries: [],
  works: 'inbound',
  can: { receipts: true, replies: true, test: false },
  settings: listenSettings,
  secrets: [],
  fields: [
    { name: 'host', label: { en: 'Listens on', zh: '监听地址' }, kind: 'text', fallback: '0.0.0.0' },
    { name: 'port', label: { en: 'Port', zh: '端口' }, kind: 'number', fallback: 2525 },
    {
      name: 'domains',
      label: { en: 'Domains', zh: '域名' },
      help: {
        en: 'One a line. Empty: only return addresses that we made.',
        zh: '每行一个。留空则只接收本系统生成的退信地址。',
      },
      kind: 'lines',
      fallback: [],
    },
    authservField,
    { name: 'mostMegabytes', label: { en: 'Largest mail, MB', zh: '邮件上限（MB）' }, kind: 'number', fallback: 40 },
  ],
}
