import { openInvented, runInvented } from './invented-turn.ts'

/** `node run-invented.ts FOLDER DATE`: for the kill test, in a process of its own that may be killed at any moment. */
const [folder = '', asOf = ''] = process.argv.slice(2)
const app = await openInvented(folder)
process.stdout.write('ready\n')
const { compose, deliver } = await runInvented(app, asOf)
process.stdout.write(`${JSON.stringify({ compose, deliver })}\n`)
await app.close()
