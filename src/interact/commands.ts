import { bounceCommand } from './bounces/command.ts'
import { printRunCommand } from './print-runs/commands.ts'
import { wavesCommand } from './waves/command.ts'

export const commands = [bounceCommand, wavesCommand, printRunCommand]
