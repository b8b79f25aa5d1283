/** What a mail that came to the bounce address says: a bounce, a complaint, an automatic answer, or something else. */
import { type BounceMail, readBounceMail } from './bounce-mail.ts'
import { type BounceReason, bounceReason, isHard, refusedCommand } from './bounce-reason.ts'
import { chosenStatus, replyIn } from './bounce-status.ts'
import { addressIn, type RecipientStatus, recipientStatuses } from './delivery-status.ts'
import { failedRecipients } from './free-form.ts'

export type BounceKind = 'bounce' | 'complaint' | 'auto-reply' | 'other'

export interface Bounce {
  kind: BounceKind
  /** Whom we had written to; '' when the mail does not say. */
  recipient: string
  /** Enhanced status code x.y.z (RFC 3463), '' when neither said nor to be told from the reply code. */
  status: string
  reason: BounceReason | 'complaint' | 'auto-reply' | ''
  /** True: the address is not to be written to again. */
  hard: boolean
}

export async function readBounce(bytes: Uint8Array): Promise<Bounce[]> {
  return bouncesOf(await readBounceMail(bytes))
}

export function bouncesOf(mail: BounceMail): Bounce[] {
  const complaint = complaintOf(mail)
  if (complaint) return complaint
  const notified = notification(mail)
  if (notified) return notified
  const statuses = mail.statusReports.flatMap(recipientStatuses)
  if (statuses.length > 0) return distinct(statuses.map(status => fromStatus(mail, status)))
  if (isAutoReply(mail))
    return [{ kind: 'auto-reply', recipient: autoReplier(mail), status: '', reason: 'auto-reply', hard: false }]
  if (!looksLikeBounce(mail)) return [{ kind: 'other', recipient: '', status: '', reason: '', hard: false }]
  return distinct(fromWords(mail))
}

/** ARF (RFC 5965), and the feedback loops that came before it. */
function complaintOf(mail: BounceMail): Bounce[] | null {
  const of = (recipient: string): Bounce => ({
    kind: 'complaint',
    recipient,
    status: '',
    reason: 'complaint',
    hard: false,
  })
  if (mail.feedbackReports.length > 0) {
    const fields = mail.feedbackReports.join('\n')
    const told = [...fields.matchAll(/^(?:original-rcpt-to|removal-recipient):\s*(.+)$/gim)].map(m => addressIn(m[1]!))
    const named = told.filter(address => address && !/redacted/i.test(address))
    return distinct((named.length > 0 ? named : [originalTo(mail)]).map(of))
  }
  const asComplaint =
    /^(?:complaint about message from|abuse report|(?:\w+ )?abuse report for)/i.test(mail.subject) ||
    /^this is an? (?:[\w.]+ )?(?:e-?mail )?abuse report/im.test(mail.text) ||
    mail.header('x-loop') === 'scomp'
  return asComplaint ? [of(originalTo(mail))] : null
}

/** Notices of mail services that come as JSON. */
function notification(mail: BounceMail): Bounce[] | null {
  const start = mail.text.indexOf('{')
  if (start < 0 || !/"(?:notificationType|eventType)\\?"/.test(mail.text)) return null
  try {
    const end = mail.text.lastIndexOf('}')
    const outer = JSON.parse(mail.text.slice(start, end + 1).replace(/\n/g, '')) as Record<string, unknown>
    const inner = (typeof outer['Message'] === 'string' ? JSON.parse(outer['Message']) : outer) as Notice
    const type = inner.notificationType ?? inner.eventType
    if (type === 'Bounce')
      return (inner.bounce?.bouncedRecipients ?? []).map(({ emailAddress, action, status, diagnosticCode }) =>
        judged(emailAddress ?? '', action ?? 'failed', status ?? '', diagnosticCode ?? '', diagnosticCode ?? ''),
      )
    if (type === 'Complaint')
      return (inner.complaint?.complainedRecipients ?? []).map(({ emailAddress }) => ({
        kind: 'complaint',
        recipient: emailAddress ?? '',
        status: '',
        reason: 'complaint',
        hard: false,
      }))
    if (type === 'Delivery')
      return (inner.delivery?.recipients ?? inner.mail?.destination ?? []).map(recipient => ({
        kind: 'other',
        recipient,
        status: chosenStatus('', inner.delivery?.smtpResponse ?? ''),
        reason: 'delivered',
        hard: false,
      }))
    return null
  } catch {
    return null
  }
}

