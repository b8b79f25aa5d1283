import type { z } from 'zod'
import { customerContacts, userNames } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { mask } from '../../platform/masking.ts'
import type { Text } from '../../platform/text.ts'
import { verdicts } from '../kinds/decide-ways.ts'
import { liveTemplates } from '../template-store.ts'
import type { letterDetail, letterRow } from './api.ts'
import { changesOf } from './changes.ts'
import { formOf, type LetterForm, unwritten } from './form.ts'
import { letterMessage } from './letter-data.ts'
import { type Letter, letterCommunicationId, letterVersion, stepsOf } from './letter-store.ts'
import { letterWays } from './ways.ts'

type Row = z.infer<typeof letterRow>
interface Reader {
  userId: number
  roles: readonly string[]
}
type RowOf = Pick<
  Letter,
  'id' | 'customerId' | 'template' | 'channel' | 'language' | 'state' | 'author' | 'updatedAt' | 'communicationId'
>

export async function letterRows(app: App, rows: readonly RowOf[], reader: Reader): Promise<Row[]> {
  if (rows.length === 0) return []
  const run = (await app.runs.latest('identity')) ?? 0
  const [names, live, people] = await Promise.all([
    userNames(app),
    liveTemplates(app),
    customerContacts(app, run, [...new Set(rows.map(row => row.customerId))]),
  ])
  const titles = new Map(live.map(({ content }) => [content.id, content.manifest.title as Text]))
  const plain = permits(reader, 'customers.contact')
  return rows.map(row => {
    const name = people.get(row.customerId)?.name ?? ''
    return {
      id: row.id,
      customerId: row.customerId,
      customer: plain ? name : mask('name', name),
      template: row.template,
      title: titles.get(row.template) ?? { en: row.template, zh: row.template },
      channel: row.channel,
      language: row.language,
      state: row.state,
      author: names(row.author),
      mine: row.author === reader.userId,
      updatedAt: row.updatedAt.toISOString(),
      communicationId: row.communicationId,
    }
  })
}

/** What the template says to this customer before anybody writes in it. */
export async function formFor(app: App, letter: Letter): Promise<LetterForm> {
  const { content } = await letterVersion(app, letter)
  const of = { ...letter, id: letterCommunicationId(letter.id), channel: 'print' }
  const { data } = await letterMessage(app, of, unwritten, { manifest: content.manifest, rules: content.rules })
  return formOf(content, data)
}

export async function letterView(app: App, letter: Letter, reader: Reader): Promise<z.infer<typeof letterDetail>> {
  const [names, rows, form, ways, steps, live] = await Promise.all([
    userNames(app),
    letterRows(app, [letter], reader),
    formFor(app, letter),
    letterWays(app, letter.kind, letter.customerId),
    stepsOf(app, letter.id),
    liveTemplates(app),
  ])
  const newest = live.find(({ content }) => content.id === letter.template)?.number ?? letter.templateVersion
  return {
    letter: {
      ...rows[0]!,
      revision: letter.revision,
      content: letter.content,
      submittedAt: letter.submittedAt?.toISOString() ?? null,
      decidedBy: letter.decidedBy === null ? null : names(letter.decidedBy),
      decidedAt: letter.decidedAt?.toISOString() ?? null,
      sha256: letter.sha256,
      templateVersion: letter.templateVersion,
      outdated: newest > letter.templateVersion,
    },
    form,
    ways: ways.map(({ channel, open, verdict }) => ({ channel, open, verdict: verdicts[verdict] })),
    changes: changesOf(form, letter.content),
    steps: steps.map(step => ({
      at: step.at.toISOString(),
      by: names(step.user_id),
      what: step.what,
      notes: step.notes,
    })),
  }
}
