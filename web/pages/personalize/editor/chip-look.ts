import type { Field } from '../../../api/content.ts'
import type { Criterion } from '../../../api/segments.ts'
import type { Speech } from '../../../i18n/use-text.ts'
import type { EditorKnows } from './editor-context.ts'
import { whenInWords } from './when-words.ts'

/** What a chip says: the field's name in the reader's language; of a condition its words, with the condition under the pointer. */
export function chipLook(
  fields: readonly Field[],
  criteria: readonly Criterion[],
  speech: Speech,
): EditorKnows['look'] {
  const byPath = new Map(fields.map(field => [field.path, field]))
  const nameOf = (path: string): string => {
    const field = byPath.get(path)
    return field ? speech.say(field.name) : path
  }
  return chip => {
    if (chip.type === 'field') {
      const field = byPath.get(chip.path)
      const example = field?.examples[speech.lang] ?? Object.values(field?.examples ?? {})[0]
      const title = [chip.path, chip.format && speech.term('format', chip.format), example].filter(Boolean).join(' · ')
      return { label: nameOf(chip.path), title, bad: field === undefined }
    }
    const words = chip.content.map(piece =>
      piece.type === 'text' ? piece.text : piece.type === 'field' ? nameOf(piece.path) : '',
    )
    return {
      label: speech.t('editor.when-chip', { words: words.join('').slice(0, 24) }),
      title: `${speech.t('editor.if')} ${whenInWords(chip.when, { fields, criteria }, speech)}`,
    }
  }
}
