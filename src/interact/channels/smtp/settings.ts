import { z } from 'zod'
import type { SettingField } from '../channel.ts'

const host = z.string().regex(/^[A-Za-z0-9.:[\]-]{1,253}$/)
const domain = z.string().regex(/^[A-Za-z0-9.-]{1,253}$/)

export const smtpSettings = z.object({
  host,
  port: z.number().int().min(1).max(65535).default(587),
  /** starttls: refused when the server does not offer it · none: for a relay on the same machine or network. */
  tls: z.enum(['starttls', 'implicit', 'none']).default('starttls'),
  /** The server's certificate must be valid for its name. */
  verify: z.boolean().default(true),
  /** Certificates (PEM) that are trusted besides the public ones: of a relay under a company's own authority. */
  authority: z.string().max(50_000).default(''),
  user: z.string().max(200).default(''),
  /** In EHLO; '' takes the machine's name. */
  helo: z.union([z.literal(''), domain]).default(''),
  /** Domain of the return paths; its mail must come back to us. '' keeps the sender's own address. */
  bounceDomain: z.union([z.literal(''), domain]).default(''),
  /** '' signs nothing. */
  dkimDomain: z.union([z.literal(''), domain]).default(''),
  dkimSelector: z.string().max(60).default('huiyin'),
  dkimEdSelector: z.string().max(60).default('huiyin-ed'),
  /** Connections of each of the two sender threads. */
  connections: z.number().int().min(1).max(50).default(5),
  /** Messages over one connection before it is renewed. */
  perConnection: z.number().int().min(1).max(10_000).default(500),
  /** Of the provider, over all connections; 0: as fast as it takes them. */
  perSecond: z.number().min(0).max(100_000).default(0),
  /** To one receiving domain, a thread; 0: no limit until a domain asks for less. */
  perDomainMinute: z.number().min(0).max(1_000_000).default(0),
  /** Silence after which a connection is given up. */
  timeoutSeconds: z.number().int().min(1).max(600).default(60),
})
export type SmtpSettings = z.infer<typeof smtpSettings>

export const smtpFields: readonly SettingField[] = [
  { name: 'host', label: { en: 'Server', zh: '服务器' }, kind: 'text' },
  { name: 'port', label: { en: 'Port', zh: '端口' }, kind: 'number', fallback: 587 },
  {
    name: 'tls',
    label: { en: 'Encryption', zh: '加密方式' },
    kind: 'choice',
    fallback: 'starttls',
    choices: [
      { value: 'starttls', label: { en: 'STARTTLS, demanded', zh: 'STARTTLS（必须）' } },
      { value: 'implicit', label: { en: 'TLS from the start', zh: '全程 TLS' } },
      { value: 'none', label: { en: 'None (relay of our own)', zh: '不加密（自有中继）' } },
    ],
  },
  { name: 'verify', label: { en: 'Check the certificate', zh: '校验证书' }, kind: 'switch', fallback: true },
  {
    name: 'authority',
    label: { en: 'Certificate authority of our own (PEM)', zh: '自有证书颁发机构（PEM）' },
    help: { en: 'Empty: the public ones only.', zh: '留空则只信任公共机构。' },
    kind: 'long-text',
    fallback: '',
  },
  { name: 'user', label: { en: 'User', zh: '用户名' }, kind: 'text', fallback: '' },
  { name: 'password', label: { en: 'Password', zh: '密码' }, kind: 'secret' },
  {
    name: 'bounceDomain',
    label: { en: 'Domain for returned mail', zh: '退信域名' },
    help: {
      en: 'Each message gets its own return address there; its mail must come to a mailbox or listener of this page.',
      zh: '每封邮件在该域名下有自己的退信地址；该域名的邮件须由本页的邮箱或监听器接收。',
    },
    kind: 'text',
    fallback: '',
  },
  {
    name: 'dkimDomain',
    label: { en: 'DKIM: domain', zh: 'DKIM 域名' },
    help: { en: 'Empty: not signed.', zh: '留空则不签名。' },
    kind: 'text',
    fallback: '',
  },
  {
    name: 'dkimSelector',
    label: { en: 'DKIM: RSA selector', zh: 'DKIM：RSA 选择器' },
    kind: 'text',
    fallback: 'huiyin',
  },
  { name: 'dkimRsa', label: { en: 'DKIM: RSA private key (PEM)', zh: 'DKIM：RSA 私钥（PEM）' }, kind: 'long-secret' },
  {
    name: 'dkimEdSelector',
    label: { en: 'DKIM: Ed25519 selector', zh: 'DKIM：Ed25519 选择器' },
    kind: 'text',
    fallback: 'huiyin-ed',
  },
  {
    name: 'dkimEd25519',
    label: { en: 'DKIM: Ed25519 private key (PEM)', zh: 'DKIM：Ed25519 私钥（PEM）' },
    kind: 'long-secret',
  },
  {
    name: 'connections',
    label: { en: 'Connections a thread', zh: '每线程连接数' },
    help: { en: 'Two threads send.', zh: '共两个发送线程。' },
    kind: 'number',
    fallback: 5,
  },
  {
    name: 'perSecond',
    label: { en: 'Messages a second', zh: '每秒封数' },
    help: { en: '0: as fast as the provider takes them.', zh: '0 表示不限速。' },
    kind: 'number',
    fallback: 0,
  },
  {
    name: 'perDomainMinute',
    label: { en: 'To one receiving domain, a minute', zh: '同一收件域名每分钟封数' },
    help: {
      en: '0: no limit. A domain that asks for less (421, 4.7.x) gets less in any case.',
      zh: '0 表示不限。收件域名要求降速（421、4.7.x）时总会自动降速。',
    },
    kind: 'number',
    fallback: 0,
  },
  {
    name: 'timeoutSeconds',
    label: { en: 'Give up after silence of, s', zh: '无响应超时（秒）' },
    kind: 'number',
    fallback: 60,
  },
]
