/** E-mail over SMTP: a pool of connections, DKIM, a return path for each message, a pace for each receiving domain. */
import { Readable } from 'node:stream'
import { rootCertificates } from 'node:tls'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { ChannelDown, type ChannelKind, type Opening, type OutMessage, type Sender, type Verdict } from '../channel.ts'
import { type DkimKey, dkimKey, dkimSignatures } from './dkim.ts'
import { domainPace } from './domain-pace.ts'
import { type SmtpSettings, smtpFields, smtpSettings } from './settings.ts'
import { asksForLess, downOf, type SmtpError, verdictOf } from './verdict.ts'

interface Line {
  connection: SMTPConnection
  sent: number
  dead: boolean
  /** Ends the transaction under way: a connection that is closed by us forgets it and would never say so. */
  cut?: () => void
}

const trusted = (authority: string) => (authority === '' ? {} : { ca: [...rootCertificates, authority] })

const optionsOf = (settings: SmtpSettings) => ({
  host: settings.host,
  port: settings.port,
  secure: settings.tls === 'implicit',
  requireTLS: settings.tls === 'starttls',
  ignoreTLS: settings.tls === 'none',
  name: settings.helo || undefined,
  tls: { rejectUnauthorized: settings.verify, minVersion: 'TLSv1.2' as const, ...trusted(settings.authority) },
  connectionTimeout: settings.timeoutSeconds * 1000,
  greetingTimeout: settings.timeoutSeconds * 1000,
  socketTimeout: settings.timeoutSeconds * 1000,
  allowInternalNetworkInterfaces: true,
})

/** Connected, encrypted as demanded, signed in; throws ChannelDown. */
async function connect({ settings, secrets }: Opening): Promise<Line> {
  const smtp = settings as SmtpSettings
  const connection = new SMTPConnection(optionsOf(smtp))
  const line: Line = { connection, sent: 0, dead: false }
  const lost = new Promise<never>((_, reject) => {
    connection.on('error', (error: SmtpError) => {
      line.dead = true
      reject(downOf(error))
    })
    connection.on('end', () => {
      line.dead = true
    })
  })
  lost.catch(() => undefined)
  const step = (work: (done: (error?: Error | null) => void) => void) =>
    Promise.race([
      lost,
      new Promise<void>((resolve, reject) => work(error => (error ? reject(downOf(error)) : resolve()))),
    ])
  try {
    await step(done => connection.connect(done))
    if (smtp.user !== '')
      await step(done => connection.login({ user: smtp.user, pass: secrets['password'] ?? '' }, done))
    return line
  } catch (error) {
    connection.close()
    throw error
  }
}

function keysOf({ settings, secrets }: Opening): DkimKey[] {
  const { dkimDomain, dkimSelector, dkimEdSelector } = settings as SmtpSettings
  if (dkimDomain === '') return []
  const given: [string, string | undefined][] = [
    [dkimSelector, secrets['dkimRsa']],
    [dkimEdSelector, secrets['dkimEd25519']],
  ]
  return given.flatMap(([selector, pem]) => {
    if (!pem) return []
    try {
      return [dkimKey(dkimDomain, selector, pem)]
    } catch (error) {
      throw new ChannelDown('refuses', `DKIM ${selector}: ${(error as Error).message}`)
    }
  })
}

/** One address, no line end, no second command: what is not so never reaches the connection. */
const ADDRESS = /^[^\s<>"(),:;[\]\\@]{1,64}@[^\s<>"(),:;[\]\\@]{1,253}$/u

