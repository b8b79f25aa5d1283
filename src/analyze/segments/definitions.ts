import { checkRule } from './check-rule.ts'
import type { Domains } from './domain.ts'
import { segmentErrors } from './errors.ts'
import { readRulesFile } from './file/rules-file.ts'
import { CODE, type SegmentDefinition, type SegmentSet } from './segment-set.ts'

export { definitions, saveDefinitions } from './versions/versions.ts'

/** A rules file whose segments can be used here: over features of the catalogue alone, with codes that fit an address. */
export async function readSegmentsFile(file: string, catalogue: Domains): Promise<SegmentSet> {
  const { ordered, segments, declared } = await readRulesFile(file, catalogue)
  const stranger = declared.find(id => !catalogue.has(id))
  if (stranger) throw segmentErrors['analyze.rule-unknown-feature']({ segment: '*', feature: stranger })
  checkDefinitions(segments, file, catalogue)
  return { ordered, segments }
}

/** Refuses rules that cannot be, and two segments of one code or name. */
export function checkDefinitions(segments: readonly SegmentDefinition[], file: string, catalogue: Domains): void {
  const seen = new Set<string>()
  for (const { code, name, rule } of segments) {
    if (!CODE.test(code)) throw segmentErrors['analyze.segments-code']({ segment: code, file })
    for (const word of new Set([code, name.en])) {
      if (seen.has(word)) throw segmentErrors['analyze.segments-twice']({ segment: word, file })
      seen.add(word)
    }
    checkRule(code, rule, catalogue)
  }
}
