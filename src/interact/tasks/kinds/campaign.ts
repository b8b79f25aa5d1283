import { composeAgain, manifestsOf, type Script, scriptAs, show } from '../../../personalize/index.ts'
import type { App } from '../../../platform/app.ts'
import { trialOfTask } from '../../team/trial-of-task.ts'
import { offersNow } from '../offers-now.ts'
import type { DeskScript, TaskKind } from './kind.ts'
import { noteScript } from './note-script.ts'

/** Calls that a campaign planned: the script is the communication, exactly as it was composed; in a trial, in the words of its variant. */
export const campaign: TaskKind = {
  id: 'campaign',
  name: { en: 'Campaign', zh: '客户活动' },
  contact: 'offer',
  async titles(app, tasks) {
    const names = new Map((await offersNow(app)).map(offer => [offer.id, offer.name]))
    return new Map(
      tasks.map(({ task_id, offer }) => [task_id, names.get(offer) ?? { en: offer || 'Call', zh: offer || '通话' }]),
    )
  },
  async script(app, task, ahead) {
    try {
      const trial = await trialOfTask(app, task)
      return ahead && !trial ? ahead : deskScript(await scriptOf(app, task.task_id, trial))
    } catch (error) {
      // The ledger refuses to show other words than were composed: the call is made all the same, from the offer as it stands.
      app.log.warn({ err: error, task: task.task_id }, 'a script cannot be shown as composed')
      const offer = (await offersNow(app)).find(one => one.id === task.offer)
      return noteScript(task.language, offer?.name, offer?.text)
    }
  },
  async scripts(app, tasks) {
    const rows = await manifestsOf(
      app,
      tasks.map(task => task.task_id),
    )
    const shown = rows.filter(
      ({ state, reason }) => state === 'composed' && reason !== 'erased' && reason !== 'expired',
    )
    const bytes = await composeAgain(app, shown)
    return new Map(shown.map((row, at) => [row.communication_id, deskScript(scriptIn(bytes[at]!))]))
  },
}

const deskScript = ({ language, blocks }: Script): DeskScript => ({
  language,
  blocks: blocks as DeskScript['blocks'],
})

const scriptIn = (bytes: Uint8Array): Script => JSON.parse(Buffer.from(bytes).toString()) as Script

async function scriptOf(app: App, communicationId: string, trial: { version: number } | null): Promise<Script> {
  if (trial) {
    try {
      return await scriptAs(app, communicationId, trial.version)
    } catch (error) {
      app.log.warn({ err: error, communicationId, version: trial.version }, 'a variant of a script cannot be composed')
    }
  }
  return scriptIn((await show(app, communicationId)).bytes)
}