async function open(opening: Opening): Promise<Sender> {
  const settings = opening.settings as SmtpSettings
  const keys = keysOf(opening)
  const pace = domainPace(settings.perDomainMinute)
  const idle: Line[] = []
  const all = new Set<Line>()

  const waiting: (() => void)[] = []
  /** Fewer than configured once the server said that it takes no more at a time. */
  let most = settings.connections
  let aborts = 0

  async function take(): Promise<Line> {
    for (;;) {
      for (let line = idle.pop(); line; line = idle.pop()) {
        if (!line.dead) return line
        all.delete(line)
      }
      if (all.size < most) {
        const place: Line | null = await connect(opening).catch(error => {
          // 421 or 450 to one connection more, while others are taken: we go on with those.
          if (error instanceof ChannelDown && /^4\d\d/.test(error.detail) && all.size > 0) return null
          throw error
        })
        if (place) {
          all.add(place)
          return place
        }
        most = all.size
      }
      await new Promise<void>(resolve => waiting.push(resolve))
    }
  }

  function giveBack(line: Line): void {
    line.sent++
    if (line.dead) all.delete(line)
    else if (line.sent >= settings.perConnection) {
      all.delete(line)
      line.connection.quit()
    } else idle.push(line)
    waiting.shift()?.()
  }

  async function deliver(message: OutMessage, signature: string): Promise<Verdict> {
    const before = aborts
    const line = await take()
    const used = line.sent > 0
    try {
      return await transact(line, message, signature).finally(() => giveBack(line))
    } catch (error) {
      // A connection that rested may have been ended by the server unseen: nothing was handed over, a fresh one tells.
      const worthAnother = error instanceof ChannelDown && error.untouched && error.reason !== 'refuses'
      if (!used || !worthAnother || aborts > before) throw error
      const fresh = await connect(opening)
      all.add(fresh)
      return transact(fresh, message, signature).finally(() => giveBack(fresh))
    }
  }

  return {
    window: settings.connections,
    async send(message) {
      if (!ADDRESS.test(message.address)) return { state: 'failed', reason: 'bad-address', detail: '' }
      const domain = message.address.slice(message.address.lastIndexOf('@') + 1).toLowerCase()
      const wait = pace.take(domain)
      if (wait > 0) return { state: 'deferred', reason: 'domain-pace', detail: domain, afterMs: wait }
      const signature = dkimSignatures(message.bytes, keys, Math.floor(Date.now() / 1000))
      const verdict = await deliver(message, signature)
      if (verdict.state === 'deferred' && asksForLess(Number(verdict.reason) || codeIn(verdict.detail), verdict.detail))
        return { ...verdict, afterMs: pace.slowDown(domain) }
      return verdict
    },
    async close() {
      for (const line of idle.splice(0)) {
        all.delete(line)
        line.connection.quit()
      }
    },
    abort() {
      aborts++
      for (const line of all) {
        line.dead = true
        line.connection.close()
        line.cut?.()
      }
      all.clear()
      idle.length = 0
    },
  }
}

const codeIn = (response: string): number => Number(/^\d{3}/.exec(response)?.[0] ?? 0)

/** One transaction; a connection that is lost takes its message's verdict with it. */
function transact(line: Line, message: OutMessage, signature: string): Promise<Verdict> {
  const moment = { handedOver: false }
  // Read only once the server has said 354: then the message is on its way.
  const source = new Readable({
    highWaterMark: 1 << 20,
    read() {
      moment.handedOver = true
      if (signature !== '') this.push(signature, 'latin1')
      this.push(message.bytes)
      this.push(null)
    },
  })
  const settled = new Promise<Verdict>((resolve, reject) => {
    const fail = (error: SmtpError) => {
      try {
        resolve(verdictOf(error, moment))
      } catch (down) {
        reject(down)
      }
    }
    line.cut = () => fail(Object.assign(new Error('stopped'), { code: 'ECONNECTION' }))
    line.connection.send({ from: message.returnPath, to: [message.address] }, source, (error, info) => {
      if (!error) return resolve({ state: 'settled', receipt: (info?.response ?? '').slice(0, 200) })
      // A refused recipient leaves the transaction open; the next message must find it closed.
      if (!line.dead && (error as SmtpError).responseCode) line.connection.reset(() => fail(error as SmtpError))
      else fail(error as SmtpError)
    })
  })
  return settled.finally(() => {
    delete line.cut
  })
}

export const smtp: ChannelKind = {
  kind: 'smtp',
  title: { en: 'E-mail over SMTP', zh: '电子邮件（SMTP）' },
  about: {
    en: 'Hands e-mail to a mail server: DKIM, a return address for each message, a pace for each receiving domain.',
    zh: '把邮件交给邮件服务器：DKIM 签名、逐封退信地址、按收件域名调速。',
  },
  carries: ['email'],
  works: 'thread',
  module: import.meta.url,
  can: { receipts: false, replies: false, test: true },
  settings: smtpSettings,
  secrets: ['password', 'dkimRsa', 'dkimEd25519'],
  fields: smtpFields,
  open,
  async test(opening) {
    keysOf(opening)
    const line = await connect(opening)
    line.connection.quit()
    return `${(opening.settings as SmtpSettings).host}:${(opening.settings as SmtpSettings).port}`
  },
}
