import { setTimeout as sleep } from 'node:timers/promises'
import * as analyze from '../../analyze/index.ts'
import * as campaign from '../../campaign/index.ts'
import * as collect from '../../collect/index.ts'
import * as optimize from '../../optimize/index.ts'
import * as personalize from '../../personalize/index.ts'
import { readConfig } from '../../platform/config.ts'
import { openApp } from '../../platform/open-app.ts'
import * as interact from '../index.ts'
import { closePools } from '../senders/pools.ts'
import { openParts } from './parts.ts'
import { sendQueued } from './send-jobs.ts'

/** `node kill-sender.child.ts FOLDER RUN`: sends what is queued in that folder, in a process that may be killed at any moment. */
const [folder = '', run = '0'] = process.argv.slice(2)
const app = await openApp(
  { ...readConfig({ HUIYIN_DATA: folder }), logLevel: 'silent' },
  [collect, analyze, optimize, campaign, personalize, interact].map(part => part.stage),
)
await app.jobs.work(interact.stage.jobs, { workflow: app.workflow, app })
await sendQueued(app)
process.stdout.write('sending\n')
while ((await openParts(app, Number(run))) > 0) await sleep(50)
process.stdout.write('done\n')
await closePools(app)
await app.close()
