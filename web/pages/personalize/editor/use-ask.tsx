import { type ReactNode, useCallback, useMemo, useState } from 'react'
import type { Field } from '../../../api/content.ts'
import type { Criterion } from '../../../api/segments.ts'
import type { Chip, Phrase } from '../../../kit/rich-text/model.ts'
import type { ChipAsk } from '../../../kit/rich-text/rich-text.tsx'
import { ChipDialog } from './chip-dialog.tsx'
import type { EditorKnows } from './editor-context.ts'
import { LinkDialog } from './link-dialog.tsx'
import { Palette } from './palette.tsx'
import { firstComparison } from './when-editor.tsx'

type Asked =
  | { what: 'insert'; at: { left: number; top: number }; answer: (chip: Chip | null) => void }
  | { what: 'edit'; chip: Chip; fresh: boolean; answer: (chip: Chip | null | 'remove') => void }
  | { what: 'link'; phrase: Phrase; answer: (phrase: Phrase | null | 'remove') => void }

interface Known {
  fields: readonly Field[]
  criteria: readonly Criterion[]
  look: EditorKnows['look']
}

/** Questions the editor asks while one writes; they may stand on one another: a field inside a condition. */
export function useAsk({ fields, criteria, look }: Known): { ask: ChipAsk; dialogs: ReactNode } {
  const [asked, setAsked] = useState<readonly Asked[]>([])
  const push = useCallback((question: Asked) => setAsked(before => [...before, question]), [])
  const ask = useMemo<ChipAsk>(
    () => ({
      insert: at => new Promise(answer => push({ what: 'insert', at, answer })),
      edit: chip => new Promise(answer => push({ what: 'edit', chip, fresh: false, answer })),
      link: phrase => new Promise(answer => push({ what: 'link', phrase, answer })),
    }),
    [push],
  )
  const answered = (question: Asked, ...next: Asked[]) =>
    setAsked(before => before.flatMap(one => (one === question ? next : [one])))
  const dialogs = asked.map((question, at) => {
    // Questions have no names; they only ever end from the top.
    const key = `${at} ${question.what}`
    if (question.what === 'insert')
      return (
        <Palette
          key={key}
          fields={fields}
          at={question.at}
          onClose={() => {
            answered(question)
            question.answer(null)
          }}
          onPick={pick => {
            if (pick !== 'condition') {
              answered(question)
              return question.answer(pick)
            }
            const chip: Chip = { type: 'when', when: { by: 'data', all: firstComparison(fields) }, content: [] }
            answered(question, {
              what: 'edit',
              chip,
              fresh: true,
              answer: made => question.answer(made === 'remove' ? null : made),
            })
          }}
        />
      )
    if (question.what === 'edit')
      return (
        <ChipDialog
          key={key}
          chip={question.chip}
          fresh={question.fresh}
          fields={fields}
          criteria={criteria}
          look={look}
          ask={ask}
          onDone={chip => {
            answered(question)
            question.answer(chip)
          }}
        />
      )
    return (
      <LinkDialog
        key={key}
        phrase={question.phrase}
        look={look}
        ask={ask}
        onDone={phrase => {
          answered(question)
          question.answer(phrase)
        }}
      />
    )
  })
  return { ask, dialogs }
}