interface Notice {
  notificationType?: string
  eventType?: string
  bounce?: {
    bouncedRecipients?: { emailAddress?: string; action?: string; status?: string; diagnosticCode?: string }[]
  }
  complaint?: { complainedRecipients?: { emailAddress?: string }[] }
  delivery?: { recipients?: string[]; smtpResponse?: string }
  mail?: { destination?: string[] }
}

function fromStatus(mail: BounceMail, { recipient, action, status, diagnostic }: RecipientStatus): Bounce {
  // A report's own field may be empty where its text quotes the server.
  const aside = aboutRecipient(mail.text, recipient)
  const typed = /^x-unix/i.test(diagnostic) ? diagnostic : diagnostic.replace(/^[\w-]+\s*;\s*/, '')
  // Behind a comment of the reporting server stands what the other one said.
  const bare = /^[45]\.\d\.\d+ - .*?\b([45]\d\d[- ].*)$/s.exec(typed)?.[1] ?? typed
  const said = /[a-z]{3}/i.test(bare.replace(/^\d+$/, '')) ? bare : `${bare}\n${aside}`
  return judged(recipient, action, status, said, `${diagnostic}\n${aside}`)
}

function judged(recipient: string, action: string, field: string, said: string, context: string): Bounce {
  if (/^(?:delivered|deliverable|relayed|expanded)$/.test(action))
    return { kind: 'other', recipient, status: field, reason: 'delivered', hard: false }
  let status = chosenStatus(field, said)
  if (/\.0\.0$/.test(status)) status = chosenStatus(status, context)
  const reply = replyIn(said)
  if (status === '' && reply > 0) status = `${Math.floor(reply / 100)}.0.0`
  const reason = bounceReason(said, status, refusedCommand(context), action)
  return { kind: 'bounce', recipient, status: status || guessed(reason), reason, hard: isHard(reason, status) }
}

/** A code for what was said in words alone; class 4 for what time may cure. */
function guessed(reason: BounceReason): string {
  const codes: Partial<Record<BounceReason, string>> = {
    'user-unknown': '5.1.1',
    'host-unknown': '5.1.2',
    moved: '5.1.6',
    'mailbox-full': '5.2.2',
    suspended: '5.2.1',
    'too-big': '5.3.4',
    expired: '4.4.7',
    network: '4.4.1',
    system: '5.3.0',
  }
  return codes[reason] ?? '5.0.0'
}

/** Lines of the report's text that speak of one recipient. */
function aboutRecipient(text: string, recipient: string): string {
  const all = failedRecipients(text, new Set())
  const own = all.find(one => one.recipient.toLowerCase() === recipient.toLowerCase())
  return own?.said ?? text
}

function fromWords(mail: BounceMail): Bounce[] {
  const header = mail.header('x-failed-recipients')
  const notThese = senders(mail)
  const failed = failedRecipients(mail.text, notThese, addressIn(mail.from).split('@')[1]?.toLowerCase())
  if (header) {
    const named = header
      .split(',')
      .map(part => addressIn(part))
      .filter(Boolean)
    return named.map(recipient =>
      judgedWords(
        recipient,
        failed.find(one => one.recipient.toLowerCase() === recipient.toLowerCase())?.said ?? mail.text,
        mail.text,
      ),
    )
  }
  if (failed.length > 0)
    return failed.map(({ recipient, said }) => judgedWords(recipient, said, failed.length > 1 ? said : mail.text))
  return [judgedWords(originalTo(mail), mail.text, mail.text)]
}

/** The reporter, and whom it reports to: us. A list's bounce address stands for the list. */
function senders(mail: BounceMail): Set<string> {
  const to = addressIn(mail.header('to')).toLowerCase()
  return new Set(
    [
      addressIn(mail.from),
      to,
      to.replace(/-(?:admin|bounces|owner|request)@/, '@'),
      addressIn(mail.header('return-path')),
    ].map(a => a.toLowerCase()),
  )
}

