/**
 * Mail is taken apart in a process of its own, with bounds on memory and time: what strangers write holds nobody up, and what breaks its
 * reader is kept as it came. A process and no thread, because a thread's heap that is full can end the whole server (seen: Node 24, 5 MB of
 * text under a limit of 48 MB). A mail of 31 MB of text held all other requests up for 530 to 740 ms when it was read here.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { sha256Of } from '../../platform/sha256.ts'
import type { Bounce } from '../bounces/read-bounce.ts'
import type { MailAsked, MailTold, Question } from './mail-child.ts'
import { type LookedAt, NO_HEAD, type ReadMail, unreadable } from './read-mail.ts'

export interface MailBounds {
  /** Of objects; the bytes of the mail and of its files come on top, some three times its size. */
  heapMb: number
  /** By the clock, so generous: the longest that the parser's own limits leave takes 3 s of computing. */
  patienceMs: number
  /** An idle reader (60 MB) ends. */
  idleMs: number
}
const BOUNDS: MailBounds = { heapMb: 512, patienceMs: 120_000, idleMs: 60_000 }

/** A mail somebody sent, and what can be learnt of it; nothing here is ever refused. */
export interface OpenMail {
  look(): Promise<LookedAt>
  /** Of a report, what it says of each recipient; what is no report, or breaks its reader, is `other`. */
  report(): Promise<Bounce[]>
  whole(): Promise<ReadMail>
}

export interface MailReader {
  open(bytes: Uint8Array): OpenMail
  /** The process that reads now. */
  child(): ChildProcess | undefined
}

const NO_REPORT: Bounce = { kind: 'other', recipient: '', status: '', reason: '', hard: false }

/** The mail itself is at fault; asked again it would be again. */
class Unbearable extends Error {}

export function mailReader({ heapMb, patienceMs, idleMs }: MailBounds = BOUNDS): MailReader {
  let child: ChildProcess | undefined
  /** The mail that the child holds: it is handed over once. */
  let held: Uint8Array | undefined
  let idle: NodeJS.Timeout | undefined
  /** One mail at a time: memory is bounded, and whatever ends the child ends one question. */
  let last: Promise<unknown> = Promise.resolve()

  const begin = (): ChildProcess => {
    const begun = fork(fileURLToPath(new URL('./mail-child.ts', import.meta.url)), {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${heapMb}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    begun.on('error', () => undefined)
    held = undefined
    return begun
  }
  /** While it is asked nothing, it keeps nobody from ending. */
  const rest = (own: ChildProcess): void => {
    own.unref()
    own.channel?.unref()
    idle = setTimeout(() => end(own), idleMs).unref()
  }
  const end = (own: ChildProcess): void => {
    if (child === own) child = undefined
    own.kill('SIGKILL')
  }

  function ask(question: Question, mail: Uint8Array): Promise<unknown> {
    const turn = last.then(() =>
      // It may have been stopped from outside, or the machine was short of memory: asked once more before the mail is to blame.
      once(question, mail).catch(error => (error instanceof Unbearable ? Promise.reject(error) : once(question, mail))),
    )
    last = turn.catch(() => undefined)
    return turn
  }

  function once(question: Question, mail: Uint8Array): Promise<unknown> {
    clearTimeout(idle)
    child ??= begin()
    const own = child
    own.ref()
    own.channel?.ref()
    return new Promise((resolve, reject) => {
      const over = (): void => {
        clearTimeout(patience)
        own.off('message', heard).off('exit', ended)
      }
      const broken = (error: Error): void => {
        over()
        end(own)
        reject(error)
      }
      const patience = setTimeout(() => broken(new Unbearable(`longer than ${patienceMs} ms`)), patienceMs)
      const heard = (answer: MailTold): void => {
        over()
        rest(own)
        if ('told' in answer) resolve(answer.told)
        else reject(new Unbearable(answer.failed))
      }
      const ended = (): void => broken(new Error('the process that reads mail ended'))
      own.on('message', heard).on('exit', ended)
      const asked: MailAsked = held === mail ? { question } : { question, mail }
      held = mail
      own.send(asked, error => error && ended())
    })
  }

  return {
    child: () => child,
    open(mail) {
      const look = (): Promise<LookedAt> =>
        ask('look', mail).then(
          told => told as LookedAt,
          () => ({ ...NO_HEAD, quoted: [], digest: sha256Of(mail) }),
        )
      return {
        look,
        report: () =>
          ask('report', mail).then(
            told => told as Bounce[],
            () => [NO_REPORT],
          ),
        whole: () =>
          ask('whole', mail).then(
            told => told as ReadMail,
            async () => unreadable(await look(), mail),
          ),
      }
    },
  }
}

/** Of this process. */
export const mails = mailReader()
