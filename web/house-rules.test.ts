import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import ts from 'typescript'

/** Rules of the web app that types cannot say. */
const root = import.meta.dirname
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(path => /\.tsx?$/.test(path) && !path.endsWith('.test.ts') && !path.startsWith('i18n'))
  .map(path => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(root, path), 'utf8') }))

/** Attributes that people see or hear. */
const spoken = new Set(['title', 'label', 'placeholder', 'alt', 'aria-label', 'note', 'lead', 'okText', 'cancelText'])
const words = /\p{L}{2,}/u

function hardCoded(path: string, text: string): string[] {
  const found: string[] = []
  const file = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const say = (node: ts.Node, what: string): void => {
    found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${what}`)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && words.test(node.text)) {
      // Names of keys are the same in every language.
      const inside = node.parent
      const key = ts.isJsxElement(inside) && inside.openingElement.tagName.getText() === 'kbd'
      if (!key) say(node, node.text.trim())
    }
    if (
      ts.isJsxAttribute(node) &&
      spoken.has(node.name.getText()) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer)
    )
      if (words.test(node.initializer.text)) say(node, node.initializer.text)
    if (ts.isStringLiteralLike(node) && /\p{Script=Han}/u.test(node.text)) say(node, node.text)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

test('the rule finds what it looks for', () => {
  assert.deepEqual(hardCoded('x.tsx', 'const x = <p title="Hello">Hello <b>{t("a.b")}</b></p>'), [
    'x.tsx:1 Hello',
    'x.tsx:1 Hello',
  ])
  assert.deepEqual(hardCoded('x.tsx', 'const x = <kbd>Tab</kbd>'), [])
  assert.deepEqual(hardCoded('x.tsx', "const x = '客户'"), ['x.tsx:1 客户'])
})

test('no text stands in a page: all of it comes from the catalogues', () => {
  assert.deepEqual(
    sources.flatMap(({ path, text }) => hardCoded(path, text)),
    [],
  )
})

test('Ant Design is named in the kit only', () => {
  const strays = sources.filter(({ path, text }) => !path.startsWith('kit/') && /from 'antd/.test(text))
  assert.deepEqual(
    strays.map(({ path }) => path),
    [],
  )
})

test('the browser is given types of the server, never its code', () => {
  const strays = sources.filter(({ text }) => /^(import|export) (?!type)[^\n]*'[./]*\/src\//m.test(text))
  assert.deepEqual(
    strays.map(({ path }) => path),
    [],
  )
})
