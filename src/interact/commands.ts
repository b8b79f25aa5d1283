import { bounceCommand } from './bounces/command.ts'

export const commands = [bounceCommand]
