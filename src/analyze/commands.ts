import type { Command } from '../platform/app.ts'
import { affinityCommand } from './affinity-command/command.ts'
import { scoreCommand, trainCommand } from './boosting/commands.ts'
import { segmentCommands } from './segments/commands.ts'
import { upliftCommand } from './uplift/command.ts'
import { valueCommand } from './value-command/command.ts'

export const commands: Command[] = [
  ...segmentCommands,
  valueCommand,
  affinityCommand,
  trainCommand,
  scoreCommand,
  upliftCommand,
]
