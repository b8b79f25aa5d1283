/** The rules a new company starts with: a file like the one the app exports, to be changed in the app or replaced by one's own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type QualityRule, ruleFileSchema } from './rule.ts'

const FILE = join(import.meta.dirname, 'standard-rules.json')

export const standardRules = (): QualityRule[] => ruleFileSchema.parse(JSON.parse(readFileSync(FILE, 'utf8'))).rules
