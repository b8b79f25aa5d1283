import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { FONT_FAMILY, fontBlobs, fonts } from './fonts.ts'

test('the fonts cover what customers are called, and no pictures', () => {
  const { covers } = fonts()
  for (const character of '王龘㛃䶮éß£€¥−·“”（）') assert.ok(covers(character.codePointAt(0)!), character)
  for (const character of '😀א\u{2f800}') assert.ok(!covers(character.codePointAt(0)!), character)
})

test('the engine finds our family in the bytes handed over, and in no machine\u2019s fonts', () => {
  const source = `#set text(font: "${FONT_FAMILY}", fallback: false)\n王 #text(weight: "bold")[粗]`
  const pdf = (blobs: Buffer[]) => {
    const typst = NodeCompiler.create({ workspace: '/huiyin-fonts-test', fontArgs: [{ fontBlobs: blobs }] })
    const result = typst.compile({ mainFileContent: source })
    const taken = result.takeWarnings()
    const warnings = taken ? JSON.stringify(typst.fetchDiagnostics(taken)) : ''
    return {
      names:
        typst
          .pdf(result.result!)
          .toString('latin1')
          .match(/\/BaseFont\s*\/[\w+-]+/g) ?? [],
      warnings,
    }
  }
  const ours = pdf(fontBlobs())
  assert.deepEqual(
    new Set(ours.names.map(name => name.replace(/.*\+/, ''))),
    new Set(['NotoSansSC-Regular', 'NotoSansSC-Bold']),
  )
  assert.match(pdf([]).warnings, /unknown font family/)
})
