import type { Tone } from '../../../kit/index.ts'
import type { ReplyClass } from './types.ts'

/** What cannot wait is red, what is in doubt amber. */
export const classTone = (name: ReplyClass, sure: boolean): Tone =>
  !sure ? 'warn' : name === 'complaint' || name === 'stop' ? 'bad' : name === 'accept' ? 'good' : 'plain'
