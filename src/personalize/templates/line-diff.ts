/** Lines of two texts, as a page sets them side by side. */
export interface LineChange {
  kind: 'same' | 'added' | 'removed'
  text: string
  /** Numbers from 1 in the older and in the newer text. */
  before: number | null
  after: number | null
}

/** Past this many steps two files have so little in common that all of it is old and new. */
const MOST_STEPS = 2000

/**
 * The fewest lines taken away and put in: Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), on whole lines. `around`
 * lines of what did not change are kept beside each change.
 */
export function lineDiff(before: string, after: string, around = 3): LineChange[] {
  const [a, b] = [linesOf(before), linesOf(after)]
  const kept = common(a, b)
  const all: LineChange[] = []
  let [x, y] = [0, 0]
  const until = (toX: number, toY: number) => {
    for (; x < toX; x++) all.push({ kind: 'removed', text: a[x]!, before: x + 1, after: null })
    for (; y < toY; y++) all.push({ kind: 'added', text: b[y]!, before: null, after: y + 1 })
  }
  for (const [atX, atY] of kept) {
    until(atX, atY)
    all.push({ kind: 'same', text: a[x]!, before: ++x, after: ++y })
  }
  until(a.length, b.length)
  const near = (at: number) => all.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same')
  return all.filter((line, at) => line.kind !== 'same' || near(at))
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

/** Pairs of equal lines, rising in both. */
function common(a: readonly string[], b: readonly string[]): [number, number][] {
  const trace: Map<number, number>[] = []
  const furthest = new Map<number, number>([[1, 0]])
  const most = Math.min(MOST_STEPS, a.length + b.length)
  for (let d = 0; d <= most; d++) {
    trace.push(new Map(furthest))
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1))
      let x = down ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      furthest.set(k, x)
      if (x >= a.length && x - k >= b.length) return pairs(trace, a.length, b.length)
    }
  }
  return []
}

function pairs(trace: readonly Map<number, number>[], endX: number, endY: number): [number, number][] {
  const found: [number, number][] = []
  let [x, y] = [endX, endY]
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d]!
    const k = x - y
    const down = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1))
    const fromK = down ? k + 1 : k - 1
    const fromX = d === 0 ? 0 : (furthest.get(fromK) ?? 0)
    const fromY = d === 0 ? 0 : fromX - fromK
    while (x > fromX && y > fromY && (d === 0 || x > (down ? fromX : fromX + 1) || y > (down ? fromY + 1 : fromY))) {
      x--
      y--
      found.push([x, y])
    }
    ;[x, y] = [fromX, fromY]
  }
  return found.reverse()
}
