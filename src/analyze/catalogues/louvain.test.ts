import assert from 'node:assert/strict'
import { test } from 'node:test'
import { louvain } from './louvain.ts'

test('two cliques with one line between them are two communities; a stranger is one of their own', () => {
  const edges: [number, number, number][] = []
  for (const from of [0, 5])
    for (let i = 0; i < 5; i++) for (let j = i + 1; j < 5; j++) edges.push([from + i, from + j, 1])
  edges.push([2, 7, 0.5])
  const of = louvain({
    nodes: 11,
    a: Uint32Array.from(edges, e => e[0]),
    b: Uint32Array.from(edges, e => e[1]),
    weight: Float64Array.from(edges, e => e[2]),
  })
  assert.equal(new Set(of).size, 3)
  assert.equal(new Set(of.subarray(0, 5)).size, 1)
  assert.equal(new Set(of.subarray(5, 10)).size, 1)
})