function judgedWords(recipient: string, said: string, context: string): Bounce {
  // What the server said stands behind its reply code; before it the report speaks for itself.
  const quoted = /(?:^|[\s:;<("'[])[45]\d\d[ -][\s\S]*/.exec(said)?.[0]
  const first = judged(recipient, '', '', quoted ?? said, context)
  if (first.reason !== 'other') return first
  const wide = judged(recipient, '', '', said, context)
  return wide.reason !== 'other' ? wide : judged(recipient, '', '', context, context)
}

function isAutoReply(mail: BounceMail): boolean {
  const auto = mail.header('auto-submitted').toLowerCase()
  // An empty return path is right for both; only a report is from the mail system itself.
  if (isDaemonName(mail) || (BOUNCE_SUBJECT.test(mail.subject) && mail.original !== '')) return false
  if (/auto-(?:replied|notified)/.test(auto)) return true
  if (mail.header('x-autoreply') || mail.header('x-autorespond') || mail.header('x-autoresponder')) return true
  if (/auto_reply|autoreply/i.test(`${mail.header('precedence')} ${mail.header('x-precedence')}`)) return true
  if (/oof|autoreply/i.test(mail.header('x-auto-response-suppress')) && auto) return true
  return AUTO_SUBJECT.test(mail.subject)
}

const AUTO_SUBJECT =
  /^(?:re: ?)?(?:automatic reply|auto(?:mated)?[ -]?(?:reply|response)|auto ?respon[sd]|out of (?:the )?office|ooo\b|vacation|away from|i am (?:out|away|on)|abwesen|réponse automatique|respuesta automática|risposta automatica|автоответ|自动回复|自動回覆|自動応答|不在|休假|外出|automatisch antwoord)/i

const autoReplier = (mail: BounceMail): string => addressIn(mail.from) || originalTo(mail)

const isDaemonName = (mail: BounceMail): boolean =>
  /mailer-?daemon|\bmdaemon@|postmaster|mail[\s._-]*(?:delivery|deliver)[\s._-]*(?:sub)?(?:system|service)|mail administrator|system administrator/i.test(
    mail.from,
  )

const isDaemon = (mail: BounceMail): boolean => isDaemonName(mail) || /^<>$/.test(mail.header('return-path'))

const BOUNCE_SUBJECT =
  /undeliver|delivery (?:status|failure|report|problem|notification|has failed|error|unsuccessful)|deliver[y]? failed|mail delivery|failure notice|returned (?:mail|to sender|message)|(?:mail|message|email) (?:could|can) ?not be delivered|could not (?:be )?(?:deliver|send)|non[- ]?(?:delivery|remis)|nondeliverable|mail (?:failed|failure|system error|error)|warning: (?:could not|message)|delivery delay|delayed mail|cannot send message|error sending|unzustellbar|non distribuable|no se (?:ha podido|pudo)|недоставлен|не доставлен|mail status report|退信|退回|投递失败|系统退信|エラー通知|配信(?:不能|エラー)|transport error|unable to deliver|not delivered|failed (?:mail|delivery|to deliver)|postmaster notify/i

function looksLikeBounce(mail: BounceMail): boolean {
  const report = /report-type="?delivery-status/i.test(mail.header('content-type'))
  if (report || mail.header('x-failed-recipients')) return true
  if (isDaemon(mail)) return true
  const words = BOUNCE_WORDS.test(mail.text)
  return BOUNCE_SUBJECT.test(mail.subject) ? words || mail.original !== '' : words && /\b[45]\d\d\b/.test(mail.text)
}

const BOUNCE_WORDS =
  /(?:could|can|was|were|did)(?: ?not|n't) (?:be )?(?:deliver|reach|sent)|(?:not|un)able to deliver|undeliver|delivery (?:to the following|failed|has failed|failure)|permanent (?:fatal )?error|returned to sender|user unknown|unknown user|no such user|mailbox (?:full|unavailable)|送信できませんでした|未能(?:送达|投递)|无法(?:送达|投递)|invalid user|no valid recipients/i

/** Whom the returned original was addressed to. */
function originalTo(mail: BounceMail): string {
  const source = mail.original || mail.text
  const match = /^[>\s]*(?:x-original-to|delivered-to|to):\s*(.+(?:\n[ \t]+.+)*)$/im.exec(source)
  return match ? addressIn(match[1]!.replace(/^[^<]*</, '<')) : ''
}

function distinct(bounces: Bounce[]): Bounce[] {
  const seen = new Map<string, Bounce>()
  for (const bounce of bounces) {
    const key = bounce.recipient.toLowerCase()
    if (!seen.has(key)) seen.set(key, bounce)
  }
  return [...seen.values()]
}
