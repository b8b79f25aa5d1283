export interface Piece {
  /** Place of its first character. */
  from: number
  text: string
  /** Whether the other side has it too, in this order. */
  same: boolean
}

/** Beyond this the table of the comparison would be noticed on a phone. */
const LONGEST = 200

/** What two values share, character by character (longest common subsequence); case does not count as a difference. */
export function charDiff(left: string, right: string): [Piece[], Piece[]] {
  const a = [...left]
  const b = [...right]
  if (a.length > LONGEST || b.length > LONGEST) {
    const same = left === right
    return [[{ from: 0, text: left, same }], [{ from: 0, text: right, same }]]
  }
  const equal = (i: number, j: number): boolean => a[i]?.toLowerCase() === b[j]?.toLowerCase()
  const width = b.length + 1
  const longest = new Uint8Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = equal(i, j)
        ? longest[(i + 1) * width + j + 1]! + 1
        : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!)
  const ofA: boolean[] = []
  const ofB: boolean[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && equal(i, j)) {
      ofA.push(true)
      ofB.push(true)
      i++
      j++
    } else if (j >= b.length || (i < a.length && longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!)) {
      ofA.push(false)
      i++
    } else {
      ofB.push(false)
      j++
    }
  }
  return [pieces(a, ofA), pieces(b, ofB)]
}

function pieces(chars: readonly string[], same: readonly boolean[]): Piece[] {
  const out: Piece[] = []
  chars.forEach((char, at) => {
    const last = out.at(-1)
    if (last && last.same === same[at]) last.text += char
    else out.push({ from: at, text: char, same: same[at] ?? false })
  })
  return out
}
