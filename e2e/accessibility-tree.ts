import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** What Chromium tells a screen reader of one element. */
export interface Spoken {
  role: string
  name: string
  description: string
  /** Of a heading. */
  level: number
  focused: boolean
  invalid: boolean
  parents: readonly Spoken[]
}

/** The page as a screen reader gets it, in reading order. */
export async function accessibilityTree(page: Page): Promise<Spoken[]> {
  const devtools = await page.context().newCDPSession(page)
  const { nodes } = await devtools.send('Accessibility.getFullAXTree')
  await devtools.detach()
  const known = new Map<string, Spoken>()
  const spoken: Spoken[] = []
  for (const node of nodes) {
    const of = (name: string): unknown => node.properties?.find(one => one.name === name)?.value.value
    const parent = known.get(node.parentId ?? '')
    const one: Spoken = {
      role: String(node.role?.value ?? ''),
      name: String(node.name?.value ?? ''),
      description: String(node.description?.value ?? ''),
      level: Number(of('level') ?? 0),
      focused: of('focused') === true,
      invalid: of('invalid') === 'true',
      parents: parent ? [...parent.parents, parent] : [],
    }
    known.set(node.nodeId, one)
    if (!node.ignored) spoken.push(one)
  }
  return spoken
}

const OPERATED = new Set(['button', 'checkbox', 'combobox', 'link', 'radio', 'spinbutton', 'textbox', 'Iframe'])

/** Whoever only hears the page finds their way: one title, headings in order, a main part, and everything that can be operated has a name. */
export function findsTheWay(tree: readonly Spoken[], where: string): void {
  const headings = tree.filter(({ role }) => role === 'heading').map(({ level }) => level)
  assert.deepEqual(
    headings.filter(level => level === 1),
    [1],
    `${where}: one title`,
  )
  headings.forEach((level, n) => {
    assert.ok(level <= (headings[n - 1] ?? 0) + 1, `${where}: headings ${headings}`)
  })
  for (const role of ['main', 'banner'])
    assert.equal(tree.filter(one => one.role === role).length, 1, `${where}: one ${role}`)
  for (const { role, name } of tree)
    if (OPERATED.has(role)) assert.notEqual(name.trim(), '', `${where}: ${role} without a name`)
}

/** Where a screen reader is: the element that has the focus, but the page itself. */
export function inFocus(tree: readonly Spoken[]): Spoken {
  const found = tree.filter(({ focused, role }) => focused && role !== 'RootWebArea').at(-1)
  assert.ok(found, 'nothing has the focus')
  return found
}

/** What is read out of an element: its text. */
export const textOf = (tree: readonly Spoken[], whole: Spoken): string =>
  tree
    .filter(({ role, parents }) => role === 'StaticText' && parents.includes(whole))
    .map(({ name }) => name)
    .join(' ')
