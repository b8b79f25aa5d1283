import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromEditor, phraseFromEditor } from './from-editor.ts'
import type { Inline, Mark, Paragraph, Phrase } from './model.ts'
import { phraseToEditor, toEditor } from './to-editor.ts'

const words = fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' })
const path = fc.constantFrom('to.name', 'offer.code', 'issued')
const field = fc.record(
  { type: fc.constant('field' as const), path, format: fc.constantFrom('day', 'money'), fallback: words },
  { requiredKeys: ['type', 'path'], noNullPrototype: true },
)
const when = { by: 'data' as const, all: [{ path: 'offer', op: 'known' as const }] }
const marks = fc.subarray<Mark>(['bold', 'italic', 'underline'], { minLength: 1 })
const link = fc.constant<Phrase>([
  { type: 'text', text: 'https://x.example/' },
  { type: 'field', path: 'offer.code' },
])
const look = fc.record({ marks, link }, { requiredKeys: [], noNullPrototype: true })
const inline: fc.Arbitrary<Inline> = fc.oneof(
  fc.tuple(words, look).map(([text, l]): Inline => ({ type: 'text', text, ...l })),
  fc.tuple(field, look).map(([chip, l]): Inline => ({ ...chip, ...l })),
  words.map((text): Inline => ({ type: 'when', when, content: [{ type: 'text', text }] })),
  fc.constant<Inline>({ type: 'break' }),
)
/** Words of one look that stand side by side are one piece. */
const inlines = fc
  .array(inline, { maxLength: 6 })
  .filter(all => all.every((one, at) => at === 0 || one.type !== 'text' || all[at - 1]?.type !== 'text'))
const paragraph: fc.Arbitrary<Paragraph> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('paragraph' as const, 'small' as const),
      fc.constantFrom(undefined, 'center' as const, 'right' as const),
      inlines,
    )
    .map(([type, align, content]): Paragraph => ({ type, ...(align ? { align } : {}), content })),
  fc
    .tuple(fc.constantFrom(1 as const, 2 as const, 3 as const), inlines)
    .map(([level, content]): Paragraph => ({ type: 'heading', level, content })),
  fc
    .tuple(fc.constantFrom('bullets' as const, 'numbers' as const), fc.array(inlines, { minLength: 1, maxLength: 3 }))
    .map(([type, items]): Paragraph => ({ type, items })),
)

test('a text comes out of the editor as it went in', () => {
  fc.assert(
    fc.property(fc.array(paragraph, { maxLength: 4 }), paragraphs => {
      const [only] = paragraphs
      fc.pre(!(paragraphs.length === 1 && only && 'content' in only && only.content.length === 0))
      assert.deepEqual(fromEditor(toEditor(paragraphs)), paragraphs)
    }),
    { numRuns: 200 },
  )
})

test('so does a line', () => {
  const piece = fc.oneof(
    words.map((text): Phrase[number] => ({ type: 'text', text })),
    field,
  )
  const phrase = fc
    .array(piece, { maxLength: 5 })
    .filter(all => all.every((one, at) => at === 0 || one.type !== 'text' || all[at - 1]?.type !== 'text'))
  fc.assert(fc.property(phrase, given => assert.deepEqual(phraseFromEditor(phraseToEditor(given)), given)))
})
