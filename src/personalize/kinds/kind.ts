import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { codeSchema, messageChannels } from '../compose/template.ts'

export const classes = ['legal', 'service', 'offer'] as const
export const legalForms = ['paper', 'electronic-with-consent', 'free'] as const
export const pdfStandards = ['1.7', 'a-2u', 'ua-1'] as const

/** One way a kind can go: by which channel, set by which template. Those of one kind are made of the same data: a family. */
export const waySchema = z.strictObject({ channel: z.enum(messageChannels), template: codeSchema })
export type Way = z.infer<typeof waySchema>

/**
 * A kind of communication, as a company decides about it. What the law says comes first, then what the customer wishes, then what it
 * costs; see decide-ways.ts.
 */
export const kindSchema = z
  .strictObject({
    code: codeSchema,
    name: textSchema,
    /** legal: the law or a contract wants it sent; service: it belongs to what was bought; offer: only with consent. */
    class: z.enum(classes),
    /** paper: must be printed; electronic-with-consent: on screen for whoever agreed to electronic papers; free: any way. */
    legalForm: z.enum(legalForms),
    /** In the company's own order, which decides between ways that cost the same. */
    ways: z.array(waySchema).min(1).max(messageChannels.length),
    /** What goes one way, electronic or on paper, goes the other way as well, where the customer can have it so. */
    duplicate: z.boolean().default(false),
    /** An e-mail carries the printed document, or leads to it in the portal. */
    document: z.enum(['attached', 'linked']).default('attached'),
    /** Standard its printed documents must keep: tagged PDF 1.7, PDF/A-2u to be archived, PDF/UA-1 to be read by everybody. */
    pdf: z.enum(pdfStandards).default('1.7'),
  })
  .superRefine(({ ways, legalForm, duplicate }, issues) => {
    const channels = ways.map(({ channel }) => channel)
    const wrong = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message })
    if (new Set(channels).size < channels.length) wrong('ways', 'one channel stands there twice / 同一渠道重复')
    if (legalForm !== 'free' && !channels.includes('print'))
      wrong('ways', 'nobody can be made to take it on a screen: a printed way is needed / 必须提供纸质方式')
    if (duplicate && ways.length < 2) wrong('duplicate', 'a second way is needed / 需要第二种方式')
  })
export type Kind = z.infer<typeof kindSchema>

const one = (
  code: string,
  en: string,
  zh: string,
  kind: Omit<z.input<typeof kindSchema>, 'code' | 'name'>,
): z.input<typeof kindSchema> => ({ code, name: { en, zh }, ...kind })

const print = (template: string): Way => ({ channel: 'print', template })
const onScreen = (code: string): Way[] => [
  { channel: 'email', template: `${code}-email` },
  { channel: 'portal', template: `${code}-portal` },
]

/** What every company begins with; all of it can be changed, and more added. */
export const firstKinds: z.input<typeof kindSchema>[] = [
  one('bill', 'Bill', '账单', {
    class: 'service',
    legalForm: 'electronic-with-consent',
    ways: [print('bill'), ...onScreen('bill')],
  }),
  one('statement', 'Statement', '对账单', {
    class: 'service',
    legalForm: 'electronic-with-consent',
    ways: [print('statement'), ...onScreen('statement')],
  }),
  one('notice', 'Legal notice', '法定通知', {
    class: 'legal',
    legalForm: 'paper',
    ways: [print('notice'), { channel: 'email', template: 'notice-email' }],
    duplicate: true,
    pdf: 'a-2u',
  }),
  one('letter', 'Letter', '信函', { class: 'offer', legalForm: 'free', ways: [print('letter')] }),
  one('correspondence', 'Correspondence', '往来信函', {
    class: 'service',
    legalForm: 'free',
    ways: [print('correspondence'), ...onScreen('correspondence')],
  }),
  one('brochure', 'Brochure', '宣传册', { class: 'offer', legalForm: 'free', ways: [print('brochure')] }),
  one('proposal', 'Proposal', '方案书', { class: 'offer', legalForm: 'free', ways: [print('proposal')] }),
  one('email', 'E-mail', '电子邮件', {
    class: 'offer',
    legalForm: 'free',
    ways: [{ channel: 'email', template: 'email' }],
  }),
  one('sms', 'SMS', '短信', { class: 'offer', legalForm: 'free', ways: [{ channel: 'sms', template: 'sms' }] }),
  one('script', 'Call script', '通话脚本', {
    class: 'offer',
    legalForm: 'free',
    ways: [{ channel: 'call', template: 'script' }],
  }),
  one('portal', 'Portal message', '门户消息', {
    class: 'service',
    legalForm: 'free',
    ways: [{ channel: 'portal', template: 'portal' }],
  }),
  one('kiosk', 'Kiosk message', '自助终端消息', {
    class: 'service',
    legalForm: 'free',
    ways: [{ channel: 'kiosk', template: 'kiosk' }],
  }),
]
