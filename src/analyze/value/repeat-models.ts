import { bgBb } from './bg-bb.ts'
import { bgNbd } from './bg-nbd.ts'
import { mbgNbd } from './mbg-nbd.ts'
import { paretoNbd } from './pareto-nbd.ts'
import type { RepeatModel } from './repeat-model.ts'

/** Every model of repeat purchases there is, in the order they are offered. */
export const repeatModels: readonly RepeatModel[] = [bgNbd, mbgNbd, paretoNbd, bgBb]
