/** Names beside their plain sound: with tones, as nicknames and dialects have them, and the names that stand beside the two halves. */
import { nameVariant } from '../standardise/name-variant.ts'
import { readNamePart } from '../standardise/person-name.ts'
import { tonedSoundOf } from '../standardise/pinyin.ts'
import { skeletonOf } from './block-keys.ts'
import type { Comparison } from './comparison.ts'
import type { EvidenceBuilder } from './evidence-builder.ts'
import { ColumnCoder, textAt } from './text-pool.ts'

function derived(build: EvidenceBuilder, from: number, read: (value: string) => string): number | undefined {
  if (from < 0) return undefined
  const coded = build.columns[from]!
  const coder = new ColumnCoder()
  const of = build.derive(coded.codes, [coder], code => [read(textAt(coded, code))])
  const at = build.column(coder, i => of(i, 0))
  return at < 0 ? undefined : at
}

/** Columns of a half of the name beside its sound and its characters. */
export const voicesOf = (build: EvidenceBuilder, sound: number, han: number): Pick<Comparison, 'tone' | 'variant'> => ({
  tone: derived(build, han, tonedSoundOf),
  variant: derived(build, sound, nameVariant),
})

/** Blocks hold together what sounds alike in some mouth. */
export const soundKey = (sound: string): string => skeletonOf(nameVariant(sound))

export function addMiddleNames(build: EvidenceBuilder): void {
  for (const column of build.having('middle-name')) {
    const at = build.codeColumn(column, raw => readNamePart(raw, 'given').sound)
    if (at >= 0) build.compare(column.name, 'name', [at])
  }
}
