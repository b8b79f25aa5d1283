import { z } from 'zod'
import type { SettingField } from '../channel.ts'
import { OPT_OUT_WORDS } from './opt-out.ts'

export const smppSettings = z.object({
  host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/),
  port: z.number().int().min(1).max(65535).default(2775),
  tls: z.boolean().default(false),
  verify: z.boolean().default(true),
  systemId: z.string().max(15),
  systemType: z.string().max(12).default(''),
  /** Whom it comes from: a number, a short code or a name of at most 11 letters. */
  source: z.string().max(20).default(''),
  /** PDUs without an answer at a time. */
  window: z.number().int().min(1).max(1000).default(10),
  sessions: z.number().int().min(1).max(2).default(1),
  perSecond: z.number().min(0).max(100_000).default(0),
  timeoutSeconds: z.number().int().min(1).max(600).default(30),
  enquireSeconds: z.number().int().min(5).max(600).default(30),
  /** udh: joined by a header in the text · sar: by fields beside it · payload: the centre cuts it itself. */
  long: z.enum(['udh', 'sar', 'payload']).default('udh'),
  /** Of numbers that replies come from. */
  country: z.string().length(2).default('CN'),
  optOut: z
    .array(z.string().min(1).max(20))
    .max(50)
    .default([...OPT_OUT_WORDS]),
})
export type SmppSettings = z.infer<typeof smppSettings>

export const smppFields: readonly SettingField[] = [
  { name: 'host', label: { en: 'Server', zh: '服务器' }, kind: 'text' },
  { name: 'port', label: { en: 'Port', zh: '端口' }, kind: 'number', fallback: 2775 },
  { name: 'tls', label: { en: 'Encrypted (TLS)', zh: '加密（TLS）' }, kind: 'switch', fallback: false },
  { name: 'verify', label: { en: 'Check the certificate', zh: '校验证书' }, kind: 'switch', fallback: true },
  { name: 'systemId', label: { en: 'System id', zh: '系统标识' }, kind: 'text' },
  { name: 'password', label: { en: 'Password', zh: '密码' }, kind: 'secret' },
  { name: 'systemType', label: { en: 'System type', zh: '系统类型' }, kind: 'text', fallback: '' },
  { name: 'source', label: { en: 'Sender', zh: '发送方' }, kind: 'text', fallback: '' },
  {
    name: 'window',
    label: { en: 'Window', zh: '窗口大小' },
    help: { en: 'Messages without an answer at a time.', zh: '同时等待应答的消息数。' },
    kind: 'number',
    fallback: 10,
  },
  { name: 'sessions', label: { en: 'Sessions', zh: '会话数' }, kind: 'number', fallback: 1 },
  {
    name: 'perSecond',
    label: { en: 'Messages a second', zh: '每秒条数' },
    help: { en: '0: as fast as the provider takes them.', zh: '0 表示不限速。' },
    kind: 'number',
    fallback: 0,
  },
  {
    name: 'long',
    label: { en: 'Long messages', zh: '长短信' },
    kind: 'choice',
    fallback: 'udh',
    choices: [
      { value: 'udh', label: { en: 'Header in the text (UDH)', zh: '文本头（UDH）' } },
      { value: 'sar', label: { en: 'Fields beside the text (SAR)', zh: '附加字段（SAR）' } },
      { value: 'payload', label: { en: 'Whole; the centre cuts it', zh: '整条提交，由短信中心拆分' } },
    ],
  },
  { name: 'country', label: { en: 'Country of numbers', zh: '号码所属国家' }, kind: 'text', fallback: 'CN' },
  {
    name: 'optOut',
    label: { en: 'Words that refuse', zh: '退订关键词' },
    help: { en: 'One a line, as this provider knows them.', zh: '每行一个，按该服务商的约定填写。' },
    kind: 'lines',
    fallback: [...OPT_OUT_WORDS],
  },
  {
    name: 'timeoutSeconds',
    label: { en: 'Give up after silence of, s', zh: '无响应超时（秒）' },
    kind: 'number',
    fallback: 30,
  },
]
