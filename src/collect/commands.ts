import type { Command } from '../platform/app.ts'
import { consentCommands } from './consent/command.ts'
import { importCommand } from './import/command.ts'
import { matchCommand } from './match/command.ts'
import { qualityCommand } from './quality/profile/command.ts'
import { rightsCommands } from './rights/command.ts'

export const commands: Command[] = [importCommand, matchCommand, qualityCommand, ...consentCommands, ...rightsCommands]
