/** Words that stand on both sides, only before (removed), or only now (added), in the order of reading. */
export interface WordRun {
  kind: 'same' | 'added' | 'removed'
  text: string
}

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' })

export const wordsOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment)

/** Where more changed than this, what lies between the first and the last change is shown as replaced. */
const MOST_EDITS = 1500

/** The fewest words to take out and put in: Myers, "An O(ND) difference algorithm and its variations" (1986), greedy. */
export function wordDifference(before: string, now: string): WordRun[] {
  const [a, b] = [wordsOf(before), wordsOf(now)]
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const [x, y] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)]
  const runs: WordRun[] = []
  const say = (kind: WordRun['kind'], text: string) => {
    const last = runs.at(-1)
    if (last?.kind === kind) last.text += text
    else if (text !== '') runs.push({ kind, text })
  }
  say('same', a.slice(0, head).join(''))
  const path = editPath(x, y)
  if (path) for (const [kind, word] of path) say(kind, word)
  else {
    say('removed', x.join(''))
    say('added', y.join(''))
  }
  say('same', a.slice(a.length - tail).join(''))
  return runs
}

function editPath(a: readonly string[], b: readonly string[]): [WordRun['kind'], string][] | undefined {
  const most = Math.min(MOST_EDITS, a.length + b.length)
  const trace: Int32Array[] = []
  const furthest = new Int32Array(2 * most + 3)
  const at = (k: number) => furthest[k + most + 1]!
  for (let edits = 0; edits <= most; edits++) {
    trace.push(furthest.slice())
    for (let k = -edits; k <= edits; k += 2) {
      let x = k === -edits || (k !== edits && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      furthest[k + most + 1] = x
      if (x >= a.length && x - k >= b.length) return backwards(a, b, trace, most)
    }
  }
  return undefined
}

function backwards(
  a: readonly string[],
  b: readonly string[],
  trace: readonly Int32Array[],
  most: number,
): [WordRun['kind'], string][] {
  const found: [WordRun['kind'], string][] = []
  let [x, y] = [a.length, b.length]
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const at = (k: number) => trace[edits]![k + most + 1]!
    const k = x - y
    const from = k === -edits || (k !== edits && at(k - 1) < at(k + 1)) ? k + 1 : k - 1
    const [px, py] = edits === 0 ? [0, 0] : [at(from), at(from) - from]
    while (x > px && y > py) {
      found.push(['same', a[--x]!])
      y--
    }
    if (edits === 0) break
    if (x === px) found.push(['added', b[--y]!])
    else found.push(['removed', a[--x]!])
  }
  return found.reverse()
}
