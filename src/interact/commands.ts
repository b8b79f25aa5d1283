import { wavesCommand } from './waves/command.ts'
import { bounceCommand } from './bounces/command.ts'

export const commands = [bounceCommand, wavesCommand]
