import { resolve } from 'node:path'
import type { Command } from '../platform/app.ts'
import { affinityCommand } from './affinity-command/command.ts'
import { scoreCommand, trainCommand } from './boosting/commands.ts'
import { readSegmentsFile, ruleDomains, saveDefinitions } from './segments/definitions.ts'
import { type Proof, proveSegments } from './segments/prove.ts'
import { valueCommand } from './value-command/command.ts'

const say = (proof: Proof): string =>
  [
    `nobody in two: ${proof.exclusive}`,
    `nobody in none: ${proof.complete}`,
    ...(proof.gap ? [`  in none would be: ${JSON.stringify(proof.gap)}`] : []),
    ...proof.overlaps.map(({ a, b, witness }) => `  in ${a} and ${b} would be: ${JSON.stringify(witness)}`),
    ...proof.empty.map(code => `  nobody can be in ${code}`),
  ].join('\n')

const check: Command = {
  name: 'segments check <file>',
  summary: { en: 'Proves that a segments file leaves nobody out', zh: '证明类别文件不遗漏任何客户' },
  options: [['--unordered', 'the rules are not tried in order: also prove that no two overlap']],
  needsApp: false,
  async run({ args, options }) {
    const proof = proveSegments(await readSegmentsFile(args[0]!), ruleDomains, !options['unordered'])
    const holds = proof.exclusive === 'proven' && proof.complete === 'proven'
    return { json: proof, text: say(proof), exit: holds ? 0 : 1 }
  },
}

const load: Command = {
  name: 'segments load <file>',
  summary: { en: 'Replaces the segments from the next turn on', zh: '替换客户类别，自下一轮起生效' },
  async run({ args, cwd, app }) {
    const segments = await readSegmentsFile(resolve(cwd, args[0]!))
    const proof = proveSegments(segments, ruleDomains, true)
    if (proof.complete !== 'proven') return { json: proof, text: say(proof), exit: 1 }
    await saveDefinitions(app!, segments)
    return { json: { segments: segments.length, proof }, text: `${segments.length} segments\n${say(proof)}` }
  },
}

export const commands: Command[] = [check, load, valueCommand, affinityCommand, trainCommand, scoreCommand]
