/** Who answered of those who were asked, by the channel that asked: a link in a mail and a question on the telephone are not one rate. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { type Share, shareOf } from '../team/shares.ts'
import { NOT_NOW } from './ask-here.ts'

/** By a message: everybody is known whom it went to. */
const INVITED: ReadonlySet<string> = new Set(['email', 'sms'])

export interface ChannelResponse {
  channel: string
  /** Asked where they were anyway: whoever went past it is not known, only who answered and who said "not now". */
  here: boolean
  asked: number
  answered: number
  rate: Share
  /** Refused by the gate, and lost on its way. */
  held: number
  failed: number
}

export interface Response {
  channels: ChannelResponse[]
  /** Of the messages alone, over both channels: it moves with their mixture. */
  invited: { asked: number; answered: number; rate: Share }
  /** Customers, however they came to it. */
  answered: number
}

export async function responseTo({ workflow }: Pick<App, 'workflow'>, surveyId: number): Promise<Response> {
  const rows = await workflow.db
    .selectFrom('survey_invitations')
    .select(eb => [
      'channel',
      // What the gate had refused or the network lost and was answered elsewhere was never asked by this channel.
      sql<number>`count(*) FILTER (WHERE state = 'answered' AND reason IN ('', ${NOT_NOW}))`.as('answered'),
      sql<number>`count(*) FILTER (WHERE state = 'asked')`.as('open'),
      sql<number>`count(*) FILTER (WHERE state = 'refused' AND reason = ${NOT_NOW})`.as('not_now'),
      sql<number>`count(*) FILTER (WHERE state = 'refused' AND reason <> ${NOT_NOW})`.as('held'),
      sql<number>`count(*) FILTER (WHERE state = 'failed')`.as('failed'),
      eb.fn.sum<number>(sql`(state = 'answered')::int`).as('all_answered'),
    ])
    .where('survey_id', '=', surveyId)
    .groupBy('channel')
    .orderBy('channel')
    .execute()
  const channels = rows.map((row): ChannelResponse => {
    const [answered, open, notNow] = [Number(row.answered), Number(row.open), Number(row.not_now)]
    const asked = answered + open + notNow
    return {
      channel: row.channel,
      here: !INVITED.has(row.channel),
      asked,
      answered,
      rate: shareOf(answered, asked),
      held: Number(row.held),
      failed: Number(row.failed),
    }
  })
  const invited = channels.filter(({ here }) => !here)
  const sum = (of: 'asked' | 'answered') => invited.reduce((total, row) => total + row[of], 0)
  return {
    channels,
    invited: { asked: sum('asked'), answered: sum('answered'), rate: shareOf(sum('answered'), sum('asked')) },
    answered: rows.reduce((total, row) => total + Number(row.all_answered), 0),
  }
}
